"""How allauth signs people in here: only people of the roster, and only while they work here."""

import logging
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import mailing, queries
from askfirst.people.models import Person

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: Any) -> bool:
        """People come from the roster, an administrator or single sign-on; nobody makes their own account."""
        return False

    def authentication_failed(self, request: Any, **credentials: Any) -> None:
        """Note that a password was wrong, and not whose: the log names nobody."""
        super().authentication_failed(request, **credentials)
        logger.warning("Somebody could not sign in: a wrong password, or nobody has the address.")

    def post_login(self, request: Any, user: Any, **more: Any) -> Any:
        """Note by what somebody signed in, and not who."""
        ways = sorted({str(own.get("method")) for own in get_authentication_records(request, user)})
        logger.info("Somebody signed in by %s.", ", ".join(ways) or "a way of their own")
        return super().post_login(request, user, **more)

    def send_mail(self, template_prefix: str, email: str, context: Any) -> None:
        """Subjects too say whose site it is."""
        super().send_mail(template_prefix, email, {**context, "organisation": queries.organisation()})

    def render_mail(self, template_prefix: str, email: Any, context: Any, headers: Any = None) -> Any:
        """A mail with a code says until when it is of use, so that it is not sent later."""
        message = super().render_mail(template_prefix, email, context, headers)
        if "code" in context:
            mailing.expires(message, timezone.now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT))
        return message

    def send_notification_mail(self, template_prefix: str, user: Any, context: Any = None, email: Any = None) -> None:
        """Tell people that a password or a second factor of theirs changed; a mail server that is down stops no change."""
        try:
            super().send_notification_mail(template_prefix, user, context, email)
        except OSError as error:
            # By its kind alone: what a mail server says may name the person.
            logger.warning("A mail about a change of sign-in could not be sent: %s", type(error).__name__)


class SocialAdapter(DefaultSocialAccountAdapter):
    """Single sign-on: the provider's issuer and subject are the key; the mail address only finds the roster's row the first time."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """Join a sign-in to the person of the roster, once and only by an address that the provider has verified."""
        if sociallogin.is_existing:
            return
        verified = [
            address.email.lower() for address in sociallogin.email_addresses if address.verified and address.email
        ]
        person = Person.objects.filter(email__in=verified, is_active=True).first()
        if person is None:
            messages.error(request, _("Nobody here has this verified address. Ask an administrator to add you."))
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, person)
