"""One obligation on a page: where it stands, what is next, its steps, evidence, words, and the order of the work."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from ejlas.accounts.permissions import may
from ejlas.core import languages
from ejlas.core.files.rules import PICTURES
from ejlas.readiness import permissions
from ejlas.readiness.operations.obligations import new_slug
from ejlas.readiness.queries import obligations as queries
from ejlas.readiness.queries.inspections import findings_of
from ejlas.readiness.queries.obligations import Around
from ejlas.readiness.rules import states
from ejlas.readiness.rules.states import OF_BODY, WITH_REASON, WORKED, EvidenceKind, ObligationState, Step
from ejlas.web.desk.readiness.sites import Site, at_desk
from ejlas.web.desk.readiness.told import told
from ejlas.web.desk.readiness.words import NEXT, NEXT_OF_BODY, NO_BODY
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import word
from ejlas.web.ui.readiness_labels import EVIDENCE_KINDS, OBLIGATION_STATES, OBLIGATION_STEPS

MANY = 200
CHANGES = "readiness.change_readiness"
_S = ObligationState
_MAIN = {
    _S.PLANNED: Step.ACCEPT,
    _S.ACCEPTED: Step.START,
    _S.IN_WORK: Step.DELIVER,
    _S.DELIVERED: Step.INSPECT,
    _S.INSPECTED: Step.CLOSE,
    _S.REFUSED: Step.REOPEN,
}
_DANGEROUS = frozenset({Step.REFUSE, Step.SEND_BACK})


def prepare(request: HttpRequest, edition: Any, thing: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what the desk's page of an obligation shows beside what every kind has."""
    found = queries.around(thing)
    changes = may(request.user, CHANGES, edition)
    return {
        **answer(request.user, thing, sheet, found, site=at_desk(edition)),
        **told(thing, sheet),
        # Its state, day and progress stand below, with what is next.
        "told": ("body", "workstream"),
        "may_answer": changes,
        "before": [_linked(link.before, link.lag_days, sheet) for link in found.before],
        "after": [_linked(link.after, link.lag_days, sheet) for link in found.after],
        "uses": [_use(each, sheet) for each in found.uses],
        "others": offered(queries.may_precede(thing), sheet) if changes else [],
        "resources": offered(queries.resources_of(edition), sheet) if changes else [],
    }


def answer(user: Any, thing: Any, sheet: Sheet, found: Around, *, site: Site) -> dict[str, Any]:
    """Return what the desk and the body that owes it both see of an obligation, and may do with it."""
    state = _S(thing.state)
    missing = queries.missing_evidence(thing, found.proofs) if state is not _S.DONE else []
    comma = languages.comma(sheet.reader.language)
    return {
        "owed": thing,
        "needs": [],
        "state_words": OBLIGATION_STATES[state],
        "next_words": next_words(thing, site),
        "due": sheet.day(thing.due_on),
        "is_late": is_late(thing),
        "missing": comma.join(str(EVIDENCE_KINDS[kind]) for kind in missing),
        "steps": steps(user, thing, site),
        "progress_words": sheet.number(thing.progress),
        "may_progress": state not in WORKED and state is not _S.REFUSED,
        "kinds": [
            (kind.value, words) for kind, words in EVIDENCE_KINDS.items() if not site.is_of_body or kind in _OF_BODY
        ],
        "proofs": [_proof(each, sheet, site) for each in found.proofs],
        "findings": [_finding(each, sheet, site) for each in findings_of(thing)],
        "comments": [_comment(each, sheet) for each in found.comments],
        "once": (new_slug(), new_slug()),
        "to": {name: site.act(name, thing.slug) for name in ("step", "progress", "prove", "say")},
    }


# A body hands in what shows its work; that it was inspected, the secretariat says.
_OF_BODY = frozenset({EvidenceKind.PHOTO, EvidenceKind.DOCUMENT})


def is_late(thing: Any, today: date | None = None) -> bool:
    """Whether the day by which it was due is over and it was not delivered."""
    return states.is_late(thing.state, thing.due_on, today or timezone.now().astimezone(thing.edition.zone).date())


def next_words(thing: Any, site: Site) -> Any:
    """Say what an obligation waits for, to the desk or to the body that owes it."""
    state = _S(thing.state)
    if site.is_of_body:
        return NEXT_OF_BODY[state]
    return NO_BODY if thing.body is None and state is _S.PLANNED else NEXT[state]


def steps(user: Any, thing: Any, site: Site) -> list[dict[str, Any]]:
    """Return the steps that a user may take now; the one it waits for first, what is dangerous last."""
    main = _MAIN.get(_S(thing.state))
    taken = [step for step in permissions.steps_for(user, thing) if not site.is_of_body or step in OF_BODY]
    found = [
        {
            "value": step.value,
            "words": OBLIGATION_STEPS[step],
            "asks_reason": step in WITH_REASON,
            "is_main": step is main,
            "is_dangerous": step in _DANGEROUS,
        }
        for step in taken
    ]
    return sorted(found, key=lambda each: (not each["is_main"], each["asks_reason"]))


def _proof(proof: Any, sheet: Sheet, site: Site) -> dict[str, Any]:
    kept = proof.file is not None and proof.file.is_kept
    return {
        "kind": word(EVIDENCE_KINDS, EvidenceKind(proof.kind)),
        "words": proof.words,
        "at": sheet.moment(proof.added_at),
        "by": proof.added_by,
        "file": proof.file.name if kept else "",
        "is_picture": kept and proof.file.media_type in PICTURES,
        "address": site.proof(proof.obligation.slug, proof.slug) if kept else "",
    }


def _finding(answer: Any, sheet: Sheet, site: Site) -> dict[str, Any]:
    return {
        "found": answer.found,
        "at": sheet.moment(answer.seen_at),
        "by": answer.seen_by,
        "address": site.finding(answer.line.obligation.slug, answer.answer_id) if answer.photo.is_kept else "",
    }


def _comment(comment: Any, sheet: Sheet) -> dict[str, Any]:
    return {
        "words": comment.words,
        "is_of_body": comment.is_of_body,
        "at": sheet.moment(comment.said_at),
        "by": comment.said_by,
    }


def _linked(other: Any, lag: int, sheet: Sheet) -> dict[str, Any]:
    return {
        "slug": other.slug,
        "name": sheet.text(other.name) or other.slug,
        "address": reverse("desk:obligation", args=[sheet.edition.slug, other.slug]),
        "body": sheet.text(other.body.name) if other.body else "",
        "state": other.state,
        "state_words": OBLIGATION_STATES[_S(other.state)],
        "lag": lag,
        "lag_words": sheet.number(lag) if lag else "",
    }


def _use(use: Any, sheet: Sheet) -> dict[str, Any]:
    resource = use.resource
    return {
        "slug": resource.slug,
        "name": sheet.text(resource.name) or resource.slug,
        "amount": sheet.number(use.amount),
        "capacity": sheet.number(resource.capacity),
    }


def offered(rows: Any, sheet: Sheet) -> list[tuple[str, str]]:
    """Return what can be chosen from a list; nothing where there is so much that it is typed."""
    reader, fallbacks = sheet.reader, sheet.edition.fallback_languages
    named = list(rows.values_list("slug", "name")[: MANY + 1])
    if len(named) > MANY:
        return []
    return [(slug, name.wording(reader.language, fallbacks).text or slug) for slug, name in named]
