"""The documents of a published programme, by format: what each is, how its file is called, what renders it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from ejlas.core.formats import ics
from ejlas.exports import programme_ics, programme_json, programme_pdf, programme_xlsx, schedule_xml

if TYPE_CHECKING:
    from ejlas.exports.content import Content


class Render(Protocol):
    """Makes the bytes of one document of a publication; `site` is the site's address, for links in it."""

    def __call__(
        self, content: Content, *, number: int, published_at: datetime, language: str, site: str = ""
    ) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Document:
    """One format; `by_language` tells whether there is a file for each language or one for all."""

    format: str
    render: Render
    content_type: str
    file_name_pattern: str
    by_language: bool

    def file_name(self, edition: str, language: str) -> str:
        """Return the name of the file: `rasht2025-programme-fa.ics`."""
        return self.file_name_pattern.format(edition=edition, language=language)

    def languages(self, offered: Iterable[str]) -> list[str]:
        """Return those of the offered languages to render in: all, or the first where one file will do."""
        found = list(offered)
        return found if self.by_language else found[:1]


DOCUMENTS = {
    document.format: document
    for document in (
        Document(
            format="ics",
            render=programme_ics.render,
            content_type="text/calendar; charset=utf-8",
            file_name_pattern="{edition}-programme-{language}.ics",
            by_language=True,
        ),
        Document(
            format="json",
            render=programme_json.render,
            content_type="application/json",
            file_name_pattern="{edition}-programme.json",
            by_language=False,
        ),
        Document(
            format="xml",
            render=schedule_xml.render,
            content_type="application/xml; charset=utf-8",
            file_name_pattern="{edition}-schedule.xml",
            by_language=False,
        ),
        Document(
            format="xlsx",
            render=programme_xlsx.render,
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            file_name_pattern="{edition}-programme-{language}.xlsx",
            by_language=True,
        ),
        Document(
            format="pdf",
            render=programme_pdf.render,
            content_type="application/pdf",
            file_name_pattern="{edition}-programme-{language}.pdf",
            by_language=True,
        ),
    )
}

# Feeds that many programs fetch at once after a publication: they are made with it, for a site that is put in later.
FEEDS = ("ics", "json", "xml")
ANY_SITE = "https://site.invalid"


def ready_texts(content: Content, *, number: int, published_at: datetime) -> Iterator[tuple[str, str, str]]:
    """Yield the feeds of a publication, each as its form, its language and its text for any site."""
    for form in FEEDS:
        document = DOCUMENTS[form]
        for language in document.languages(content["edition"]["languages"]):
            body = document.render(content, number=number, published_at=published_at, language=language, site=ANY_SITE)
            yield form, language, body.decode()


def for_site(form: str, text: str, site: str) -> bytes:
    """Return the feed of a text from `ready_texts`, with the addresses of this site."""
    if form != "ics":
        return text.replace(ANY_SITE, site).encode()
    # Lines of a calendar are folded at a length, so they are unfolded before the site in them changes.
    lines = text.replace("\r\n ", "").replace(ANY_SITE, site).split("\r\n")
    return ics.pack(lines[:-1])
