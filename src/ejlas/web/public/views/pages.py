"""The pages of the public site: find the publication, name what is wanted, answer with what is kept or made."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ejlas.forum import queries
from ejlas.forum.queries import PublishedEdition
from ejlas.web.public import answers, filters, publications, versions
from ejlas.web.public.addresses import page_address
from ejlas.web.public.answers import Made, Wanted
from ejlas.web.public.citing import Citer
from ejlas.web.public.pages import data, declaration, delegations, home, parties, programme
from ejlas.web.public.pages import versions as versions_page
from ejlas.web.public.pages.frame import frame
from ejlas.web.public.views.errors import missing
from ejlas.web.ui.reading import chosen, interface_language

HTML = "text/html; charset=utf-8"
Prepare = Callable[[PublishedEdition, str, str], dict[str, object]]


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Lead to the current edition in the visitor's language."""
    published = queries.current_edition()
    if published is None:
        return missing(request)
    language = chosen(request.headers.get("Accept-Language", ""), published.languages, published.languages[0])
    return _led(page_address("home", language, published.slug))


@require_safe
def edition_root(request: HttpRequest, edition: str) -> HttpResponse:
    """Lead to an edition in the visitor's language."""
    published = queries.published_edition(edition)
    if published is None:
        return missing(request)
    language = chosen(request.headers.get("Accept-Language", ""), published.languages, published.languages[0])
    return _led(page_address("home", language, published.slug))


def _led(address: str) -> HttpResponse:
    response = redirect(address)
    patch_vary_headers(response, ["Accept-Language"])
    response.headers["Cache-Control"] = answers.CACHE_CONTROL
    return response


@require_safe
def show_home(request: HttpRequest, language: str, edition: str) -> HttpResponse:
    """Show the first page of an edition."""
    return _page(request, language, edition, page="home", prepare=_home)


@require_safe
def show_parties(request: HttpRequest, language: str, edition: str) -> HttpResponse:
    """Show the parties."""
    return _page(request, language, edition, page="parties", prepare=_parties)


@require_safe
def show_delegations(request: HttpRequest, language: str, edition: str) -> HttpResponse:
    """Show the people of delegations, as far as they are public."""
    return _page(request, language, edition, page="delegations", prepare=_delegations)


@require_safe
def show_declaration(request: HttpRequest, language: str, edition: str) -> HttpResponse:
    """Show the outcome texts."""
    return _page(request, language, edition, page="declaration", prepare=_declaration)


@require_safe
def show_data(request: HttpRequest, language: str, edition: str) -> HttpResponse:
    """Show the feeds and sources."""
    return _page(request, language, edition, page="data", prepare=_data)


@require_safe
def show_versions(request: HttpRequest, language: str, edition: str) -> HttpResponse:
    """Show the versions and what each changed, a page at a time."""
    published = queries.published_edition(edition)
    if published is None or language not in published.languages:
        return missing(request)
    number = versions.page_number(published, request.GET.get("page", ""))
    if number is None:
        return missing(request)

    def prepare(published: PublishedEdition, language: str, _: str) -> dict[str, object]:
        indexed = publications.indexed(published)
        timezone = indexed.content["edition"]["timezone"]
        return versions_page.page(versions.page_of(published, number), indexed.reader(language), timezone)

    return _answer(request, published, language, page="versions", prepare=prepare, variant=str(number))


@require_safe
def show_programme(request: HttpRequest, language: str, edition: str) -> HttpResponse:
    """Show the programme, filtered and grouped as the address asks."""
    published = queries.published_edition(edition)
    if published is None or language not in published.languages:
        return missing(request)
    wishes = filters.Filters()
    if request.GET:
        wishes = filters.read(request.GET, publications.choices(published))

    def prepare(published: PublishedEdition, language: str, _: str) -> dict[str, object]:
        indexed = publications.indexed(published)
        reader = indexed.reader(language)
        return programme.page(indexed, reader, publications.written(published, reader), wishes)

    # Pages of one filter are shared; the many pages of several filters stay with the process that made them.
    shared = len(wishes.chosen) <= 1
    return _answer(
        request, published, language, page="programme", prepare=prepare, variant=wishes.query(), shared=shared
    )


@require_safe
def print_programme(request: HttpRequest, language: str, edition: str) -> HttpResponse:
    """Show the programme for paper."""
    return _page(request, language, edition, page="programme", prepare=_print, template="print", variant="print")


def _page(
    request: HttpRequest,
    language: str,
    edition: str,
    *,
    page: str,
    prepare: Prepare,
    template: str = "",
    variant: str = "",
) -> HttpResponse:
    published = queries.published_edition(edition)
    if published is None or language not in published.languages:
        return missing(request)
    return _answer(request, published, language, page=page, prepare=prepare, template=template, variant=variant)


def _answer(
    request: HttpRequest,
    published: PublishedEdition,
    language: str,
    *,
    page: str,
    prepare: Prepare,
    template: str = "",
    variant: str = "",
    shared: bool = True,
) -> HttpResponse:
    origin = f"{request.scheme}://{request.get_host()}"
    wanted = Wanted(published.digest, page, language, f"{published.publication_id}?{variant}", origin, shared)

    def make() -> Made:
        with translation.override(interface_language(language)):
            indexed = publications.indexed(published)
            context = frame(published, indexed, indexed.reader(language), page, origin)
            context |= prepare(published, language, origin)
            html = render_to_string(f"public/{template or page}.html", context)
        return Made(html.encode(), HTML)

    links = _links(page, published.slug, published.languages)
    return answers.answer(request, wanted, make, modified=published.published_at, links=links)


@lru_cache(maxsize=256)
def _links(page: str, edition: str, languages: tuple[str, ...]) -> str:
    return ", ".join(f'<{page_address(page, code, edition)}>; rel="alternate"; hreflang="{code}"' for code in languages)


# --- What each page shows ---


def _citer(published: PublishedEdition, language: str) -> Citer:
    indexed = publications.indexed(published)
    return Citer(indexed, indexed.reader(language), page_address("data", language, published.slug))


def _home(published: PublishedEdition, language: str, origin: str) -> dict[str, object]:
    citer = _citer(published, language)
    address = origin + page_address("home", language, published.slug)
    return home.page(citer.indexed, citer.reader, citer, address)


def _parties(published: PublishedEdition, language: str, _: str) -> dict[str, object]:
    citer = _citer(published, language)
    return parties.page(citer.indexed, citer.reader, citer)


def _delegations(published: PublishedEdition, language: str, _: str) -> dict[str, object]:
    indexed = publications.indexed(published)
    return delegations.page(indexed, indexed.reader(language))


def _declaration(published: PublishedEdition, language: str, _: str) -> dict[str, object]:
    citer = _citer(published, language)
    return declaration.page(citer.indexed, citer.reader, citer)


def _data(published: PublishedEdition, language: str, _: str) -> dict[str, object]:
    citer = _citer(published, language)
    return data.page(published, citer.indexed, citer.reader, citer)


def _print(published: PublishedEdition, language: str, _: str) -> dict[str, object]:
    indexed = publications.indexed(published)
    reader = indexed.reader(language)
    return programme.print_page(indexed, reader, publications.written(published, reader))
