"""A step that is about to be taken with one person or many: who is meant, what is said, whether a hall holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ejlas.delegations import permissions, queries
from ejlas.delegations.queries import desk
from ejlas.delegations.rules.states import WITH_REASON, Step
from ejlas.programme import queries as programme
from ejlas.web.desk.delegations import words
from ejlas.web.ui.kinds import BY_NAME, Sheet

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What was sent: the step, who is meant, and the state of each that the officer saw."""

    step: Step | None
    slugs: tuple[str, ...]
    seen: Mapping[str, int]
    ready: str
    own: str
    is_sure: bool
    is_beyond: bool

    @classmethod
    def read(cls, request: HttpRequest) -> Asked:
        """Read an address or a form; what it names wrongly is left out."""
        data = request.POST if request.method == "POST" else request.GET
        step = data.get("step", "")
        return cls(
            step=Step(step) if step in set(Step) else None,
            slugs=tuple(dict.fromkeys(data.getlist("thing")))[:MOST_AT_ONCE],
            seen=dict(_seen(data.getlist("seen")[:MOST_AT_ONCE])),
            ready=data.get("ready", ""),
            own=data.get("reason", "").replace("\x00", "")[:2000],
            is_sure=request.method == "POST" and data.get("sure") == "1",
            is_beyond=data.get("beyond") == "1",
        )

    def reasons(self, step: Step, people: Iterable[Any]) -> dict[str, str]:
        """Return what is said to each, in the language of the delegation; own words stand as they were written."""
        if step not in WITH_REASON:
            return {}
        ready = words.READY[step]
        return {
            person.slug: words.reason(ready, self.ready, self.own, desk.language_of(person.delegation))
            for person in people
        }


def _seen(marks: Iterable[str]) -> Iterable[tuple[str, int]]:
    for mark in marks:
        slug, _colon, revision = mark.rpartition(":")
        if revision.isascii() and revision.isdecimal() and len(revision) < 10:
            yield slug, int(revision)


def back_from(request: HttpRequest, otherwise: str) -> str:
    """Return the page of the desk to which an act leads back."""
    data = request.POST if request.method == "POST" else request.GET
    target = data.get("next", "")
    is_own = target.startswith("/desk/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if is_own else otherwise


def people_meant(user: Any, edition: Any, slugs: Sequence[str]) -> list[Any]:
    """Return the people of these slugs whom a user may see, in the order of the queues. One SQL query."""
    found = queries.people_for(user, edition).filter(slug__in=slugs)
    return list(found.order_by("submitted_at", "position", "pk"))


def not_allowed(user: Any, people: Iterable[Any], step: Step) -> list[Any]:
    """Return those with whom this user may not take a step now."""
    return [person for person in people if step not in permissions.steps_for(user, person)]


def page_of(
    people: list[Any], step: Step, asked: Asked, sheet: Sheet, *, act_address: str, back: str
) -> dict[str, Any]:
    """Prepare the page on which a step is confirmed."""
    spoken = {desk.language_of(person.delegation) for person in people}
    language = spoken.pop() if len(spoken) == 1 else sheet.reader.language
    return {
        "step": step.value,
        "question": str(words.QUESTIONS[step]) % {"who": _who(people, sheet)},
        "follows": words.FOLLOWS.get(step, ""),
        "people": [_row(person, sheet) for person in people],
        "needs_reason": step in WITH_REASON,
        "ready": words.choices(words.READY[step], language) if step in words.READY else [],
        "ready_chosen": asked.ready,
        "reason_text": asked.own,
        "is_mixed": bool(spoken),
        "overfull": overfull(people, step, sheet),
        "is_dangerous": step in {Step.REFUSE, Step.WITHDRAW},
        "act_address": act_address,
        "back": back,
    }


def _who(people: list[Any], sheet: Sheet) -> str:
    if len(people) == 1:
        return sheet.reader.plain(people[0].title.to_stored())
    number = sheet.number(len(people))
    return ngettext("%(number)s person", "%(number)s people", len(people)) % {"number": number}


def _row(person: Any, sheet: Sheet) -> dict[str, Any]:
    return {
        "slug": person.slug,
        "seen": f"{person.slug}:{person.revision}",
        "name": BY_NAME["person"].name_of(person, sheet),
        "delegation": sheet.text(person.delegation.title),
    }


def overfull(people: Iterable[Any], step: Step, sheet: Sheet) -> list[dict[str, Any]]:
    """Return the halls that would not hold everyone whom the desk lets through (rule 6). Three SQL queries."""
    if step is not Step.APPROVE:
        return []
    more: dict[str, int] = {}
    for person in people:
        more[person.capacity.slug] = more.get(person.capacity.slug, 0) + 1
    halls = programme.hall_loads(sheet.edition)
    told = []
    for hall in halls:
        added = sum(more.get(slug, 0) for slug in hall.capacities)
        if added and hall.n_granted + added > hall.room.seats:
            told.append(
                {
                    "name": sheet.text(hall.room.name),
                    "seats": sheet.number(hall.room.seats),
                    "granted": sheet.number(hall.n_granted + added),
                }
            )
    return told


def portal_link(request: HttpRequest) -> str:
    """Return the whole address of the page behind a mail to a focal point."""
    return request.build_absolute_uri(reverse("portal:home"))


def done_words(step: Step, number: int, sheet: Sheet) -> str:
    """Say what was done with how many people."""
    return str(words.DONE.get(step, _("Done: %(number)s."))) % {"number": sheet.number(number)}
