"""Settings, read from the environment; a wrong value stops the start and is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO

from ejlas.config.environment import database_from, env_bool, env_int, env_list, env_secret, env_str, env_url

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(env_str("EJLAS_VAR", "var")).resolve()

DEBUG = env_bool("EJLAS_DEBUG", default=False)
SECRET_KEY = env_secret("EJLAS_SECRET_KEY", VAR / "secret_key")
ALLOWED_HOSTS = env_list("EJLAS_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "ejlas.core.audit",
    "ejlas.accounts",
    "ejlas.forum",
    "ejlas.programme",
    "ejlas.outcomes",
    "ejlas.planning",
    "ejlas.web.ui",
    "ejlas.web.public",
]

MIDDLEWARE = [
    "ejlas.web.ui.middleware.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ejlas.web.ui.middleware.VisitorLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
]

ROOT_URLCONF = "ejlas.config.urls"
WSGI_APPLICATION = "ejlas.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ]
        },
    }
]

DATABASES = {"default": database_from(env_url("DATABASE_URL", f"sqlite:///{VAR / 'ejlas.sqlite3'}"))}

REDIS_URL = env_url("REDIS_URL", "")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "TIMEOUT": 86400}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "TIMEOUT": 86400,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

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

WORKERS = env_int("EJLAS_WORKERS", 2, least=1, most=64)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING"}},
}
