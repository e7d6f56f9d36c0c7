"""One address for each service around Ejlas, turned into Django's settings: cache, stored files, mail."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DAY = 86400
SMTP = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


def cache_from(url: str, *, folder: Path) -> dict[str, Any]:
    """Return the settings of the cache: Redis at the address of REDIS_URL, else files in `folder`."""
    if not url:
        return {
            "BACKEND": "ejlas.core.file_cache.SteadyFileCache",
            "LOCATION": folder,
            "TIMEOUT": DAY,
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    _parts(url, "REDIS_URL", {"redis", "rediss", "unix"}, "redis://HOST:PORT/NUMBER")
    return {"BACKEND": "ejlas.core.redis_cache.SteadyRedisCache", "LOCATION": url, "TIMEOUT": DAY}


def storage_from(url: str, *, folder: Path) -> dict[str, Any]:
    """Return the settings of stored files: the bucket at the address of S3_URL, else files in `folder`."""
    if not url:
        options: dict[str, Any] = {"location": folder, "file_permissions_mode": 0o600}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    form = "s3://KEY:SECRET@HOST:PORT/BUCKET?region=NAME"
    parts = _parts(url, "S3_URL", {"s3"}, form)
    bucket = unquote(parts.path.strip("/"))
    if not (bucket and parts.username and parts.password):
        raise ImproperlyConfigured(f"S3_URL lacks the key, the secret or the bucket; write {form}")
    asked = parse_qs(parts.query)
    scheme = "http" if asked.get("tls") == ["0"] else "https"
    options = {
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "bucket_name": bucket,
        "region_name": asked.get("region", [""])[0] or None,
        "default_acl": None,
        "file_overwrite": False,
        "signature_version": "s3v4",
        "addressing_style": "path",
    }
    if parts.hostname:
        options["endpoint_url"] = f"{scheme}://{parts.netloc.rpartition('@')[2]}"
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def mail_from(url: str, *, folder: Path) -> dict[str, Any]:
    """Return the settings of mail, by name: the server at the address of SMTP_URL, else files in `folder`."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": str(folder)}
    parts = _parts(url, "SMTP_URL", set(SMTP), "smtp+tls://USER:PASSWORD@HOST:PORT")
    if not parts.hostname:
        raise ImproperlyConfigured("SMTP_URL lacks the host; write smtp+tls://USER:PASSWORD@HOST:PORT")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or SMTP[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 20,
    }


def origins_of(hosts: list[str], *, tls: bool) -> list[str]:
    """Return the origins whose forms are taken: those of the hosts, and of subdomains where a host begins by a dot."""
    scheme = "https" if tls else "http"
    named = [host for host in hosts if host != "*"]
    return [f"{scheme}://{'*' if host.startswith('.') else ''}{host}" for host in named]


def site_from(url: str, *, hosts: list[str], tls: bool, port: str) -> str:
    """Return where people open this site, for links in mails that no visitor asks for: given, else the first host."""
    if url:
        parts = _parts(url, "EJLAS_SITE", {"http", "https"}, "https://HOST")
        if not parts.hostname or parts.path.strip("/") or parts.query:
            raise ImproperlyConfigured("EJLAS_SITE is the address of the site alone; write https://HOST")
        return url.rstrip("/")
    host = hosts[0].lstrip(".") if hosts and hosts[0] != "*" else "localhost"
    return f"https://{host}" if tls else f"http://{host}:{port}"


def _parts(url: str, name: str, schemes: set[str], form: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(f"{name} begins with {parts.scheme!r}; write {form}")
    try:
        parts.port  # noqa: B018
    except ValueError:
        raise ImproperlyConfigured(f"{name} has no usable port; write {form}") from None
    return parts
