"""Our own file of a plan of work: activities as objects with names, as JSON; docs/engine/files.md tells of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from math import ceil
from typing import NoReturn

import numpy as np

from ejlas.engine.reading import demand_keys, parse_object, refuse, rows, shown, whole
from ejlas.engine.values import Ints
from ejlas.engine.workplan.forecast.problem import MOST_TIME, ForecastProblem
from ejlas.engine.workplan.problem import NONE, WorkProblem

KIND, NAME = "problem", "workplan"
KEYS = (KIND, "unit", "now", "opening", "week", "spread", "bodies", "resources", "activities")
KEYS_OF_ACTIVITY = (
    *("name", "duration", "estimate", "after", "needs", "release", "due"),
    *("started", "finished", "body", "stream"),
)
MOST_ACTIVITIES = 100_000
WEEK = 5
"""Units of a week, where the file does not say: working days."""


@dataclass(frozen=True, eq=False)
class Activity:
    """One activity of the file."""

    name: str
    duration: int
    estimate: tuple[float, float, float]
    after: tuple[tuple[str, int], ...]
    needs: dict[str, int]
    release: float
    due: float
    started: float
    finished: float
    body: str
    stream: str


@dataclass(frozen=True, eq=False)
class WorkFile:
    """What a file says: one plan, to be given its hands or to be forecast."""

    activities: tuple[Activity, ...]
    resources: dict[str, int]
    bodies: dict[str, float]
    """The spread of each body."""
    now: float
    opening: float | None
    week: float

    @property
    def streams(self) -> tuple[str, ...]:
        """Return the workstreams in the order in which they come first."""
        return tuple(dict.fromkeys(each.stream for each in self.activities))

    def links(self) -> Ints:
        """(n_links, 3) activity, one that comes after it, lag."""
        number = {each.name: place for place, each in enumerate(self.activities)}
        found = [(number[first], at, lag) for at, each in enumerate(self.activities) for first, lag in each.after]
        return np.array(found, dtype=np.int64).reshape(len(found), 3)

    def work(self) -> WorkProblem:
        """Return the problem of limited hands: what is done or in work stands where it stands.

        Times of what has begun are rounded so that nothing seems to be ready earlier than it is.
        """
        activities = self.activities
        begun = np.array([max(each.started, each.finished) != NONE for each in activities], dtype=np.bool_)
        link = self.links()
        needs = [
            [0 if each.finished != NONE else each.needs.get(name, 0) for name in self.resources] for each in activities
        ]
        return WorkProblem(
            duration=np.array([_length(each, self.now) for each in activities], dtype=np.int64),
            link=link[~begun[link[:, 1]]],
            capacity=np.array(list(self.resources.values()), dtype=np.int64),
            need=np.array(needs, dtype=np.int64).reshape(len(activities), len(self.resources)),
            release=np.array(
                [0 if has else ceil(max(each.release, self.now)) for each, has in zip(activities, begun, strict=True)]
            ),
            due=np.array([int(each.due) for each in activities], dtype=np.int64),
            pinned=np.array([_begin(each) for each in activities], dtype=np.int64),
            name=tuple(each.name for each in activities),
        )

    def forecast(self, chains: Ints | None = None) -> ForecastProblem:
        """Return the problem of the forecast; ValueError where the file does not name the opening.

        Parameters
        ----------
        chains : (n, 3) further links, for the hands that go from one activity to another
        """
        if self.opening is None:
            raise ValueError("opening: the key is missing, expected when everything has to be ready")
        activities = self.activities
        stream, body = ({name: at for at, name in enumerate(names)} for names in (self.streams, self.bodies))
        columns = np.array([each.estimate for each in activities], dtype=np.float64).reshape(len(activities), 3)
        links = self.links()
        return ForecastProblem(
            least=columns[:, 0],
            likely=columns[:, 1],
            most=columns[:, 2],
            opening=self.opening,
            now=self.now,
            link=links if chains is None else np.concatenate([links, chains]),
            spread=np.array(list(self.bodies.values())),
            body=np.array([body.get(each.body, NONE) for each in activities], dtype=np.int64),
            stream=np.array([stream[each.stream] for each in activities], dtype=np.int64),
            name=tuple(each.name for each in activities),
            **{
                name: np.array([getattr(each, name) for each in activities])
                for name in ("release", "due", "started", "finished")
            },
        )


def _length(activity: Activity, now: float) -> int:
    """Return the units from the start of an activity to its end, as far as they are known."""
    if activity.finished != NONE:
        return ceil(activity.finished) - _begin(activity)
    if activity.started != NONE:
        # What has lasted longer than it was to last takes a unit more at least.
        return max(activity.duration, int(now) + 1 - _begin(activity))
    return activity.duration


def _begin(activity: Activity) -> int:
    if activity.started != NONE:
        return int(activity.started)
    return ceil(activity.finished) if activity.finished != NONE else NONE


def read_work(text: str) -> WorkFile:
    """Return what a file says.

    Raises
    ------
    ValueError : names the line, or the key and the place in it, and what was expected
    """
    found = parse_object(text)
    demand_keys(found, (KIND, "activities"))
    if found[KIND] != NAME:
        refuse(KIND, found[KIND], f'"{NAME}"')
    _demand_known(found, KEYS, "")
    resources = {
        name: whole(amount, f"resources.{name}", low=0) for name, amount in _object(found, "resources").items()
    }
    items = rows(found["activities"], "activities", of="activities")
    if len(items) > MOST_ACTIVITIES:
        raise ValueError(f"activities: it has {len(items)} of them, expected {MOST_ACTIVITIES} at most")
    activities = tuple(_activity(each, f"activities[{at}]", resources) for at, each in enumerate(items))
    _demand_names(activities)
    common = _time(found.get("spread", 0), "spread")
    said = {name: _time(each, f"bodies.{name}") for name, each in _object(found, "bodies").items()}
    bodies = dict.fromkeys((each.body for each in activities if each.body), common) | said
    now = _time(found.get("now", 0), "now")
    opening = _time(found["opening"], "opening") if "opening" in found else None
    return WorkFile(activities, resources, bodies, now, opening, _time(found.get("week", WEEK), "week"))


def _activity(value: object, place: str, resources: dict[str, int]) -> Activity:
    """Return one activity."""
    if not isinstance(value, dict):
        refuse(place, value, "an activity: an object with a name")
    _demand_known(value, KEYS_OF_ACTIVITY, f"{place}.")
    name = _word(value.get("name"), f"{place}.name")
    if "duration" not in value and "estimate" not in value:
        raise ValueError(f"{place}.duration: the key is missing, expected it or an estimate")
    estimate = _estimate(value, place)
    duration = whole(value["duration"], f"{place}.duration", low=0) if "duration" in value else ceil(estimate[1])
    needs = {key: whole(each, f"{place}.needs.{key}", low=0) for key, each in _object(value, "needs", place).items()}
    for key in needs.keys() - resources.keys():
        raise ValueError(
            f"{place}.needs.{key}: there are no such hands, expected one of {', '.join(resources) or 'none'}"
        )
    times = {
        key: _time(value[key], f"{place}.{key}") if key in value else NONE for key in ("due", "started", "finished")
    }
    release = _time(value.get("release", 0), f"{place}.release")
    if NONE != times["due"] < release:
        raise ValueError(f"{place}.due: it is {times['due']:g}, expected {release:g} or more: it may not start before")
    return Activity(
        name=name,
        duration=duration,
        estimate=estimate,
        after=tuple(_after(each, f"{place}.after[{at}]") for at, each in enumerate(_list(value, "after", place))),
        needs=needs,
        release=release,
        body=_word(value["body"], f"{place}.body") if "body" in value else "",
        stream=_word(value["stream"], f"{place}.stream") if "stream" in value else "",
        **times,
    )


def _estimate(value: dict[str, object], place: str) -> tuple[float, float, float]:
    """Return least, likely and most; without an estimate all three are the duration."""
    if "estimate" not in value:
        only = float(whole(value["duration"], f"{place}.duration", low=0))
        return only, only, only
    named = rows(value["estimate"], f"{place}.estimate", count=3, of="times: least, likely, most")
    least, likely, most = (_time(each, f"{place}.estimate[{at}]") for at, each in enumerate(named))
    if not least <= likely <= most:
        refuse(f"{place}.estimate", value["estimate"], "least, likely, most, none below the one before it")
    return least, likely, most


def _after(value: object, place: str) -> tuple[str, int]:
    """Return a predecessor and the lag: a name, or a list of both."""
    if isinstance(value, str):
        return value, 0
    pair = rows(value, place, count=2, of="items: a name and a lag")
    return _word(pair[0], f"{place}[0]"), whole(pair[1], f"{place}[1]", low=0)


def _demand_names(activities: tuple[Activity, ...]) -> None:
    """Refuse a name that stands twice, and a predecessor that is not there."""
    places: dict[str, int] = {}
    for at, each in enumerate(activities):
        if places.setdefault(each.name, at) != at:
            raise ValueError(
                f"activities[{at}].name: it is {shown(each.name)} as in activities[{places[each.name]}], "
                "expected another name for each"
            )
    for at, each in enumerate(activities):
        for number, (first, _lag) in enumerate(each.after):
            if first not in places:
                _unknown(f"activities[{at}].after[{number}]", first, places)


def _demand_known(found: dict[str, object], known: Iterable[str], place: str) -> None:
    for key in found.keys() - set(known):
        _unknown(f"{place}{key}", None, known)


def _unknown(place: str, value: str | None, known: Iterable[str]) -> NoReturn:
    """Complain of a key or a name that does not exist, with the nearest one that does."""
    near = get_close_matches(value or place.rpartition(".")[2], known, 1)
    told = "there is no such key" if value is None else f"it is {shown(value)}, which is not there"
    raise ValueError(f"{place}: {told}, expected {near[0] if near else 'one that exists'}")


def _object(found: dict[str, object], key: str, place: str = "") -> dict[str, object]:
    value = found.get(key, {})
    if not isinstance(value, dict):
        refuse(f"{place}.{key}" if place else key, value, "an object: names with numbers")
    return value


def _list(found: dict[str, object], key: str, place: str) -> list[object]:
    return rows(found.get(key, []), f"{place}.{key}", of="names")


def _word(value: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        refuse(place, value, "a name")
    return value


def _time(value: object, place: str) -> float:
    """Return a time: a number of 0 or more."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_TIME:
        refuse(place, value, f"a number from 0 to {MOST_TIME:g}")
    return float(value)
