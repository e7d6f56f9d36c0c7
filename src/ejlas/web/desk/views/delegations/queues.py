"""The queues of the desk: who waits for what, who waits longest first, one person or many at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ejlas.delegations import queries
from ejlas.delegations.queries import desk
from ejlas.delegations.rules.states import QUEUES, PersonState, Step
from ejlas.web.desk.delegations import places
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.listing import PER_PAGE
from ejlas.web.ui.access import requires
from ejlas.web.ui.delegation_labels import CAPACITY_KINDS, NEEDS, STEPS
from ejlas.web.ui.delegation_labels import QUEUES as QUEUE_WORDS
from ejlas.web.ui.kinds import BY_NAME, Sheet
from ejlas.web.ui.kinds.delegations import capacity_name
from ejlas.web.ui.labels import word

KIND = BY_NAME["person"]
# In the order in which the buttons stand.
ACTS = {
    PersonState.SUBMITTED: (Step.COMPLETE, Step.RETURN, Step.REFUSE),
    PersonState.COMPLETE: (Step.APPROVE, Step.RETURN, Step.REFUSE),
    PersonState.VETTING: (),
}
_DANGEROUS = frozenset({Step.REFUSE})


@require_safe
@requires("delegations.check_people")
def overview(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show how many wait in each queue, and since when the first."""
    sheet = KIND.sheet(edition, reader_of(edition), [])
    at = timezone.now()
    rows = []
    for state in QUEUES:
        waiting = desk.waiting(request.user, edition, state)
        first = waiting.values_list("submitted_at", flat=True).first()
        rows.append(
            {
                "words": QUEUE_WORDS[state],
                "number": sheet.number(waiting.count()),
                "since": _waits(first, at, sheet),
                "address": reverse("desk:queue", args=[edition.slug, state.value]),
            }
        )
    context = frame(request, edition, "queues") | {
        "queues": rows,
        "n_requests": sheet.number(queries.requests_for(request.user, edition).count()),
    }
    return render(request, "desk/delegations/queues.html", context)


@require_safe
@requires("delegations.check_people")
def queue(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show who waits in a queue, who waits longest first."""
    if slug not in ACTS:
        raise Http404(slug)
    state = PersonState(slug)
    kept, chosen = _kept(request, edition, desk.waiting(request.user, edition, state))
    page = Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
    sheet = KIND.sheet(edition, reader_of(edition), page.object_list)
    context = frame(request, edition, "queues") | {
        "words": QUEUE_WORDS[state],
        "page": page,
        "count": sheet.number(page.paginator.count),
        "rows": rows(page.object_list, sheet),
        "filters": filters(request, edition, chosen, sheet),
        "is_filtered": bool(chosen),
        "acts": [(step.value, STEPS[step], step in _DANGEROUS) for step in ACTS[state]],
        "places": places.of_people(page.object_list, sheet) if state is PersonState.COMPLETE else [],
        "act_address": reverse("desk:queue-act", args=[edition.slug]),
        "here": request.get_full_path(),
        "address": reverse("desk:queue", args=[edition.slug, slug]),
        "tabs": _tabs(edition, state),
    }
    return render(request, "desk/delegations/queue.html", context)


def _tabs(edition: Any, here: PersonState) -> list[tuple[Any, str, bool]]:
    return [
        (QUEUE_WORDS[state], reverse("desk:queue", args=[edition.slug, state.value]), state is here) for state in QUEUES
    ]


def _kept(request: HttpRequest, edition: Any, people: Any) -> tuple[Any, dict[str, str]]:
    chosen = {name: request.GET[name][:100] for name in ("delegation", "capacity") if request.GET.get(name)}
    for name, slug in chosen.items():
        people = people.filter(**{f"{name}__slug": slug.replace("\x00", "")})
    return people, chosen


def filters(request: HttpRequest, edition: Any, chosen: dict[str, str], sheet: Sheet) -> list[dict[str, Any]]:
    """Return what a queue can be narrowed to. Two SQL queries."""
    plain = sheet.reader.plain
    delegations = [
        (each.slug, plain(each.title.to_stored()) or each.slug)
        for each in desk.delegations_worked(request.user, edition)
    ]
    capacities = [
        (each.slug, plain(each.name.to_stored()) or str(word(CAPACITY_KINDS, each.kind)))
        for each in queries.capacities_for(request.user, edition)
    ]
    asked = (("delegation", KIND.filters[1].label, delegations), ("capacity", KIND.filters[2].label, capacities))
    return [
        {
            "name": name,
            "label": label,
            "options": [(slug, words, slug == chosen.get(name)) for slug, words in options],
        }
        for name, label, options in asked
    ]


def rows(people: Any, sheet: Sheet) -> list[dict[str, Any]]:
    """Return people as the rows of a queue."""
    at = timezone.now()
    return [
        {
            "slug": person.slug,
            "seen": f"{person.slug}:{person.revision}",
            "name": KIND.name_of(person, sheet),
            "address": reverse("desk:person", args=[sheet.edition.slug, person.slug]),
            "delegation": sheet.text(person.delegation.title),
            "capacity": capacity_name(person.capacity, sheet),
            "lacks": [word(NEEDS, need) for need in person.lacks],
            "since": sheet.moment(person.submitted_at),
            "waits": _waits(person.submitted_at, at, sheet),
            "is_walk_in": person.is_walk_in,
            "is_late": person.is_late,
        }
        for person in people
    ]


def _waits(since: datetime | None, at: datetime, sheet: Sheet) -> str:
    if since is None:
        return ""
    days = max((at - since).days, 0)
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": sheet.number(days)}
