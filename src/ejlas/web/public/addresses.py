"""The lasting addresses of the public site."""

from __future__ import annotations

from django.urls import reverse

PAGES = ("home", "programme", "parties", "delegations", "declaration", "data", "versions")
FEEDS = ("ics", "json", "xml", "xlsx", "pdf")


def page_address(page: str, language: str, edition: str) -> str:
    """Return the path of a page of an edition in a language."""
    return reverse(f"public:{page}", args=[language, edition])


def feed_address(form: str, edition: str, language: str = "") -> str:
    """Return the path of a feed of an edition, in a language where the feed has one."""
    if form == "pdf":
        return reverse("public:feed-pdf", args=[edition, language])
    path = reverse(f"public:feed-{form}", args=[edition])
    return f"{path}?language={language}" if language and form in ("ics", "xlsx") else path
