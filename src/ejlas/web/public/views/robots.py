"""What search engines and browsers ask for by custom: robots.txt, the site map, the icon."""

from __future__ import annotations

from html import escape

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from ejlas.forum import queries
from ejlas.web.public.addresses import PAGES, page_address


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what to leave out."""
    # Filtered programmes show nothing that the whole one does not.
    lines = ["User-agent: *", "Disallow: /*?", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every page in every language."""
    origin = f"{request.scheme}://{request.get_host()}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for published in queries.published_editions():
        for page in PAGES:
            addresses = {
                code: escape(origin + page_address(page, code, published.slug)) for code in published.languages
            }
            others = "".join(
                f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
                for code, address in addresses.items()
            )
            changed = published.published_at.date().isoformat()
            lines += [
                f"<url><loc>{address}</loc><lastmod>{changed}</lastmod>{others}</url>" for address in addresses.values()
            ]
    lines.append("</urlset>")
    return HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask by custom to the mark."""
    return HttpResponseRedirect(static("ui/mark.svg"))
