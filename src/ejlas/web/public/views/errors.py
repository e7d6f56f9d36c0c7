"""What a visitor reads when something is missing, refused or broken: what happened, what is safe, what to do."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers

from ejlas.core import languages
from ejlas.forum import queries
from ejlas.web.public import publications
from ejlas.web.public.addresses import PAGES, page_address
from ejlas.web.public.pages.frame import Link, page_names
from ejlas.web.ui import faults
from ejlas.web.ui.reading import INTERFACE, Reader, chosen, interface_language


def missing(request: HttpRequest) -> HttpResponse:
    """Answer 404 and say, in the visitor's language, what is published instead."""
    published = queries.current_edition()
    accepted = request.headers.get("Accept-Language", "")
    language = chosen(accepted, published.languages if published else INTERFACE, "en")
    if published and language not in published.languages:
        language = published.languages[0]
    with translation.override(interface_language(language)):
        context: dict[str, object] = {"language": language, "chrome": interface_language(language)}
        if published:
            edition = publications.indexed(published).content["edition"]
            reader = Reader(language, published.fallback_languages)
            names = page_names()
            context["edition_name"] = reader.html(edition["name"])
            context["pages"] = [
                Link(page_address(page, language, published.slug), names[page], language, is_current=False)
                for page in PAGES
            ]
            context["others"] = [
                Link(page_address("home", code, published.slug), languages.own_name(code), code, code == language)
                for code in published.languages
            ]
        response = HttpResponse(render_to_string("public/missing.html", context), status=404)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that no page has."""
    return missing(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that could not be read."""
    return _plain(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer one who may not see the page."""
    return _plain(request, "403.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when the fault is ours, or when the database is away and not even a session could be read."""
    return faults.answer_to(request, sys.exc_info()[1]) or _plain(request, "500.html", 500)


def _plain(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Answer without asking the database, which may be what is broken."""
    language = chosen(request.headers.get("Accept-Language", ""), INTERFACE, "en")
    with translation.override(language):
        return HttpResponse(render_to_string(template, {"language": language, "chrome": language}), status=status)
