"""How a page names the sources of a fact: a small number that leads to the list, or the source itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ejlas.core import languages
from ejlas.forum.rules import SourceContent
from ejlas.web.public.edition import Indexed
from ejlas.web.ui.reading import Reader


def source_name(source: SourceContent) -> str:
    """Return the title of a source, or the name of its site where it has none."""
    site = (urlsplit(source["url"]).hostname or "").removeprefix("www.")
    return source["title"] or site or source["slug"]


@dataclass(frozen=True, slots=True)
class Citer:
    """Names sources for one reader; `list_address` is the page that lists them all."""

    indexed: Indexed
    reader: Reader
    list_address: str

    def marks(self, slugs: Sequence[str]) -> SafeString:
        """Return small numbers that lead to the sources in the list; nothing where there are none."""
        known = [slug for slug in slugs if slug in self.indexed.sources]
        if not known:
            return SafeString("")
        label = escape(gettext("Sources"))
        links = map(self._mark, known)
        return SafeString(f'<span class="cites" role="group" aria-label="{label}">{" ".join(links)}</span>')

    def _mark(self, slug: str) -> str:
        number = self.reader.number(list(self.indexed.sources).index(slug) + 1)
        title = escape(source_name(self.indexed.sources[slug]))
        return f'<a href="{self.list_address}#source-{escape(slug)}" title="{title}">{number}</a>'

    def names(self, slugs: Sequence[str]) -> SafeString:
        """Return the sources by name, each a link to its page."""
        found = [self.indexed.sources[slug] for slug in slugs if slug in self.indexed.sources]
        return SafeString(" · ".join(self.link(source) for source in found))

    @staticmethod
    def link(source: SourceContent) -> SafeString:
        """Return a source's name in its own language, as a link to its page if it has an address."""
        language = source["language"] or "en"
        direction = languages.direction(language) if source["title"] else "ltr"
        name = f'<bdi lang="{escape(language)}" dir="{direction}">{escape(source_name(source))}</bdi>'
        if not source["url"].startswith(("https://", "http://")):
            return SafeString(name)
        return SafeString(f'<a href="{escape(source["url"])}" rel="external noopener">{name}</a>')
