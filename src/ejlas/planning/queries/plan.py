"""A plan for a run: the engine's answer in the words of the apps, slugs for indices and moments for slots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ejlas.engine.meetings.explain import Reason, explain
from ejlas.engine.meetings.objectives import GAPS, WEIGHT
from ejlas.engine.meetings.plan import MeetingResult
from ejlas.engine.meetings.solve import solve
from ejlas.engine.meetings.things import Scarce, Thing
from ejlas.engine.result import Progress, Status
from ejlas.engine.stop import FirstOf, MaxSeconds, Switch
from ejlas.planning.models import Run
from ejlas.planning.queries.problem import Built

# Explanations are worth a part of the time that the plan itself may take, and never more than this.
MOST_SECONDS_TO_EXPLAIN = 20

_OF_PARTY = {Scarce.PARTICIPANT_HOURS, Scarce.DAILY_CAP, Scarce.PARTICIPANT_CLASH}


@dataclass(frozen=True)
class Planned:
    """What a run found."""

    built: Built
    result: MeetingResult
    refusals: dict[str, list[dict[str, Any]]]

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan that keeps every hard rule."""
        return self.result.status in {Status.OPTIMAL, Status.FEASIBLE}

    def fields(self) -> dict[str, Any]:
        """Return the fields of the run that this fills."""
        weight, gaps = self.result.certificate(WEIGHT), self.result.certificate(GAPS)
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
                "status": self.result.status.value,
                "search_seconds": round(self.result.statistics.seconds, 2),
                "n_solves": self.result.statistics.n_solves,
            },
        }

    def _placements(self) -> dict[str, dict[str, Any]]:
        built, result = self.built, self.result
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
        bilaterals = self.built.bilaterals
        return [
            {"constraint": each.constraint, "bilaterals": [bilaterals[number].slug for number in each.meetings]}
            for each in self.result.broken
        ]


def plan_of(built: Built, run: Run, *, switch: Switch, progress: Progress | None = None) -> Planned:
    """Find the plan of a run within its seconds or until the switch is thrown, and the reason of each refusal.

    It asks the database nothing, so that it can be at work in a thread of its own.
    """
    stop = FirstOf((MaxSeconds(run.seconds), switch))
    result = solve(built.problem, stop=stop, seed=run.seed, workers=run.workers, progress=progress)
    refusals = {}
    if result.status in {Status.OPTIMAL, Status.FEASIBLE}:
        time_to_explain = FirstOf((MaxSeconds(min(run.seconds, MOST_SECONDS_TO_EXPLAIN)), switch))
        for refusal in explain(built.problem, result, stop=time_to_explain, seed=run.seed):
            reasons = [_reason(reason, built) for reason in refusal.reasons]
            refusals[built.bilaterals[refusal.meeting].slug] = reasons
    return Planned(built, result, refusals)


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
    return told
