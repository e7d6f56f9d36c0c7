"""The feeds and files of a publication: thin views over `exports`, kept and answered like pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ejlas.exports import programme_ics, programme_json, programme_pdf, programme_xlsx, schedule_xml
from ejlas.exports.content import Content
from ejlas.forum import queries
from ejlas.web.public import answers, publications, theming
from ejlas.web.public.answers import Made, Wanted
from ejlas.web.public.views.errors import missing
from ejlas.web.ui.reading import chosen

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def ics(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer with the calendar."""
    return _feed(request, edition, form="ics", content_type="text/calendar; charset=utf-8", render=programme_ics.render)


@require_safe
def json(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer with the whole publication for programs."""
    return _feed(request, edition, form="json", content_type="application/json", render=programme_json.render)


@require_safe
def schedule(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer with the schedule for programme apps."""
    content_type = "application/xml; charset=utf-8"
    return _feed(request, edition, form="xml", content_type=content_type, render=schedule_xml.render)


@require_safe
def xlsx(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer with the table of the programme."""
    return _feed(request, edition, form="xlsx", content_type=XLSX, render=programme_xlsx.render)


@require_safe
def pdf(request: HttpRequest, edition: str, language: str) -> HttpResponse:
    """Answer with the programme on paper."""
    published = queries.published_edition(edition)
    if published is None or language not in published.languages:
        return missing(request)
    return _feed(
        request, edition, form="pdf", content_type="application/pdf", render=programme_pdf.render, language=language
    )


def _feed(
    request: HttpRequest,
    edition: str,
    *,
    form: str,
    content_type: str,
    render: Callable[..., bytes],
    language: str = "",
) -> HttpResponse:
    published = queries.published_edition(edition)
    if published is None:
        return missing(request)
    asked = language or request.GET.get("language", "")
    # A calendar follows its address for years: without a language there, it speaks the edition's first.
    language = chosen(asked, published.languages, published.languages[0])

    origin = f"{request.scheme}://{request.get_host()}"

    def make() -> Made:
        content: Content = publications.indexed(published).content
        version, moment = published.number, published.published_at
        body = render(content, number=version, published_at=moment, language=language, site=origin)
        filename = f"{published.slug}-{language}.{form}" if form in ("xlsx", "pdf", "ics") else ""
        return Made(body, content_type, filename)

    wanted = Wanted(published.digest, f"feed-{form}", language, str(published.publication_id), origin)
    return answers.answer(request, wanted, make, modified=published.published_at)


@require_safe
def theme(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer with the edition's colours."""
    published = queries.published_edition(edition)
    if published is None or not theming.are_colours(published.colours):
        return missing(request)
    wanted = Wanted(published.digest, "theme", variant=str(published.publication_id))
    colours = published.colours
    return answers.answer(
        request,
        wanted,
        lambda: Made(theming.sheet(colours), "text/css; charset=utf-8"),
        modified=published.published_at,
    )
