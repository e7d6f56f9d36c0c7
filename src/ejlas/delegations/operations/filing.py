"""What a focal point does one by one after the list was sent: one person is sent to the check, or withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.errors import RuleBroken, marked
from ejlas.delegations.models import Delegation, Paper, Person
from ejlas.delegations.operations import errors, keeping, papers
from ejlas.delegations.operations.steps import take_step
from ejlas.delegations.queries.lists import windows_of
from ejlas.delegations.rules import house
from ejlas.delegations.rules.states import WRITTEN_BY_FOCAL_POINT, ListState, PaperKind, PersonState, Step

_OPEN = frozenset({ListState.OPEN, ListState.RETURNED})


@transaction.atomic
def send_person(*, person: Person, by: User, at: datetime) -> None:
    """Send one person to the check, the rest of the list being there: who was sent back, or was left a draft.

    Raises ListClosed, NominationOver, StillLacking, StepNotPossible.
    """
    delegation = keeping.locked(person.delegation)
    is_asked_for = Person.objects.get(pk=person.pk).state == PersonState.RETURNED
    if delegation.list_state in _OPEN or (delegation.list_state == ListState.LOCKED and not is_asked_for):
        raise errors.ListClosed
    windows = windows_of(delegation)
    if person.state == PersonState.DRAFT and not windows.may_nominate(at):
        day = windows.nominate_by.astimezone(delegation.edition.zone).date().isoformat()
        raise errors.NominationOver(day=day)
    take_step(person=person, step=Step.SUBMIT, by=by, at=at)


@transaction.atomic
def withdraw_person(*, person: Person, by: User, at: datetime) -> None:
    """Take a person off a list that may still be written in. Raises ListClosed, StepNotPossible."""
    delegation = keeping.locked(person.delegation)
    row = Person.objects.get(pk=person.pk)
    is_asked_for = row.state == PersonState.RETURNED
    is_written = is_asked_for or (row.state in WRITTEN_BY_FOCAL_POINT and delegation.list_state != ListState.LOCKED)
    if delegation.list_state not in _OPEN and not is_written:
        raise errors.ListClosed
    take_step(person=person, step=Step.WITHDRAW, by=by, at=at)


class PhotoTooOld(RuleBroken):
    """The photo shows the person as that person was (rule 2)."""

    message = marked("This photo was taken on %(day)s; it may be at most %(months)s months old. Send a newer one.")
    field = "photo"


def require_young(delegation: Delegation, taken_on: date | None, today: date) -> None:
    """Refuse a photo that is older than the edition allows. Raises PhotoTooOld."""
    if keeping.photo_is_old(taken_on, delegation.edition, today):
        months = house.stored(delegation.edition.settings)["photo_months"]
        raise PhotoTooOld(day=taken_on.isoformat() if taken_on else "", months=months)


@transaction.atomic
def put_paper(
    *,
    delegation: Delegation,
    kind: PaperKind,
    data: bytes,
    name: str,
    by: User,
    at: datetime,
    person: Person | None = None,
    instead: Paper | None = None,
) -> Paper:
    """Keep a paper, in the place of another where one is named. Raises FileEmpty, FileTooLarge, FileTypeRefused."""
    added = papers.add_paper(delegation=delegation, kind=kind, data=data, name=name, by=by, at=at, person=person)
    if instead is not None:
        papers.remove_paper(paper=instead, by=by, at=at)
    return added
