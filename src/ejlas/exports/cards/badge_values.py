"""What the card of a pass shows, worded in each language of its edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from ejlas.core import calendars, languages
from ejlas.core.files import queries as files
from ejlas.core.files.rules import FileDamaged, FileGone
from ejlas.core.text import Text
from ejlas.delegations.queries.passes.cards import OpenZone, Shown, Span, shown_on_cards
from ejlas.delegations.rules.capacities import CapacityKind
from ejlas.delegations.rules.capacity_labels import USUAL
from ejlas.delegations.rules.states import DelegationKind
from ejlas.exports.cards.values import CardEdition, CardValues, CardZone, Texts
from ejlas.exports.reading import in_words_of, interface_language

if TYPE_CHECKING:
    from ejlas.delegations.models import Badge, Delegation, Person
    from ejlas.forum.models import Edition

# Five digits, as people look for them: 00017.
_NUMBER = "{:05}"
_JOINT = " · "
# More windows than these are told as one span of days.
_MOST_WINDOWS = 2


def card_edition(edition: Edition) -> CardEdition:
    """Return what all cards of an edition show."""
    codes = tuple(edition.languages)
    made = CardEdition(
        languages=codes,
        name=_texts(edition.name),
        dates={code: _days(edition.starts_on, edition.ends_on, code, edition.calendars) for code in codes},
        place=_texts(edition.city),
        host=_texts(edition.host_office),
    )
    colours = [colour.lower() for colour in edition.colours[:2]]
    return replace(made, colours=(colours[0], colours[1])) if len(colours) == 2 else made


def card_values(badges: Iterable[Badge], edition: Edition) -> Iterator[CardValues]:
    """Yield what each card shows, its photo opened only when it comes."""
    words = _Words(edition)
    for shown in shown_on_cards(edition, badges):
        yield words.values(shown)


def photo_of(person: Person | None) -> bytes:
    """Return the photo of a person; nothing where there is none, or none that can be opened."""
    if person is None or person.photo is None:
        return b""
    try:
        return files.contents(person.photo)
    except (FileGone, FileDamaged):
        return b""


def _texts(text: Any) -> Texts:
    return dict(text.values) if isinstance(text, Text) else {}


def _days(first: Any, last: Any, language: str, asked: Iterable[str]) -> str:
    return _JOINT.join(calendars.format_spans(first, last, language, tuple(asked)))


class _Words:
    """Words moments and marks in the languages of an edition, each once: a thousand cards share them."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.codes, self.zone = edition, tuple(edition.languages), edition.zone
        self.days = lru_cache(maxsize=256)(self._days_of)
        self.moment = lru_cache(maxsize=512)(self._moment_of)
        self.windows = lru_cache(maxsize=256)(self._windows_of)
        self.token = lru_cache(maxsize=32)(self._token_of)
        self.names = lru_cache(maxsize=256)(_texts)

    def values(self, shown: Shown) -> CardValues:
        """Return what the card of a pass shows."""
        badge, person = shown.badge, shown.badge.person
        return CardValues(
            number=_NUMBER.format(badge.number),
            kind=badge.kind,
            category=badge.category.slug,
            category_name=_texts(badge.category.name),
            letter=badge.category.short,
            colour=badge.category.colour,
            zones=tuple(map(self._zone, shown.zones)),
            days=self.days(shown.span),
            valid_from=self.moment(shown.span[0]),
            valid_until=self.moment(shown.span[1]),
            token=self.token(badge.mark),
            code=shown.code,
            photo=photo_of(person),
            **_of_delegation(badge.delegation),
            **_of_person(person),
        )

    def _zone(self, opened: OpenZone) -> CardZone:
        return CardZone(opened.zone.letter, self.names(opened.zone.name), self.windows(opened.spans))

    def _days_of(self, span: Span) -> Texts:
        first, last = self._first_and_last(span)
        return {code: _days(first, last, code, self.edition.calendars) for code in self.codes}

    def _first_and_last(self, span: Span) -> tuple[Any, Any]:
        # The end itself is outside: what ends at midnight has no part in the day after.
        starts, ends = (moment.astimezone(self.zone) for moment in span)
        return starts.date(), max(starts, ends - timedelta.resolution).date()

    def _moment_of(self, moment: datetime) -> Texts:
        here = moment.astimezone(self.zone)
        return {
            code: f"{calendars.format_date(here.date(), code, calendar=calendars.home_calendar(code))}, "
            f"{calendars.format_time(here, code)}"
            for code in self.codes
        }

    def _windows_of(self, spans: tuple[Span, ...]) -> Texts:
        if len(spans) > _MOST_WINDOWS:
            spans = ((spans[0][0], max(ends for _starts, ends in spans)),)
        return {code: languages.comma(code).join(self._window(span, code) for span in spans) for code in self.codes}

    def _window(self, span: Span, code: str) -> str:
        first, last = self._first_and_last(span)
        calendar = calendars.home_calendar(code)
        if first != last:
            return calendars.format_span(first, last, code, calendar=calendar)
        day = calendars.format_date(first, code, calendar=calendar)
        starts, ends = (moment.astimezone(self.zone) for moment in span)
        is_whole = ends - starts >= timedelta(hours=23)
        return day if is_whole else f"{day}, {calendars.format_time_span(starts, ends, code)}"

    def _token_of(self, mark: str) -> Texts:
        if mark not in set(CapacityKind):
            return {"en": mark} if mark else {}
        found: dict[str, str] = {}
        for code in self.codes:
            if interface_language(code) != "en" or languages.plain(code) == "en":
                with in_words_of(code):
                    found[code] = gettext(USUAL[CapacityKind(mark)])
        return found or {"en": USUAL[CapacityKind(mark)]}


def _of_delegation(delegation: Delegation | None) -> dict[str, Any]:
    if delegation is None:
        return {"delegation_kind": DelegationKind.PARTY.value}
    party = delegation.party
    return {
        "delegation_kind": delegation.kind,
        "delegation": _texts(delegation.title),
        "party_code": (party.iso or party.country) if party is not None else delegation.country,
    }


def _of_person(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {}
    return {
        "name": _texts(person.name),
        "passport_name": person.passport_name,
        "office": _texts(person.office),
        "capacity": _texts(person.capacity.name),
    }
