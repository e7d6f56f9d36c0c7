"""What a focal point may do now with a list and the people on it: at once, as a request to the host, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ejlas.delegations import queries
from ejlas.delegations.rules import house
from ejlas.delegations.rules.states import COUNTED, WRITTEN_BY_FOCAL_POINT, ListState, PersonState

if TYPE_CHECKING:
    from ejlas.delegations.models import Delegation, Person

_OPEN = frozenset({ListState.OPEN, ListState.RETURNED})


@dataclass(frozen=True, slots=True)
class Acts:
    """What may be done with a list at a moment.

    Parameters
    ----------
    is_open : the list may be written in, submitted and added to
    may_add : people may be named now; `is_late` when only an office of the host takes them
    may_confirm : the list waits for the word that everyone comes
    is_locked : every change is a request
    """

    is_open: bool
    may_add: bool
    is_late: bool
    may_confirm: bool
    is_locked: bool

    @property
    def may_ask(self) -> bool:
        """Whether a change is asked for instead."""
        return not self.is_open

    def may_change(self, person: Person) -> bool:
        """Whether a person may be changed at once: of whom the host asks for more, also on a locked list."""
        return person.state == PersonState.RETURNED or (not self.is_locked and person.state in WRITTEN_BY_FOCAL_POINT)

    def may_withdraw(self, person: Person) -> bool:
        """Whether a person may be withdrawn at once."""
        return person.state in COUNTED and (self.is_open or self.may_change(person))

    def may_substitute(self, person: Person) -> bool:
        """Whether somebody else may be named at once in the place of a person."""
        return person.state in COUNTED and self.is_open and (self.may_add or self.is_late)

    def may_ask_of(self, person: Person) -> bool:
        """Whether something may be asked of the host about a person."""
        return self.may_ask and person.state in COUNTED and not self.may_change(person)

    def may_send(self, person: Person) -> bool:
        """Whether one person alone may be sent to the check, the list being there already."""
        if self.is_open or person.is_lacking:
            return False
        is_draft = person.state == PersonState.DRAFT and self.may_add and not self.is_locked
        return person.state == PersonState.RETURNED or is_draft


def acts_of(delegation: Delegation, at: datetime) -> Acts:
    """Return what may be done with the list of a delegation at a moment."""
    windows = queries.windows_of(delegation)
    state = ListState(delegation.list_state)
    in_time = windows.may_nominate(at) or state is ListState.RETURNED
    takes_late = house.stored(delegation.edition.settings)["late"] == house.Late.APPROVER
    return Acts(
        is_open=state in _OPEN,
        may_add=in_time,
        is_late=not in_time and takes_late,
        may_confirm=state is ListState.SUBMITTED and windows.may_confirm(at),
        is_locked=state is ListState.LOCKED,
    )
