"""What a focal point asks for once the list is locked (rule 5), and what the host answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.changes import plain
from ejlas.core.text import Text
from ejlas.delegations.models import Capacity, Delegation, Person, Request
from ejlas.delegations.operations import errors, keeping
from ejlas.delegations.operations.people import add_person, change_person
from ejlas.delegations.operations.steps import substitute, take_step
from ejlas.delegations.rules.states import PersonState, RequestKind, RequestState, Step

_TEXTS = ("name", "office")


@transaction.atomic
def ask(
    *,
    delegation: Delegation,
    kind: RequestKind,
    reason: str,
    by: User,
    at: datetime,
    person: Person | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Request:
    """Ask for a change of a locked list, and say why. Raises ReasonNeeded.

    `fields` are the columns of the person that is to be, the capacity as its row.
    """
    if not reason.strip():
        raise errors.ReasonNeeded
    request = Request.objects.create(
        slug=keeping.new_slug(),
        delegation=delegation,
        person=person,
        kind=kind,
        wanted=json.dumps(plain(fields), ensure_ascii=False) if fields else "",
        reason=reason.strip(),
        asked_by=by.name,
        asked_at=at,
    )
    values = {"after": {"kind": kind.value, "delegation": delegation.slug, "person": person.slug if person else ""}}
    entry = Entry("delegations.request.added", "request", request.slug, values)
    audit.record([entry], scope=delegation.edition.slug, by=by.name, at=at)
    return request


def wanted_fields(request: Request) -> dict[str, Any]:
    """Return the columns that a request asks for, as the operations take them."""
    held: dict[str, Any] = json.loads(request.wanted) if request.wanted else {}
    if "capacity" in held:
        held["capacity"] = Capacity.objects.get(edition=request.delegation.edition, slug=held["capacity"])
    return held | {name: Text.from_stored(held[name]) for name in _TEXTS if name in held}


@transaction.atomic
def grant(*, request: Request, by: User, at: datetime, answer: str = "") -> Request:
    """Do what a request asks for; who is new goes to the check. Raises RequestAnswered and what the act raises."""
    row = _open(request)
    fields, kind = wanted_fields(row), RequestKind(row.kind)
    new = {"state": PersonState.SUBMITTED, "submitted_at": at}
    if kind is RequestKind.ADD:
        add_person(delegation=row.delegation, fields=fields | new, by=by, at=at, by_host=True)
    elif row.person is not None and kind is RequestKind.CHANGE:
        change_person(thing=row.person, fields=fields, by=by, at=at)
    elif row.person is not None and kind is RequestKind.WITHDRAW:
        take_step(person=row.person, step=Step.WITHDRAW, by=by, at=at)
    elif row.person is not None:
        substitute(person=row.person, fields=fields | new, by=by, at=at, by_host=True)
    return _answer(row, RequestState.GRANTED, answer, by=by, at=at)


@transaction.atomic
def refuse(*, request: Request, answer: str, by: User, at: datetime) -> Request:
    """Refuse what a request asks for, and say why. Raises RequestAnswered, ReasonNeeded."""
    if not answer.strip():
        raise errors.ReasonNeeded
    return _answer(_open(request), RequestState.REFUSED, answer, by=by, at=at)


@transaction.atomic
def take_back(*, request: Request, by: User, at: datetime) -> Request:
    """Take a request back that nobody has answered. Raises RequestAnswered."""
    return _answer(_open(request), RequestState.WITHDRAWN, "", by=by, at=at)


def _open(request: Request) -> Request:
    locked = Request.objects.select_for_update(of=("self",))
    row = locked.select_related("delegation__edition", "delegation__party").get(pk=request.pk)
    if row.state != RequestState.ASKED:
        raise errors.RequestAnswered
    return row


def _answer(row: Request, state: RequestState, answer: str, *, by: User, at: datetime) -> Request:
    row.state, row.answer, row.answered_by, row.answered_at = state, answer.strip(), by.name, at
    row.wanted = ""
    row.save(update_fields=["state", "answer", "answered_by", "answered_at", "wanted"])
    entry = Entry(f"delegations.request.{state.value}", "request", row.slug, {"after": {"state": state.value}})
    audit.record([entry], scope=row.delegation.edition.slug, by=by.name, at=at)
    return row
