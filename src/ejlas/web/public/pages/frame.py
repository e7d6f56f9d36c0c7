"""What stands around every page: its language, navigation, the same page in other languages, the version shown."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, pgettext

from ejlas.core import languages
from ejlas.forum.queries import PublishedEdition
from ejlas.web.public import theming
from ejlas.web.public.addresses import FEEDS, PAGES, feed_address, page_address
from ejlas.web.public.edition import Indexed
from ejlas.web.ui.reading import Reader


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: where, in words, in which language, and whether the reader is there already."""

    address: str
    words: str
    language: str
    is_current: bool


def page_names() -> dict[str, str]:
    """Return the pages of an edition in the order of the navigation."""
    return {
        "home": pgettext("navigation", "Summit"),
        "programme": gettext("Programme"),
        "parties": gettext("Parties"),
        "delegations": gettext("Delegations"),
        "declaration": gettext("Declaration"),
        "data": pgettext("navigation", "Data"),
        "versions": pgettext("navigation", "Versions"),
    }


def frame(published: PublishedEdition, indexed: Indexed, reader: Reader, page: str, origin: str) -> dict[str, object]:
    """Prepare what every page of an edition shows; `origin` is the site's own scheme and name."""
    edition, slug = indexed.content["edition"], published.slug
    moment = published.published_at.astimezone(ZoneInfo(edition["timezone"]))
    names = page_names()
    others = [
        Link(origin + page_address(page, code, slug), languages.own_name(code), code, code == reader.language)
        for code in published.languages
    ]
    return {
        "reader": reader,
        "language": reader.language,
        "chrome": reader.around,
        "is_foreign_chrome": reader.around != reader.language,
        "page": page,
        "page_name": names[page],
        "edition_name": reader.html(edition["name"]),
        "edition_title": reader.plain(edition["name"]),
        "forum_name": reader.html(edition["forum_name"]),
        "summary_plain": reader.plain(edition["summary"]) or reader.plain(edition["motto"]),
        "home_address": page_address("home", reader.language, slug),
        "versions_address": page_address("versions", reader.language, slug),
        "navigation": [
            Link(page_address(name, reader.language, slug), names[name], reader.language, name == page)
            for name in PAGES
        ],
        "others": others,
        "address": origin + page_address(page, reader.language, slug),
        "slug": slug,
        "has_colours": theming.are_colours(published.colours),
        "version": reader.number(published.number),
        "published_on": reader.dates(moment.date())[0],
        "published_at": reader.time(moment),
        "place": reader.name(edition["city"]),
        "feeds": {form: feed_address(form, slug, reader.language) for form in FEEDS},
    }
