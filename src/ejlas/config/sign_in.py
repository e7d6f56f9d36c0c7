"""The host's own sign-in: one address of an OpenID Connect provider, turned into allauth's settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FORM = "https://CLIENT:SECRET@HOST/PATH?name=NAME"
OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}


def provider_from(url: str) -> dict[str, Any]:
    """Return the settings of the provider at the address of OIDC_URL; without one, there is none."""
    if not url:
        return {}
    parts = urlsplit(url)
    if not (parts.hostname and parts.username and parts.password):
        raise ImproperlyConfigured(f"OIDC_URL lacks the host, the client or its secret; write {FORM}")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in OWN_MACHINE):
        raise ImproperlyConfigured(f"OIDC_URL begins with {parts.scheme!r}; write {FORM}")
    unknown = sorted(set(parse_qs(parts.query)) - {"name"})
    if unknown:
        raise ImproperlyConfigured(f"OIDC_URL holds {unknown[0]!r}, which says nothing; write {FORM}")
    app = {
        "provider_id": "host",
        "name": parse_qs(parts.query).get("name", [parts.hostname])[0],
        "client_id": unquote(parts.username),
        "secret": unquote(parts.password),
        "settings": {"server_url": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
