"""Django settings for every place Askfirst runs in; all that differs comes from the options table."""

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO

from askfirst import options

OPTIONS = options.read(os.environ)
PACKAGE = Path(__file__).resolve().parent
DATA = OPTIONS.data
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "media/"
DEBUG = OPTIONS.debug

# One address, from which hosts, origins, cookies and links follow.
_url = urlsplit(OPTIONS.url)
SITE_URL = OPTIONS.url.rstrip("/")
# Under which path the site lies when it shares its host with others; mostly empty.
SITE_PATH = _url.path.rstrip("/")
SITE_HOST = f"{_url.netloc}{SITE_PATH}"
IS_SECURE = _url.scheme == "https"
ALLOWED_HOSTS = [_url.hostname or "localhost"]
if ALLOWED_HOSTS[0] in {"localhost", "127.0.0.1"}:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{_url.scheme}://{_url.netloc}"]
FORCE_SCRIPT_NAME = SITE_PATH or None
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = f"{SITE_PATH}/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_NAME = "askfirst_session"
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_COOKIE_NAME = "askfirst_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "askfirst.base.views.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OPTIONS.proxies else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
ALLAUTH_TRUSTED_PROXY_COUNT = OPTIONS.proxies
# What the deployment check would ask for, and why it does not fit: TLS ends at the proxy, which redirects.
SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W005", "security.W021"]


def _secret_key() -> str:
    if OPTIONS.secret_key:
        return OPTIONS.secret_key
    file = DATA / "secret-key"
    return file.read_text(encoding="ascii").strip() if file.exists() else ""


# Empty until `askfirst init` has written one; base.checks says so instead of starting with a known key.
SECRET_KEY = _secret_key() or "not-initialised"
IS_INITIALISED = bool(_secret_key())

INSTALLED_APPS = [
    "askfirst.plan",
    "askfirst.share",
    "askfirst.listen",
    "askfirst.jam",
    "askfirst.coach",
    "askfirst.learn",
    "askfirst.policy",
    "askfirst.library",
    "askfirst.people",
    "askfirst.base",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    # Needs a package of its own (askfirst[saml]), so it is there only where it is used.
    *(["allauth.socialaccount.providers.saml"] if OPTIONS.saml else []),
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "askfirst.base.web.RequestIdMiddleware",
    "askfirst.base.metrics.MeasuringMiddleware",
    "askfirst.base.web.CompressMiddleware",
    "askfirst.api.ProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "askfirst.people.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "askfirst.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "askfirst.base.web.house",
            ],
            "builtins": ["askfirst.base.templatetags.house"],
        },
    }
]
FORM_RENDERER = "askfirst.base.web.FormRenderer"

# SQLite in earnest: one writer at a time, taken at once, on disk before it is confirmed. See docs/why/house.md.
if OPTIONS.database_url:
    DATABASES = {"default": dj_database_url.parse(OPTIONS.database_url, conn_max_age=60, conn_health_checks=True)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "askfirst.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;",
            },
            # A file also in tests: streams, votes and tasks run in other threads and processes.
            "TEST": {"NAME": DATA / "test.sqlite3"},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES: dict[str, dict[str, object]] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if OPTIONS.redis_url:
    CACHES["default"] = {
        "BACKEND": "askfirst.base.caching.SharedCache", "LOCATION": OPTIONS.redis_url,
        # Two installations in one Redis do not read each other's.
        "KEY_PREFIX": f"askfirst:{sha256(SECRET_KEY.encode()).hexdigest()[:12]}",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }  # fmt: skip
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "plan:today"
ACCOUNT_ADAPTER = "askfirst.people.signing_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Mail servers that let strangers wait need more than the usual three minutes.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "plan:home"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True


