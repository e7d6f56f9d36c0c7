"""Rows of a long table: whether it is long, and which of them somebody meant who typed a title or a short name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from ejlas.core.index import queries as index
from ejlas.core.text import Text
from ejlas.forum.models import Edition

# A table with more rows is not offered as a list: one types.
MANY = 200
# How many rows are named when several could be meant.
MOST_NAMED = 5
# How many lines of one form are searched for: each costs queries.
MOST_SEARCHED = 50
LONGEST = 1000
LONGEST_QUERY = 200

_BETWEEN = " · "
_FAULTS = {
    "unknown": _("“%(value)s” is not one of the choices."),
    "several": _("“%(value)s” can mean several: %(names)s. Write the short name of one."),
    "too_many": _("Choose at most %(most)d."),
}


def few(things: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows of a table, but at most one more than MANY: by that one sees that there are many."""
    return things.filter(pk__in=things.order_by().values("pk")[: MANY + 1])


def long_tables(edition: Edition) -> frozenset[type[Any]]:
    """Return the tables of which an edition has more than MANY rows. One SQL query, that reads no further than that."""
    related = [each for each in Edition._meta.related_objects if each.one_to_many]
    models = {each.related_model._meta.label_lower.replace(".", "_"): each for each in related}
    probes = {
        name: Subquery(
            each.related_model._base_manager.filter(**{each.field.name: edition.pk})
            .order_by()
            .values("pk")[MANY : MANY + 1]
        )
        for name, each in models.items()
    }
    found = Edition.objects.filter(pk=edition.pk).order_by().values_list(*probes.values()).first() or ()
    return frozenset(each.related_model for each, pk in zip(models.values(), found, strict=False) if pk is not None)


class RowFinder:
    """Finds rows of an edition's table for one form."""

    def __init__(self, things: QuerySet[Any], edition: Edition, language: str, title: str = "name") -> None:
        self.kind = things.model.kind_in_index()
        # A program names rows by their short names; what it means is not guessed.
        self.takes_words = True
        self._things, self._edition, self._language, self._title = things, edition, language, title
        self._titles: dict[str, Any] = {}
        self._asked: set[str] = set()
        self._answers: dict[str, str | ValidationError] = {}
        self._n_searched = 0

    def hold(self, row: Any) -> None:
        """Know a row that the form has read already."""
        self._titles[row.slug] = getattr(row, self._title)
        self._asked.add(row.slug)

    def learn(self, typed: Iterable[Any]) -> None:
        """Ask for all rows whose short names were typed. One SQL query at most."""
        wanted = {slug for words in _flat(typed) for slug in (words, words.rpartition(_BETWEEN)[2])} - self._asked
        wanted.discard("")
        if wanted:
            self._asked |= wanted
            self._titles.update(self._things.filter(slug__in=wanted).order_by().values_list("slug", self._title))

    def label(self, slug: str) -> str:
        """Return the title of a row in the reader's language; its short name where it has none."""
        title = self._titles.get(slug)
        if isinstance(title, Text):
            title = title.wording(self._language, self._edition.fallback_languages).text
        return title or slug

    def shown(self, typed: str) -> str:
        """Return the title and the short name of a row: both stay clear when titles repeat or change."""
        self.learn([typed])
        label = self.label(typed)
        return written(label, typed) if typed in self._titles else typed

    def resolve(self, typed: str) -> str:
        """Return the short name of the row that was meant. Raises ValidationError."""
        words = _tidy(typed)
        if words not in self._answers:
            try:
                self._answers[words] = self._resolve(words)
            except ValidationError as fault:
                self._answers[words] = fault
        answer = self._answers[words]
        if isinstance(answer, ValidationError):
            raise answer
        return answer

    def _resolve(self, words: str) -> str:
        self.learn([words])
        if words in self._titles:
            return words
        head, _between, tail = words.rpartition(_BETWEEN)
        is_both = bool(head) and tail in self._titles
        if is_both and (_fold(head) in _wordings(self._titles[tail]) or head == tail):
            return tail
        found = self._search(head if is_both else words) if self.takes_words else []
        if len(found) == 1:
            return found[0]
        shown = {"value": words[:100], "names": _listed(written(self.label(slug), slug) for slug in found)}
        code = "several" if found else "unknown"
        raise ValidationError(_FAULTS[code], code=code, params=shown)

    def _search(self, words: str) -> list[str]:
        """Return the short names of rows that these words find: of those with just this title, if there are any."""
        self._n_searched += 1
        if self._n_searched > MOST_SEARCHED:
            raise ValidationError(_FAULTS["too_many"], code="too_many", params={"most": MOST_SEARCHED})
        query = words[:LONGEST_QUERY]
        found = index.search(query, scopes=[self._edition.slug], kinds=[self.kind], limit=MOST_NAMED + 1)
        exact = [each.slug for each in found if _fold(words) in _wordings(each.title)]
        slugs = exact or [each.slug for each in found]
        self.learn(slugs)
        return [slug for slug in slugs if slug in self._titles]


def written(title: str, slug: str) -> str:
    """Return how a row stands in an input."""
    title = _tidy(title)
    return f"{title}{_BETWEEN}{slug}" if title and title != slug else slug


def _listed(names: Iterable[str]) -> str:
    # Isolates keep a Latin short name from turning the order of a Persian title around.
    marked = [f"\u2068{name}\u2069" for name in names]
    return "; ".join([*marked[:MOST_NAMED], *(["…"] if len(marked) > MOST_NAMED else [])])


def _flat(typed: Iterable[Any]) -> Iterator[str]:
    for words in typed:
        if isinstance(words, list | tuple):
            yield from map(_tidy, words)
        elif words:
            yield _tidy(words)


def _tidy(words: Any) -> str:
    return " ".join(str(words).replace("\x00", "")[:LONGEST].split())


def _fold(words: str) -> str:
    return _tidy(words).casefold()


def _wordings(title: Any) -> set[str]:
    return {_fold(words) for words in (title.values.values() if isinstance(title, Text) else [title or ""])}
