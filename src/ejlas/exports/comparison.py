"""What differs between two publications of an edition: things added, changed and removed, and which parts of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Part = Mapping[str, Any]

# Parts of the edition's own content that are things of their own here.
_APART = frozenset({"mandates", "duties", "milestones", "note"})
# Names under which a thing's title stands, the first that it has.
_TITLES = ("title", "name", "wording", "task", "subject")


class Act(StrEnum):
    """What happened to a thing between two publications."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: its kind and name, its title as it stands now, and the parts with both their values.

    Kinds carry the names of the desk's kinds; `title` is a stored text. Of a thing that came or went, `parts` is empty.
    """

    kind: str
    slug: str
    act: Act
    title: Mapping[str, object]
    parts: tuple[tuple[str, Any, Any], ...] = ()


def compare(before: Part | None, after: Part) -> list[Difference]:
    """Return what differs between two contents, kind by kind; without the first, everything was added."""
    old, new = _things(before) if before else {}, _things(after)
    differences = []
    for address in [*new, *(address for address in old if address not in new)]:
        held, stands = old.get(address), new.get(address)
        if held is None and stands is not None:
            differences.append(_difference(address, Act.ADDED, stands))
        elif stands is None and held is not None:
            differences.append(_difference(address, Act.REMOVED, held))
        elif held is not None and stands is not None and (parts := _parts(held, stands)):
            differences.append(_difference(address, Act.CHANGED, stands, parts))
    order = list(dict.fromkeys(kind for kind, _slug in [*new, *old]))
    return sorted(differences, key=lambda each: order.index(each.kind))


def counts(differences: Sequence[Difference]) -> dict[Act, int]:
    """Return how many things were added, changed and removed."""
    return {act: sum(each.act is act for each in differences) for act in Act}


def _difference(
    address: tuple[str, str], act: Act, thing: Part, parts: tuple[tuple[str, Any, Any], ...] = ()
) -> Difference:
    title: Any = next((thing[name] for name in _TITLES if thing.get(name)), {})
    kind, slug = address
    return Difference(kind, slug, act, title if isinstance(title, Mapping) else {"en": str(title)}, parts)


def _parts(before: Part, after: Part) -> tuple[tuple[str, Any, Any], ...]:
    names = dict.fromkeys([*after, *before])
    return tuple((name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name))


def _things(content: Part) -> dict[tuple[str, str], Part]:
    """Return the things of a content by kind and name, each without the things inside it."""
    return {(kind, slug): thing for kind, slug, thing in _walk(content)}


def _walk(content: Part) -> Iterator[tuple[str, str, Part]]:
    edition = content["edition"]
    yield "edition", edition["slug"], _without(edition, _APART)
    programme = content["programme"]
    for session in programme["sessions"]:
        is_bilateral = session["kind"] in {"bilateral", "trilateral"}
        yield "bilateral" if is_bilateral else "session", session["slug"], session
    for venue in programme["venues"]:
        yield "venue", venue["slug"], _without(venue, {"rooms"})
        for room in venue["rooms"]:
            yield "room", room["slug"], room
    for kind, things in (
        ("speaker", programme["speakers"]),
        ("party", content["parties"]),
        ("office", content["offices"]),
    ):
        yield from ((kind, thing["slug"], thing) for thing in things)
    for delegation in content.get("delegations", {}).get("delegations", ()):
        yield "delegation", delegation["party"], delegation
    for text in content["texts"]:
        yield "text", text["slug"], _without(text, {"points"})
        for point in text["points"]:
            yield "point", f"{text['slug']}-{point['number']}", point
    for number, mandate in enumerate(edition["mandates"], start=1):
        yield "mandate", str(number), mandate
    for kind, things in (
        ("duty", edition["duties"]),
        ("milestone", edition["milestones"]),
        ("source", content["sources"]),
        ("claim", content["claims"]),
    ):
        yield from ((kind, thing["slug"], thing) for thing in things)


def _without(thing: Part, names: frozenset[str] | set[str]) -> Part:
    return {name: value for name, value in thing.items() if name not in names}
