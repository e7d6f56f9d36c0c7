"""A plan for a run: the engine's answer in the words of the apps, slugs for indices and moments for slots."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Any

from ejlas.engine.meetings.changes import MOVED, TOUCHED
from ejlas.engine.meetings.explain import Reason, explain
from ejlas.engine.meetings.objectives import GAPS, WEIGHT, idle_gaps
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.things import Scarce, Thing
from ejlas.engine.result import Progress
from ejlas.engine.stop import Deadline, FirstOf, Switch
from ejlas.planning.models import Run
from ejlas.planning.queries.changed import started_from
from ejlas.planning.queries.facts import Facts
from ejlas.planning.queries.parts import parts_of
from ejlas.planning.queries.places import place_of
from ejlas.planning.queries.problem import Built, built_of
from ejlas.planning.queries.searching import WITH_PLAN, Found, planned_anew, planned_from
from ejlas.planning.queries.standing import standing_of
from ejlas.planning.queries.unfit import unfit_of
from ejlas.planning.rules import Change, RunKind

# Explanations are worth a part of the time that the plan itself may take, and never more than this; whoever repairs a
# plan waits for it.
MOST_SECONDS_TO_EXPLAIN = {RunKind.PLAN: 20, RunKind.REPAIR: 3, RunKind.WHAT_IF: 5}

_OF_PARTY = {Scarce.PARTICIPANT_HOURS, Scarce.DAILY_CAP, Scarce.PARTICIPANT_CLASH}


@dataclass(frozen=True)
class Asked:
    """What a run has to solve: the facts as they are, the problem made of them, and what it starts from."""

    facts: Facts
    built: Built
    standing: Placements | None = None
    unfit: tuple[str, ...] = ()


def asked_of(facts: Facts, run: Run) -> Asked:
    """Build what a run has to solve. No SQL query. Raises OffTheGrid, NoRoomForBilaterals."""
    if run.kind == RunKind.PLAN:
        return Asked(facts, built_of(facts))
    unfit = tuple(each.bilateral.slug for each in unfit_of(facts))
    started = started_from(facts, [Change.read(each) for each in run.changes], loose=unfit)
    return Asked(facts, started.built, started.standing, unfit)


@dataclass(frozen=True)
class Planned:
    """What a run found."""

    asked: Asked
    found: Found
    refusals: dict[str, list[dict[str, Any]]]

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan that keeps every hard rule."""
        return self.found.result.status in WITH_PLAN

    def fields(self) -> dict[str, Any]:
        """Return the fields of the run that this fills."""
        result = self.found.result
        weight, gaps = result.certificate(WEIGHT), result.certificate(GAPS)
        return {
            "value": weight.value,
            "bound": weight.bound,
            "proven": weight.proven,
            "gaps": gaps.value,
            "gaps_proven": gaps.proven,
            "placements": self._placements(),
            "refusals": self.refusals,
            "broken": self._broken(),
            "statistics": {
                "status": result.status.value,
                "search_seconds": round(result.statistics.seconds, 2),
                "n_solves": result.statistics.n_solves,
                **({"is_enough": True} if self.found.is_enough else {}),
                **self._told(),
            },
            **({} if self.asked.standing is None else self._from(self.asked.standing)),
        }

    def _told(self) -> dict[str, dict[str, int]]:
        """Return value and bound of what only a plan has that starts from another."""
        told = (each for each in self.found.result.certificates if each.objective in {MOVED, TOUCHED})
        return {each.objective: {"value": each.value, "bound": each.bound} for each in told}

    def _placements(self) -> dict[str, dict[str, Any]]:
        built, result = self.asked.built, self.found.result
        zone = built.edition.zone
        return {
            bilateral.slug: {
                "starts_at": built.grid.starts[slot].astimezone(zone).isoformat(),
                "room": built.rooms[int(result.room[number])].slug,
                "interpreters": [built.interpreters[person].slug for person in result.interpreters[number]],
            }
            for number, bilateral in enumerate(built.bilaterals)
            if (slot := int(result.start[number])) >= 0
        }

    def _broken(self) -> list[dict[str, Any]]:
        bilaterals = self.asked.built.bilaterals
        return [
            {"constraint": each.constraint, "bilaterals": [bilaterals[number].slug for number in each.meetings]}
            for each in self.found.broken
        ]

    def _from(self, standing: Placements) -> dict[str, Any]:
        """Return what is kept of the plan that a run started from, and of the parts of what it found."""
        bilaterals, found = self.asked.built.bilaterals, self.found
        settled = [each for each in self.asked.built.settled if each.starts_at]
        granted = int(found.result.granted.sum()) + len(settled)
        weight = found.result.certificate(WEIGHT).value + sum(each.weight for each in settled)
        after = {"granted": granted, "weight": weight, "gaps": found.result.certificate(GAPS).value}
        parts = parts_of(found.problem, standing, found.result) if self.has_plan else []
        return {
            "start": {each.slug: place_of(each).to_plain() for each in self.asked.facts.bilaterals if each.starts_at},
            "before": {"was": _numbers(self.asked.facts), "is": after, "unfit": list(self.asked.unfit)},
            "parts": [[bilaterals[number].slug for number in part] for part in parts],
        }


def _numbers(facts: Facts) -> dict[str, int]:
    """Return how much of the wishes the plan in force grants."""
    built, placed = built_of(facts), [each for each in facts.bilaterals if each.starts_at]
    gaps = int(idle_gaps(built.problem, standing_of(built)).sum())
    return {"granted": len(placed), "weight": sum(each.weight for each in placed), "gaps": gaps}


def plan_of(asked: Asked, run: Run, *, switch: Switch, progress: Progress | None = None) -> Planned:
    """Find the plan of a run within its seconds or until the switch is thrown, and the reason of each refusal.

    It asks the database nothing, so that it can be at work in a thread of its own.
    """
    built = asked.built
    if asked.standing is None:
        found = planned_anew(built.problem, run, switch=switch, progress=progress)
    else:
        found = planned_from(built.problem, asked.standing, run, switch=switch, progress=progress)
    refusals = {}
    if found.result.status in WITH_PLAN:
        seconds = min(run.seconds, MOST_SECONDS_TO_EXPLAIN[RunKind(run.kind)])
        time_to_explain = FirstOf((Deadline(monotonic() + seconds, monotonic), switch))
        for refusal in explain(found.problem, found.result, stop=time_to_explain, seed=run.seed):
            reasons = [_reason(reason, built) for reason in refusal.reasons]
            refusals[built.bilaterals[refusal.meeting].slug] = reasons
    return Planned(asked, found, refusals)


def _reason(reason: Reason, built: Built) -> dict[str, Any]:
    return {
        "scarce": [_thing(thing, built) for thing in reason.things],
        "starts_at": built.grid.starts[reason.start].astimezone(built.edition.zone).isoformat()
        if reason.start >= 0
        else None,
        "instead_of": [built.bilaterals[number].slug for number in reason.displaced],
        "verified": reason.verified,
        "grants": reason.grants,
    }


def _thing(thing: Thing, built: Built) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": thing.kind.value}
    if thing.kind in _OF_PARTY:
        told["party"] = built.parties[thing.index].slug
    elif thing.kind is Scarce.INTERPRETER:
        told["languages"] = list(built.pools[thing.index])
    if thing.part >= 0:
        zone, span = built.edition.zone, built.grid.part(thing.part)
        told |= {"from": span.starts_at.astimezone(zone).isoformat(), "to": span.ends_at.astimezone(zone).isoformat()}
    return told
