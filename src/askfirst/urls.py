"""Every part's addresses under one roof."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from askfirst.api import api
from askfirst.base import views
from askfirst.people import systems

urlpatterns = [
    path("", include("askfirst.plan.urls")),
    path("", include("askfirst.jam.urls")),
    path("", include("askfirst.share.urls")),
    path("api/v1/", api.urls),
    path("scim/v2/", systems.provision),
    path("scim/v2/<path:path>", systems.provision),
    path("coach/", include("askfirst.coach.urls")),
    path("listen/", include("askfirst.listen.urls")),
    path("learn/", include("askfirst.learn.urls")),
    path("policy/", include("askfirst.policy.urls")),
    path("library/", include("askfirst.library.urls")),
    path("people/", include("askfirst.people.urls")),
    # Addresses come from the roster: with one of their own choosing people could be found in the place of others.
    path("account/email/", RedirectView.as_view(pattern_name="people:me")),
    path("account/", include("allauth.urls")),
    path("", include("askfirst.base.urls")),
]
if settings.DEBUG:
    urlpatterns += [path("components/", views.components, name="components")]

handler400 = "askfirst.base.views.bad_request"
handler403 = "askfirst.base.views.forbidden"
handler404 = "askfirst.base.views.not_found"
handler500 = "askfirst.base.views.server_error"
