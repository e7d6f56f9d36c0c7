"""What the plan pages say: states of a run, how far it is, what two plans differ in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as _in

from ejlas.core import languages
from ejlas.planning.queries.words import Words
from ejlas.planning.rules import Difference, Place, RunKind, RunState, Shift, gap_percent, is_lost

if TYPE_CHECKING:
    from ejlas.planning.models import Run

STATES = {
    RunState.QUEUED: gettext_lazy("Waits for a worker"),
    RunState.RUNNING: gettext_lazy("Searching"),
    RunState.STOPPING: gettext_lazy("Stopping"),
    RunState.DONE: gettext_lazy("Plan found"),
    RunState.STOPPED: gettext_lazy("Stopped"),
    RunState.FAILED: gettext_lazy("No plan"),
    RunState.ACCEPTED: gettext_lazy("Accepted"),
}

SHIFTS = {
    Shift.MOVED: _in("a bilateral between two plans", "Moved"),
    Shift.NEW: _in("a bilateral between two plans", "New"),
    Shift.GONE: _in("a bilateral between two plans", "Without a place"),
    Shift.PEOPLE: _in("a bilateral between two plans", "Other interpreters"),
    Shift.SAME: _in("a bilateral between two plans", "As it was"),
}


@dataclass(frozen=True, slots=True)
class RunShown:
    """A run for one reader."""

    run: Run
    state: str
    lines: tuple[str, ...]
    asked: str
    seconds: int
    of_seconds: int
    time: str
    is_lost: bool


def run_shown(run: Run, words: Words, *, at: datetime) -> RunShown:
    """Say where a run stands and how far it is."""
    lost = is_lost(run.state, seen_at=run.seen_at, at=at)
    lines = [_("Its worker has not been heard of for a while; the run is taken up again, or ends.")] if lost else []
    if run.is_active:
        lines += _so_far(run, words)
    elif run.has_plan:
        lines += _found(run, words)
    elif run.fault:
        lines.append(words.fault(run.fault))
    elif run.broken:
        lines.append(_("No plan keeps all rules."))
    else:
        lines.append(_("The time was too short to find a plan; give it more."))
    ended = run.ended_at or at
    seconds = int((ended - run.began_at).total_seconds()) if run.began_at else 0
    asked = _("Asked for by %(by)s, %(day)s, %(time)s") % {
        # A name of the other direction is kept from mixing with what is around it.
        "by": f"\u2068{run.asked_by}\u2069",
        "day": words.day(run.asked_at),
        "time": words.time(run.asked_at),
    }
    spent = {"seconds": words.number(seconds), "most": words.number(run.seconds)}
    time = _("%(seconds)s of %(most)s seconds") % spent
    return RunShown(run, str(STATES[RunState(run.state)]), tuple(lines), asked, seconds, run.seconds, time, lost)


def _so_far(run: Run, words: Words) -> list[str]:
    lines = []
    weight, gaps, moved = (run.progress.get(name) for name in ("weight", "gaps", "moved"))
    if moved:
        lines.append(_("Bilaterals moved: %(value)s; fewer than %(bound)s is impossible.") % _numbers(moved, words))
    if weight and run.kind != RunKind.REPAIR:
        lines.append(_("Weight granted: %(value)s of at most %(bound)s.") % _numbers(weight, words))
        lines += _how_near(weight["value"], weight["bound"], words)
    if run.enough_percent is not None and not run.proven:
        percent = {"percent": _percent(run.enough_percent, words)}
        lines.append(_("It ends by itself once no more than %(percent)s of the weight could be missing.") % percent)
    if gaps:
        lines.append(
            _("Idle gaps between meetings: %(value)s; fewer than %(bound)s is impossible.") % _numbers(gaps, words)
        )
    if not lines and run.state != RunState.QUEUED:
        lines.append(_("No plan yet."))
    return lines


def _found(run: Run, words: Words) -> list[str]:
    placed, refused = len(run.placements), len(run.refusals)
    values = {"value": words.number(run.value or 0), "bound": words.number(run.bound or 0)}
    weight = (
        _("Weight granted: %(value)s, proven to be the most there is.")
        if run.proven
        else _("Weight granted: %(value)s of at most %(bound)s.")
    )
    counts = {"placed": words.number(placed), "refused": words.number(refused)}
    gaps = _("Idle gaps between meetings of one delegation: %(gaps)s.") % {"gaps": words.number(run.gaps or 0)}
    lines = [_("Bilaterals with a place: %(placed)s; refused: %(refused)s.") % counts]
    if run.kind != RunKind.PLAN:
        return [*lines, *_moved(run, words), gaps]
    lines.append(weight % values)
    if not run.proven:
        lines += _how_near(run.value or 0, run.bound or 0, words)
    if run.statistics.get("is_enough"):
        percent = {"percent": _percent(run.enough_percent or 0, words)}
        lines.append(
            _("It ended by itself, because no more than %(percent)s of the weight could be missing.") % percent
        )
    return [*lines, gaps]


def _moved(run: Run, words: Words) -> list[str]:
    """Say how many bilaterals a repair moves, and whether fewer would do."""
    moved = run.statistics.get("moved")
    if not moved:
        return []
    if moved["value"] == moved["bound"]:
        return [_("Bilaterals moved: %(value)s, proven to be the fewest.") % _numbers(moved, words)]
    return [_("Bilaterals moved: %(value)s; fewer than %(bound)s is impossible.") % _numbers(moved, words)]


def _how_near(value: float, bound: float, words: Words) -> list[str]:
    """Say how far the value may be from the best there is."""
    if value >= bound or value <= 0:
        return []
    percent = {"percent": _percent(gap_percent(value, bound), words)}
    return [_("At most %(percent)s of the weight could be missing.") % percent]


def _percent(share: float, words: Words) -> str:
    # Rounded up: a gap that is not closed must not read as none.
    return languages.percent(ceil(share * 10) / 1000, words.language, decimals=1)


def _numbers(values: Mapping[str, Any], words: Words) -> dict[str, str]:
    return {name: words.number(value) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """One bilateral in two plans, for one reader."""

    slug: str
    name: str
    shift: str
    words: str
    before: str
    after: str


def differences_shown(found: Sequence[Difference], words: Words, *, most: int) -> list[DifferenceShown]:
    """Say what differs, so many at most, and leave out what stays."""
    return [
        DifferenceShown(
            each.bilateral,
            words.bilateral(each.bilateral),
            each.shift.value,
            str(SHIFTS[each.shift]),
            place_words(each.before, words, with_people=each.shift is Shift.PEOPLE),
            place_words(each.after, words, with_people=each.shift is Shift.PEOPLE),
        )
        for each in islice((each for each in found if each.shift is not Shift.SAME), most)
    ]


def counts_shown(found: Sequence[Difference], words: Words) -> list[tuple[str, str]]:
    """Return how many bilaterals moved, are new, have lost their place, and stay."""
    counts = Counter(each.shift for each in found)
    shown = [shift for shift in Shift if shift is not Shift.PEOPLE or counts[shift]]
    return [(str(SHIFTS[shift]), words.number(counts[shift])) for shift in shown]


def place_words(place: Place, words: Words, *, with_people: bool = False) -> str:
    """Return day, time and room of a place, and who interprets there."""
    if place.starts_at is None:
        return "—"
    values = {"day": words.day(place.starts_at), "time": words.time(place.starts_at), "room": words.room(place.room)}
    told = _("%(day)s, %(time)s, %(room)s") % values
    if not with_people:
        return told
    return _("%(place)s; %(people)s") % {
        "place": told,
        "people": words.listed(map(words.interpreter, place.interpreters)),
    }
