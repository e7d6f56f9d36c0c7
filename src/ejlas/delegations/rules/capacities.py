"""Capacities: what a person is at an edition, what is asked of one, how many there may be; and how full each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ejlas.delegations.rules.states import DelegationKind


class CapacityKind(StrEnum):
    """The one role a person has at an edition."""

    HEAD = "head"
    DEPUTY = "deputy"
    DELEGATE = "delegate"
    ADVISER = "adviser"
    INTERPRETER = "interpreter"
    SECURITY = "security"
    PROTOCOL = "protocol"
    STAFF = "staff"
    LIAISON = "liaison"
    COMPANION = "companion"
    OBSERVER = "observer"
    REPORTER = "reporter"
    PHOTOGRAPHER = "photographer"
    CAMERA = "camera"
    TECHNICIAN = "technician"


class Need(StrEnum):
    """What is asked for before a person counts."""

    PHOTO = "photo"
    DOCUMENT = "document"
    BORN_ON = "born_on"
    NATIONALITY = "nationality"
    OFFICE = "office"
    NOMINATION = "nomination"  # the letter of the delegation
    PRESS_CARD = "press_card"
    ASSIGNMENT = "assignment"  # the letter of the medium


_PERSON = (Need.PHOTO, Need.DOCUMENT, Need.BORN_ON, Need.NATIONALITY)
_OF_DELEGATION = (*_PERSON, Need.OFFICE, Need.NOMINATION)
_OF_PRESS = (*_PERSON, Need.PRESS_CARD, Need.ASSIGNMENT)


@dataclass(frozen=True, slots=True)
class Standard:
    """A capacity with which an edition begins.

    Parameters
    ----------
    per_delegation : how many one delegation may name; None for no bound of its own
    in_all : how many there may be at the edition; None for no bound
    """

    kind: CapacityKind
    audience: DelegationKind
    per_delegation: int | None = None
    in_all: int | None = None
    needs: tuple[Need, ...] = _OF_DELEGATION


STANDARD = (
    # A head may be exempt from the photo and always is from the letter that the head signs (rule 2, rule 3).
    Standard(CapacityKind.HEAD, DelegationKind.PARTY, 1, None, (Need.DOCUMENT, Need.NATIONALITY, Need.OFFICE)),
    Standard(CapacityKind.DEPUTY, DelegationKind.PARTY, 1),
    Standard(CapacityKind.DELEGATE, DelegationKind.PARTY, 10),
    Standard(CapacityKind.ADVISER, DelegationKind.PARTY, 10),
    Standard(CapacityKind.INTERPRETER, DelegationKind.PARTY, 4),
    Standard(CapacityKind.SECURITY, DelegationKind.PARTY, 6),
    Standard(CapacityKind.PROTOCOL, DelegationKind.PARTY, 2),
    Standard(CapacityKind.STAFF, DelegationKind.PARTY, 10),
    Standard(CapacityKind.COMPANION, DelegationKind.PARTY, 5, None, (*_PERSON, Need.NOMINATION)),
    Standard(CapacityKind.REPORTER, DelegationKind.PRESS, 3, None, _OF_PRESS),
    Standard(CapacityKind.PHOTOGRAPHER, DelegationKind.PRESS, 2, None, _OF_PRESS),
    Standard(CapacityKind.CAMERA, DelegationKind.PRESS, 4, None, _OF_PRESS),
    Standard(CapacityKind.TECHNICIAN, DelegationKind.PRESS, 4, None, _OF_PRESS),
)


@dataclass(frozen=True, slots=True)
class Room:
    """What is left of a number of places.

    Parameters
    ----------
    most : how many there may be; None for no bound
    n_taken : how many are there
    """

    most: int | None
    n_taken: int

    @property
    def left(self) -> int | None:
        """The places that are free; None for no bound."""
        return None if self.most is None else max(0, self.most - self.n_taken)

    def holds(self, more: int = 1) -> bool:
        """Whether so many more find a place."""
        return self.most is None or self.n_taken + more <= self.most


def missing(needs: Iterable[Need], held: Mapping[Need, bool]) -> tuple[Need, ...]:
    """Name what is asked for and not there, in the order of the list."""
    wanted = frozenset(needs)
    return tuple(need for need in Need if need in wanted and not held.get(need, False))
