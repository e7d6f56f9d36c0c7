"""People, places and requests as the pages of a delegation show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ejlas.core import languages
from ejlas.delegations.queries import Load, filing
from ejlas.delegations.rules import house
from ejlas.delegations.rules.states import PersonState, RequestState
from ejlas.web.portal.frame import capacity_words, day_words, lacks_of, name_of, passport_name
from ejlas.web.ui.delegation_labels import PERSON_STATES, REQUEST_KINDS, REQUEST_STATES
from ejlas.web.ui.labels import word
from ejlas.web.ui.reading import Reader

if TYPE_CHECKING:
    from ejlas.delegations.models import Delegation, Person

PAGE = 50
# The steps that every person takes, in their order.
WAY = (
    PersonState.DRAFT,
    PersonState.SUBMITTED,
    PersonState.COMPLETE,
    PersonState.VETTING,
    PersonState.APPROVED,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A person in a list."""

    slug: str
    name: SafeString
    passport: SafeString
    capacity: str
    office: SafeString
    nationality: str
    state: str
    state_words: str
    lacks: list[str]
    lacking: str
    reason: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A capacity and what is left of it."""

    name: str
    taken: str
    most: str
    left: str
    is_full: bool
    is_near: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the host."""

    slug: str
    kind: str
    person: SafeString | None
    reason: str
    answer: str
    state: str
    state_words: str
    days: str
    is_open: bool


def row_of(person: Person, reader: Reader) -> Row:
    """Return a person as a list shows that person; nothing sealed is read."""
    office: Any = person.office
    return Row(
        slug=person.slug,
        name=name_of(person, reader),
        passport=passport_name(person),
        capacity=capacity_words(person.capacity, reader),
        office=reader.html(office.to_stored()),
        nationality=languages.state_name(person.nationality, reader.language) if person.nationality else "",
        state=person.state,
        state_words=word(PERSON_STATES, person.state),
        lacks=lacks_of(person),
        lacking=languages.comma(reader.language).join(lacks_of(person)),
        reason=person.reason if person.state in (PersonState.RETURNED, PersonState.REFUSED) else "",
        is_late=person.is_late,
    )


def places_of(delegation: Delegation, loads: list[Load], tally: filing.Tally, reader: Reader) -> list[Place]:
    """Return how full each capacity is, and the delegation as a whole."""
    most = delegation.most_people or house.stored(delegation.edition.settings)["most_people"]
    whole = _place(_("In all"), tally.n_counted, most, max(0, most - tally.n_counted), reader)
    return [
        *(
            _place(capacity_words(load.capacity, reader), load.here.n_taken, load.here.most, load.left, reader)
            for load in loads
        ),
        whole,
    ]


def _place(name: str, n_taken: int, most: int | None, left: int | None, reader: Reader) -> Place:
    return Place(
        name=name,
        taken=reader.number(n_taken),
        most=reader.number(most) if most is not None else "–",
        left=reader.number(left) if left is not None else "–",
        is_full=left == 0,
        is_near=left is not None and 0 < left <= 2 and n_taken > 0,
    )


def request_rows(delegation: Delegation, reader: Reader) -> list[Asked]:
    """Return what was asked of the host, the latest first. One SQL query."""
    zone = delegation.edition.zone
    return [
        Asked(
            slug=each.slug,
            kind=word(REQUEST_KINDS, each.kind),
            person=name_of(each.person, reader) if each.person else None,
            reason=each.reason,
            answer=each.answer,
            state=each.state,
            state_words=word(REQUEST_STATES, each.state),
            days=day_words(each.asked_at.astimezone(zone).date(), reader),
            is_open=each.state == RequestState.ASKED,
        )
        for each in filing.requests_of(delegation)[:100]
    ]
