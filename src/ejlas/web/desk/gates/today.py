"""What the first page of the desk tells of passes and gates: who waits, what was found, what is cut off, what lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ejlas.accounts.permissions import may
from ejlas.delegations.queries.gate import watching
from ejlas.delegations.rules.passes.watching import day_of
from ejlas.web.desk.gates import words

_CHANGE = "delegations.change_passes"


def asked(user: Any, edition: Any, at: datetime) -> dict[str, QuerySet[Any]]:
    """Return what is counted for a person, by name."""
    found: dict[str, QuerySet[Any]] = {}
    if may(user, watching.WATCH, edition):
        found["gate_requests"] = watching.open_requests(user, edition)
        found["gate_alerts"] = watching.alerts_since(user, edition, day_of(at, edition.zone)[0])
        found["gates_cut_off"] = watching.cut_off(user, edition, at)
    if may(user, _CHANGE, edition):
        found["without_pass"] = watching.people_without_pass(user, edition)
        found["to_print"] = watching.to_print(user, edition)
    return found


def told(edition: Any, found: Mapping[str, int]) -> list[tuple[int, str, str]]:
    """Return the numbers that want attention, in words, each with where to act."""
    now = reverse("desk:gates-now", args=[edition.slug])
    lines: tuple[tuple[str, Callable[[int], str], str], ...] = (
        ("gate_requests", words.n_requests, reverse("desk:gate-requests", args=[edition.slug])),
        ("gate_alerts", words.n_alerts, f"{now}#alerts"),
        ("gates_cut_off", words.n_cut_off, f"{now}#gates"),
        ("without_pass", words.n_without_pass, f"{reverse('desk:person-list', args=[edition.slug])}?state=approved"),
        ("to_print", words.n_to_print, reverse("desk:pass-print", args=[edition.slug])),
    )
    return [(found[name], say(found[name]), address) for name, say, address in lines if found.get(name)]
