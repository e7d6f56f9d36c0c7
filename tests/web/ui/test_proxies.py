"""What a proxy says of a visitor is believed when it is ours, and dropped when anybody else says it."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.http import HttpResponse

from ejlas.web.ui.proxies import ProxyMiddleware

FORGED = {
    "HTTP_X_FORWARDED_FOR": "203.0.113.9",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "evil.example.org",
    "HTTP_FORWARDED": "for=203.0.113.9",
    "HTTP_X_REAL_IP": "203.0.113.9",
}


def seen(rf, settings, remote, *, proxies=(), **headers):
    """Return address, scheme and host as the rest of the application sees them, and what is left of the headers."""
    settings.PROXIES = tuple(ip_network(proxy) for proxy in proxies)
    settings.ALLOWED_HOSTS = ["*"]
    found = []

    def view(request):
        left = sorted(name for name in request.META if "FORWARDED" in name or "REAL" in name)
        found.append((request.META["REMOTE_ADDR"], request.scheme, request.get_host(), left))
        return HttpResponse()

    ProxyMiddleware(view)(rf.get("/", REMOTE_ADDR=remote, HTTP_HOST="inside:8000", **headers))
    return found[0]


def test_nobody_else_is_believed(rf, settings):
    assert seen(rf, settings, "198.51.100.7", proxies=["10.0.0.0/24"], **FORGED) == (
        "198.51.100.7",
        "http",
        "inside:8000",
        [],
    )


def test_own_proxy_is_believed(rf, settings):
    assert seen(rf, settings, "10.0.0.3", proxies=["10.0.0.0/24"], **FORGED) == (
        "203.0.113.9",
        "https",
        "evil.example.org",
        [],
    )


@pytest.mark.parametrize(
    ("chain", "visitor"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9, 10.0.0.8", "203.0.113.9"),
        ("203.0.113.9:55012", "203.0.113.9"),
        ("[2001:db8::7]:55012", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("nonsense", "10.0.0.3"),
        ("10.0.0.8", "10.0.0.3"),
        ("", "10.0.0.3"),
    ],
)
def test_visitor_is_the_last_address_that_is_no_proxy(chain, visitor, rf, settings):
    assert seen(rf, settings, "10.0.0.3", proxies=["10.0.0.0/24"], HTTP_X_FORWARDED_FOR=chain)[0] == visitor


@pytest.mark.parametrize(
    ("said", "scheme"), [("https", "https"), ("http, https", "https"), ("HTTPS", "https"), ("javascript", "http")]
)
def test_scheme_is_http_or_https(said, scheme, rf, settings):
    assert seen(rf, settings, "10.0.0.3", proxies=["10.0.0.3/32"], HTTP_X_FORWARDED_PROTO=said)[1] == scheme
