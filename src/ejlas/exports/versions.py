"""What changed from one publication to the next, in short: kept with the publication, read without its content."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NotRequired, TypedDict, cast

from ejlas.core.text import StoredText
from ejlas.exports.comparison import Act, Difference, compare

FORM = "changes"
FORMAT = 1

# Parts of an item of the programme that are told with what they were and are.
_TOLD = ("starts_at", "ends_at", "room", "venue")


class Change(TypedDict):
    """One thing that came, went or changed; texts are stored texts, a place is named as the reader finds it.

    `parts` names what changed beside time and place; `was` and `now` hold time and place of an item of the programme.
    """

    kind: str
    slug: str
    act: str
    title: StoredText
    parts: list[str]
    was: NotRequired[dict[str, Any]]
    now: NotRequired[dict[str, Any]]


class Version(TypedDict):
    """The changes that a publication brought."""

    format: int
    changes: list[Change]


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Version:
    """Return in short what differs between two contents; a first publication changes nothing."""
    if before is None:
        return {"format": FORMAT, "changes": []}
    names = _places(before) | _places(after)
    old, new = _items(before), _items(after)
    return {"format": FORMAT, "changes": [_change(each, old, new, names) for each in compare(before, after)]}


def kept_text(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the changes as a text that is kept with its publication: its form, no language, and the JSON."""
    return FORM, "", json.dumps(changes(before, after), ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Version:
    """Return the changes that `kept_text` wrote."""
    return cast(Version, json.loads(text))


def between(contents: Iterable[tuple[int, Mapping[str, Any]]]) -> Iterator[tuple[int, Version]]:
    """Yield the changes of each publication to the one before, from contents in the order of their numbers.

    For publications that were made before changes were kept; two contents are held at a time.
    """
    before: Mapping[str, Any] | None = None
    for number, content in contents:
        if before is not None or number == 1:
            yield number, changes(before, content)
        before = content


Key = tuple[str, str]


def _change(
    difference: Difference, old: Mapping[Key, Any], new: Mapping[Key, Any], names: Mapping[Key, StoredText]
) -> Change:
    key = (difference.kind, difference.slug)
    change: Change = {
        "kind": difference.kind,
        "slug": difference.slug,
        "act": difference.act.value,
        "title": cast(StoredText, dict(difference.title)),
        "parts": [name for name, *_ in difference.parts if name not in _TOLD],
    }
    told = len(change["parts"]) < len(difference.parts) or difference.act is not Act.CHANGED
    if key in old and told:
        change["was"] = _place(old[key], names)
    if key in new and told:
        change["now"] = _place(new[key], names)
    return change


def _place(item: Mapping[str, Any], names: Mapping[Key, StoredText]) -> dict[str, Any]:
    """Return when an item is, and the name of its room, or of its venue where it has no room."""
    address = ("room", item["room"]) if item["room"] else ("venue", item["venue"] or "")
    return {"starts_at": item["starts_at"], "ends_at": item["ends_at"], "place": names.get(address, {})}


def _items(content: Mapping[str, Any]) -> dict[Key, Mapping[str, Any]]:
    return {
        ("bilateral" if item["kind"] in {"bilateral", "trilateral"} else "session", item["slug"]): item
        for item in content["programme"]["sessions"]
    }


def _places(content: Mapping[str, Any]) -> dict[Key, StoredText]:
    venues = content["programme"]["venues"]
    rooms = {("room", room["slug"]): room["name"] for venue in venues for room in venue["rooms"]}
    return rooms | {("venue", venue["slug"]): venue["name"] for venue in venues}
