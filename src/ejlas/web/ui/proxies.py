"""Whom a request comes from: what the proxies of the settings say is taken, what anybody else says is dropped."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_VIA",
)
# Set when a proxy stood between: an address of this machine is then nobody on this machine. And when it is trusted.
CAME_BY_PROXY = "ejlas.came_by_proxy"
BY_TRUSTED = "ejlas.by_trusted_proxy"


class ProxyMiddleware:
    """Sets the visitor's address, the scheme and the host from the headers of a trusted proxy, and removes them all.

    After it nothing else needs to know of proxies: limits, lists of sign-ins and redirects read the plain request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        said = {name: meta.pop(name) for name in FORWARDED if name in meta}
        meta[BY_TRUSTED] = is_proxy(meta.get("REMOTE_ADDR", ""))
        meta[CAME_BY_PROXY] = bool(said)
        if said and meta[BY_TRUSTED]:
            believe(meta, said)
        return self.get_response(request)


def is_proxy(address: str) -> bool:
    """Tell whether an address is that of a trusted proxy."""
    parsed = _address(address)
    return parsed is not None and any(parsed in network for network in settings.PROXIES)


def believe(meta: MutableMapping[str, Any], said: dict[str, str]) -> None:
    """Put what a trusted proxy says in the place of what the connection says.

    The nearest proxy writes last; of several addresses the last that is no proxy is the visitor's.
    """
    hops = [hop.strip() for hop in said.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    while hops and is_proxy(hops[-1]):
        hops.pop()
    visitor = _address(hops[-1]) if hops else None
    if visitor:
        meta["REMOTE_ADDR"] = str(visitor)
    scheme = said.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
    if scheme in {"http", "https"}:
        meta["wsgi.url_scheme"] = scheme
    host = said.get("HTTP_X_FORWARDED_HOST", "").rpartition(",")[2].strip()
    if host:
        meta["HTTP_HOST"] = host


def _address(words: str) -> IPv4Address | IPv6Address | None:
    # Some proxies write a port after the address, and brackets around one of version 6.
    plain = words.strip().removeprefix("[").partition("]")[0]
    if plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        parsed = ip_address(plain)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
