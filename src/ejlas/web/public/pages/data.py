"""The data page: the feeds of a programme, what is published, and every source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ejlas.core import languages
from ejlas.exports.documents import DOCUMENTS
from ejlas.forum.queries import PublishedEdition
from ejlas.web.public.addresses import feed_address
from ejlas.web.public.citing import Citer
from ejlas.web.public.edition import Indexed
from ejlas.web.ui.reading import Reader


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its name, what it is for, and its addresses, one for each language where it has one."""

    name: str
    words: str
    addresses: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Source:
    """A source in the list."""

    anchor: str
    number: str
    link: SafeString
    published_on: str
    language: str
    note: SafeString


def page(published: PublishedEdition, indexed: Indexed, reader: Reader, citer: Citer) -> dict[str, object]:
    """Prepare the data page for one reader."""
    return {
        "feed_list": _feeds(published, reader),
        "digest": published.digest,
        "sources": [
            Source(
                anchor=f"source-{source['slug']}",
                number=reader.number(number),
                link=citer.link(source),
                published_on=reader.dates(date.fromisoformat(source["published_on"]))[0]
                if source["published_on"]
                else "",
                language=languages.name_of(source["language"], reader.language) if source["language"] else "",
                note=reader.html(source["note"]),
            )
            for number, source in enumerate(indexed.content["sources"], 1)
        ],
    }


def _feeds(published: PublishedEdition, reader: Reader) -> list[Feed]:
    described = {
        "ics": (
            "iCalendar",
            gettext("For calendars on a telephone or a desk; subscribe to it and changes arrive by themselves."),
        ),
        "json": ("JSON", gettext("The whole publication in every language, for programs.")),
        "xml": ("schedule.xml", gettext("For conference programme apps that read the Pentabarf form.")),
        "xlsx": ("XLSX", gettext("A table of the programme, for spreadsheets.")),
        "pdf": ("PDF", gettext("The programme on A4 paper.")),
    }
    return [Feed(name, words, _addresses(form, published, reader)) for form, (name, words) in described.items()]


def _addresses(form: str, published: PublishedEdition, reader: Reader) -> list[tuple[str, str, str]]:
    if form == "xml":
        # The form knows one language; ours speaks the host's.
        first = published.languages[0]
        return [(feed_address(form, published.slug), languages.own_name(first), first)]
    if not DOCUMENTS[form].by_language:
        return [(feed_address(form, published.slug), gettext("Every language"), reader.around)]
    return [(feed_address(form, published.slug, code), languages.own_name(code), code) for code in published.languages]
