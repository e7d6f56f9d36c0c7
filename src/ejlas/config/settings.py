"""Settings, read from the environment; a wrong value stops the start and is named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO

from ejlas.config.addresses import cache_from, mail_from, origins_of, site_from, storage_from
from ejlas.config.environment import (
    env_bool,
    env_choice,
    env_int,
    env_keys,
    env_list,
    env_mailbox,
    env_networks,
    env_secret,
    env_str,
    env_token,
    env_url,
)
from ejlas.config.sign_in import provider_from
from ejlas.core.databases import database_from
from ejlas.web.ui.camera import worker_headers

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(env_str("EJLAS_VAR", "var")).resolve()

DEBUG = env_bool("EJLAS_DEBUG", default=False)
SECRET_KEY = env_secret("EJLAS_SECRET_KEY", VAR / "secret_key")
FIELD_KEYS = env_keys("EJLAS_FIELD_KEYS", VAR / "field_keys")
ALLOWED_HOSTS = env_list("EJLAS_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "ejlas.core.audit",
    "ejlas.core.workers",
    "ejlas.core.files",
    "ejlas.core.index",
    "ejlas.core.mail",
    "ejlas.accounts",
    "ejlas.forum",
    "ejlas.delegations",
    "ejlas.programme",
    "ejlas.outcomes",
    "ejlas.readiness",
    "ejlas.planning",
    "ejlas.web.ui",
    "ejlas.web.public",
    "ejlas.web.desk",
    "ejlas.web.api",
    "ejlas.web.portal",
    "ejlas.web.gate",
    # Before allauth: its pages are shown by our templates.
    "ejlas.web.account",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "ejlas.web.ui.proxies.ProxyMiddleware",
    "ejlas.web.ui.observing.ObservingMiddleware",
    "ejlas.web.ui.health.HealthMiddleware",
    "ejlas.web.ui.middleware.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ejlas.web.ui.middleware.VisitorLanguageMiddleware",
    # None of these reads a session or a user on a public page: it stays the same for everyone.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "ejlas.web.ui.middleware.PersonLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ejlas.web.account.middleware.SeenMiddleware",
    "ejlas.web.ui.faults.FaultMiddleware",
]

ROOT_URLCONF = "ejlas.config.urls"
WSGI_APPLICATION = "ejlas.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "ejlas.accounts.forms.passwords.UnlikePerson"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/account/"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 4 * 3600
INVITATION_DAYS = env_int("EJLAS_INVITATION_DAYS", 14, least=1, most=90)
SESSION_COOKIE_AGE = 14 * 86400
CSRF_FAILURE_VIEW = "ejlas.web.account.views.faults.forged"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 86400
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ejlas.web.ui.context.interface",
            ]
        },
    }
]

DATABASES = {"default": database_from(env_url("DATABASE_URL", f"sqlite:///{VAR / 'ejlas.sqlite3'}"))}

REDIS_URL = env_url("REDIS_URL", "")
CACHES: dict[str, dict[str, Any]] = {"default": cache_from(REDIS_URL, folder=VAR / "cache")}
STORAGES: dict[str, dict[str, Any]] = {
    "default": storage_from(env_url("S3_URL", ""), folder=VAR / "files"),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# EMAIL_BACKEND, EMAIL_HOST and what else Django reads of mail.
globals().update(mail_from(env_url("SMTP_URL", ""), folder=VAR / "mail"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_mailbox("EJLAS_MAIL_FROM", "Ejlas <ejlas@localhost>")

# A session stands in the database, so it outlives the cache; with Redis it is read from there.
SESSION_ENGINE = f"django.contrib.sessions.backends.{'cached_db' if REDIS_URL else 'db'}"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fa", "فارسی"),
    ("ru", "Русский"),
    ("az", "Azərbaycan dili"),
    ("tk", "Türkmen dili"),
    ("kk", "Қазақ тілі"),
]
# Django has Azerbaijani down as written from right to left; here it is in Latin script.
LANG_INFO["az"]["bidi"] = False
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = None
STATICFILES_DIRS: list[Path] = []
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
# Straight from the package: what Vite names by its content is kept for ever, and nothing needs collecting.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ADD_HEADERS_FUNCTION = worker_headers
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9A-Za-z_-]{8,}\..+$"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Proxies whose word is taken for the visitor's address, the scheme and the host.
PROXIES = env_networks("EJLAS_PROXIES")
TLS = env_bool("EJLAS_TLS", default=False)
SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
HSTS_SECONDS = env_int("EJLAS_HSTS_SECONDS", 31_536_000, least=0, most=126_144_000)
SECURE_HSTS_SECONDS = HSTS_SECONDS if TLS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# A browser takes a cookie of such a name only over TLS and only from this very host.
SESSION_COOKIE_NAME = "__Host-session" if TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if TLS else "csrf"
CSRF_TRUSTED_ORIGINS = origins_of(ALLOWED_HOSTS, tls=TLS)
# Where people open this site: mails that leave by themselves, without a visitor, say it in their links.
SITE = site_from(env_str("EJLAS_SITE", ""), hosts=ALLOWED_HOSTS, tls=TLS, port=os.environ.get("PORT", "8000"))

ACCOUNT_ADAPTER = "ejlas.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_MAX_LENGTH = 200
ACCOUNT_CHANGE_EMAIL = True
# The link of an invitation has shown already that its reader owns the address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Windows of one minute, so that the page of a refusal can say when to come back. A whole press centre may stand behind
# one address; five wrong passwords for one account are enough. See docs/decisions/0010-limits-against-guessing.md.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/300s/key",
    "reset_password": "20/m/ip,3/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "confirm_email": "1/60s/key",
}
MFA_ADAPTER = "ejlas.accounts.adapters.FactorsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_FORMS = {
    "authenticate": "ejlas.accounts.forms.codes.AuthenticateForm",
    "reauthenticate": "ejlas.accounts.forms.codes.ReauthenticateForm",
    "activate_totp": "ejlas.accounts.forms.codes.ActivateForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Ejlas"
# A phone's clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
SOCIALACCOUNT_ADAPTER = "ejlas.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = provider_from(env_url("OIDC_URL", ""))
if SOCIALACCOUNT_PROVIDERS:
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
SOCIALACCOUNT_STORE_TOKENS = False
# The way to the provider is a link: a form's redirect to another site would be refused by the content policy.
SOCIALACCOUNT_LOGIN_ON_GET = True
# The provider is the host's own: an address that it calls verified belongs to the account of that address.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

# Webhooks to the own network, and without encryption: for a closed network and for tests.
WEBHOOKS_PRIVATE = env_bool("EJLAS_WEBHOOKS_PRIVATE", default=False)
API_PER_MINUTE = env_int("EJLAS_API_PER_MINUTE", 600, least=1, most=100000)

WORKERS = env_int("EJLAS_WORKERS", 2, least=1, most=64)
METRICS_TOKEN = env_token("EJLAS_METRICS_TOKEN")

LOG_LEVEL = env_choice("EJLAS_LOG_LEVEL", "info", ("info", "warning", "error")).upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "ejlas.core.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "ejlas": {"level": LOG_LEVEL},
        # Django's own handlers would say everything twice, with addresses in it.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        # What was asked for and not there is told by our own line of the request.
        "django.request": {"level": "ERROR"},
    },
}
