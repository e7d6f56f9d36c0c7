"""The feeds and files of a publication: the documents of `exports`, kept and answered like pages."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ejlas.exports.documents import DOCUMENTS, for_site
from ejlas.exports.versions import FORMAT
from ejlas.forum import queries
from ejlas.web.public import answers, publications, theming
from ejlas.web.public import versions as pages
from ejlas.web.public.answers import Made, Wanted
from ejlas.web.public.views.errors import missing
from ejlas.web.ui.reading import chosen

# What a browser shows by itself; the rest is saved as a file.
SHOWN = {"json", "xml"}


@require_safe
def document(request: HttpRequest, edition: str, form: str, language: str = "") -> HttpResponse:
    """Answer with one document of the publication, in the language of its address or the edition's first."""
    published = queries.published_edition(edition)
    if published is None or (language and language not in published.languages):
        return missing(request)
    made_by = DOCUMENTS[form]
    # A calendar follows its address for years: without a known language there, it speaks the edition's first.
    asked = (language or request.GET.get("language", "")) if made_by.by_language else ""
    speaks = chosen(asked, published.languages, published.languages[0])
    origin = f"{request.scheme}://{request.get_host()}"

    def render() -> bytes:
        return made_by.render(
            publications.content(published),
            number=published.number,
            published_at=published.published_at,
            language=speaks,
            site=origin,
        )

    def make() -> Made:
        ready = queries.published_text(published.publication_id, form, speaks)
        body = for_site(form, ready, origin) if ready else render()
        filename = "" if form in SHOWN else made_by.file_name(published.slug, speaks)
        return Made(body, made_by.content_type, filename)

    wanted = Wanted(published.digest, f"feed-{form}", speaks, str(published.publication_id), origin)
    return answers.answer(request, wanted, make, modified=published.published_at)


@require_safe
def theme(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer with the edition's colours."""
    published = queries.published_edition(edition)
    if published is None or not theming.are_colours(published.colours):
        return missing(request)
    wanted = Wanted(published.digest, "theme", variant=str(published.publication_id))
    sheet = Made(theming.sheet(published.colours), "text/css; charset=utf-8")
    return answers.answer(request, wanted, lambda: sheet, modified=published.published_at)


@require_safe
def versions(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer with one page of the versions and what each changed, in every language."""
    published = queries.published_edition(edition)
    number = pages.page_number(published, request.GET.get("page", "")) if published else None
    if published is None or number is None:
        return missing(request)

    def make() -> Made:
        found = pages.page_of(published, number)
        listed = [
            {
                "number": row.number,
                "published_at": row.published_at.isoformat(),
                "note": row.note,
                "digest": row.digest,
                "changes": version["changes"],
            }
            for row, version in found.versions
        ]
        whole = {"format": FORMAT, "edition": published.slug, "page": number, "pages": found.last, "versions": listed}
        return Made(json.dumps(whole, ensure_ascii=False).encode(), "application/json")

    wanted = Wanted(published.digest, "feed-versions", variant=f"{published.publication_id}?{number}")
    return answers.answer(request, wanted, make, modified=published.published_at)