def _oidc(text: str) -> list[dict[str, object]]:
    """Providers of single sign-on as allauth wants them."""
    if not text:
        return []
    try:
        rows = json.loads(text)
        return [
            {
                "provider_id": row["id"], "name": row["name"], "client_id": row["client_id"], "secret": row["secret"],
                "settings": {"server_url": row["issuer"], "oauth_pkce_enabled": True},
            }
            for row in rows
        ]  # fmt: skip
    except (ValueError, TypeError, KeyError) as error:
        raise options.OptionError(
            f"ASKFIRST_OIDC cannot be read ({error!r}). It is a JSON list such as "
            '[{"id": "ours", "name": "Our sign-in", "issuer": "https://id.example.org", "client_id": "…", "secret": "…"}].'
        ) from error


# What directories call the address of a person: SAML's own names, Entra's, and plain ones.
_SAML_MAIL = [
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "email",
    "mail",
]


def _saml(text: str) -> list[dict[str, object]]:
    """The same for SAML: responses must be signed, asked for by us, and used once."""
    if not text:
        return []
    try:
        return [
            {
                "provider_id": row["entity_id"], "name": row["name"], "client_id": row["id"],
                "settings": {
                    "idp": {"entity_id": row["entity_id"], "sso_url": row["sso_url"], "x509cert": row["certificate"]},
                    "attribute_mapping": {"uid": row.get("uid", "urn:oasis:names:tc:SAML:attribute:subject-id"), "email": _SAML_MAIL},
                    # What the organisation's own directory says of an address counts as verified.
                    "verified_email": True, "use_nameid_for_email": bool(row.get("nameid_is_email")),
                    "advanced": {"strict": True, "want_assertion_signed": True, "reject_idp_initiated_sso": True},
                },
            }
            for row in json.loads(text)
        ]  # fmt: skip
    except (ValueError, TypeError, KeyError) as error:
        raise options.OptionError(
            f"ASKFIRST_SAML cannot be read ({error!r}). It is a JSON list such as "
            '[{"id": "ours", "name": "Our sign-in", "entity_id": "https://id.example.org", "sso_url": "https://id.example.org/sso", '
            '"certificate": "MIIC…"}].'
        ) from error


SOCIALACCOUNT_ADAPTER = "askfirst.people.signing_in.SocialAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {"APPS": _oidc(OPTIONS.oidc)},
    "saml": {"APPS": _saml(OPTIONS.saml)},
}
# Browsers hold redirects of a form to the same rule as the form itself.
SIGN_IN_ORIGINS = [
    f"{urlsplit(address).scheme}://{urlsplit(address).netloc}"
    for address in (
        *(app["settings"]["server_url"] for app in SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
        *(app["settings"]["idp"]["sso_url"] for app in SOCIALACCOUNT_PROVIDERS["saml"]["APPS"]),
    )
]
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Accounts are made for people, never by them: nobody can set up a second factor for an address that is not theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Askfirst"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SECURE


def _mail(url: str) -> dict[str, object]:
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": DATA / "mail"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+starttls"}:
        raise options.OptionError("ASKFIRST_MAIL_URL must begin with smtp://, smtps:// or smtp+starttls://.")
    return {
        "EMAIL_BACKEND": "askfirst.base.mailing.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+starttls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_TIMEOUT": 20,
    }


globals().update(_mail(OPTIONS.mail_url))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = OPTIONS.mail_from

LANGUAGE_CODE = OPTIONS.language
# An organisation may add languages, or other wordings, as DATA/locale/<code>/LC_MESSAGES/django.mo.
OWN_LOCALE = DATA / "locale"
LOCALE_PATHS = [OWN_LOCALE, PACKAGE / "locale"]
LANGUAGES = [("en", "English"), ("de", "Deutsch")] + [
    (code, LANG_INFO.get(code, {}).get("name_local", code))
    for code in sorted(found.parent.parent.name for found in OWN_LOCALE.glob("*/LC_MESSAGES/django.mo"))
    if code not in {"en", "de"}
]
LANGUAGE_COOKIE_NAME = "askfirst_language"
TIME_ZONE = OPTIONS.time_zone
USE_TZ = True

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_LIMIT = 64 * 1024 * 1024

# Nothing inline, nothing evaluated, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *SIGN_IN_ORIGINS],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "askfirst.base.logs.TextFormatter"},
        "json": {"()": "askfirst.base.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": OPTIONS.log if OPTIONS.log == "json" else "text"}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "askfirst": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
