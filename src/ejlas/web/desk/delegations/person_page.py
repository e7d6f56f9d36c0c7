"""The page of a person: the way so far, what is missing, the acts that are possible, and what is personal, by role."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from ejlas.accounts.permissions import may
from ejlas.core import languages
from ejlas.core.inputs.moments import day_from
from ejlas.delegations import permissions, queries
from ejlas.delegations.rules.people import PersonField
from ejlas.delegations.rules.states import PersonState, Step
from ejlas.web.desk.delegations import delegation_page
from ejlas.web.desk.delegations.comparing import beside
from ejlas.web.desk.delegations.words import PURPOSES, WAY
from ejlas.web.desk.passes import reach_page
from ejlas.web.ui.delegation_labels import DOCUMENT_KINDS, NEEDS, PERSON_FIELDS, PERSON_STATES, STEPS
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.delegations import capacity_name
from ejlas.web.ui.labels import word

PERSONAL = (
    PersonField.BORN_ON,
    PersonField.DOCUMENT_KIND,
    PersonField.DOCUMENT_NUMBER,
    PersonField.DOCUMENT_STATE,
    PersonField.DOCUMENT_EXPIRES_ON,
    PersonField.EMAIL,
    PersonField.PHONE,
    PersonField.DIET,
    PersonField.HEALTH,
)
_DAYS = frozenset({PersonField.BORN_ON, PersonField.DOCUMENT_EXPIRES_ON})
_LTR = frozenset({PersonField.EMAIL, PersonField.PHONE})
_DANGEROUS = frozenset({Step.REFUSE, Step.WITHDRAW})


def prepare(request: HttpRequest, edition: Any, thing: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what the page of a person shows beside the fields that every officer sees."""
    person = queries.person_at(edition, thing.slug)
    if person is None:
        raise Http404(thing.slug)
    user = request.user
    reads = permissions.fields_read(user, person)
    may_change = permissions.may_change(user, person)
    act = reverse("desk:queue-act", args=[edition.slug])
    return {
        "person": person,
        # Nobody owes the spelling of a name in every language of the edition.
        "needs": [],
        "delegation_address": reverse("desk:delegation", args=[edition.slug, person.delegation.slug]),
        "delegation_name": sheet.text(person.delegation.title),
        "capacity_name": capacity_name(person.capacity, sheet),
        "way": way(person),
        "lacks": [word(NEEDS, need) for need in person.lacks],
        "steps": steps(user, person, act),
        "personal": personal(person, reads, sheet),
        "has_number": PersonField.DOCUMENT_NUMBER in reads and bool(person.document_number),
        "number_address": reverse("desk:person-number", args=[edition.slug, person.slug]),
        "purposes": [(key, label) for key, label in PURPOSES.items() if key != "vetting"],
        "photo_address": photo_address("desk:person-photo", person, reads),
        "photo_taken": sheet.day(person.photo_taken_on),
        "papers": delegation_page.papers(person.delegation, sheet, person) if permissions.PAPERS in reads else [],
        "reads_papers": permissions.PAPERS in reads,
        "can_write_personal": may_change and bool(reads) and may(user, "delegations.read_personal", edition),
        "twins": [beside(person, twin, sheet) for twin in _twins(person)] if may_change else [],
        "twin_address": reverse("desk:twins-act", args=[edition.slug]),
        "held_address": reverse("desk:person-held", args=[edition.slug, person.slug])
        if may(user, "delegations.change_people", edition)
        else "",
        "here": request.path,
        **reach_page.of_person(user, person, sheet, timezone.now()),
    }


def _twins(person: Any) -> list[Any]:
    return [twin for twin in queries.twins_of(person)[:5] if twin.slug not in person.apart_from]


def photo_address(route: str, person: Any, reads: frozenset[str]) -> str:
    """Return where the photo is shown, for who may see it; nothing where there is none."""
    has_one = person.photo is not None and person.photo.is_kept
    return reverse(route, args=[person.edition.slug, person.slug]) if has_one and permissions.PHOTO in reads else ""


def way(person: Any) -> dict[str, Any]:
    """Return the whole way of a person with what is done, what is now and what is next; or where it left the way."""
    state = PersonState(person.state)
    order = [each for each, _label in WAY]
    here = order.index(state) if state in order else -1
    last = len(order) - 1
    marks = [_mark(place, here, last) for place in range(len(order))]
    return {
        "steps": [{"words": label, "mark": mark} for (_state, label), mark in zip(WAY, marks, strict=True)],
        "is_off": here < 0,
        "state": state.value,
        "state_words": PERSON_STATES[state],
        "reason": person.reason,
    }


def _mark(place: int, here: int, last: int) -> str:
    if here < 0:
        return "ahead"
    if place < here or here == last:
        return "done"
    return "now" if place == here else "ahead"


def steps(user: Any, person: Any, act_address: str) -> list[dict[str, Any]]:
    """Return the steps that a user may take with a person now, each with the page that asks once more."""
    allowed = permissions.steps_for(user, person)
    return [
        {
            "words": STEPS[step],
            "address": f"{act_address}?step={step.value}&thing={person.slug}",
            "is_main": place == 0 and step not in _DANGEROUS,
            "is_dangerous": step in _DANGEROUS,
        }
        for place, step in enumerate(allowed)
    ]


def personal(person: Any, reads: frozenset[str], sheet: Sheet) -> list[dict[str, Any]]:
    """Return the personal fields that may be read, in words; the number of the document is left masked."""
    facts = []
    for name in PERSONAL:
        if name not in reads:
            continue
        value = getattr(person, name)
        is_number = name is PersonField.DOCUMENT_NUMBER
        facts.append(
            {
                "name": name.value,
                "label": PERSON_FIELDS[name],
                "value": "" if is_number else _shown(name, value, sheet),
                "is_masked": is_number and bool(value),
                "is_ltr": name in _LTR,
            }
        )
    return facts


def _shown(name: PersonField, value: str, sheet: Sheet) -> Any:
    if not value:
        return ""
    if name in _DAYS:
        return " · ".join(sheet.reader.dates(day_from(value)))
    if name is PersonField.DOCUMENT_STATE:
        return languages.state_name(value, sheet.reader.language) or value
    return word(DOCUMENT_KINDS, value) if name is PersonField.DOCUMENT_KIND else value
