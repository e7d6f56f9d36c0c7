"""Slugs: each stands once in its list, and each that is referred to exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ejlas.core.errors import marked
from ejlas.core.formats.problem import Problem, shown
from ejlas.forum import rules
from ejlas.journeys.summit_file.items import Item
from ejlas.journeys.summit_file.schema import SummitFile
from ejlas.journeys.summit_file.schema.base import Kind
from ejlas.journeys.summit_file.shapes import fields_of, leaves, lists
from ejlas.journeys.summit_file.sheet import Sheet
from ejlas.journeys.summit_file.wording import Said, nearest

_LISTS = (
    "mandates",
    "duties",
    "milestones",
    "sources",
    "claims",
    "parties",
    "offices",
    "venues",
    "speakers",
    "interpreters",
    "texts",
)
_ROOMS = "venues.rooms"


def problems(sheet: Sheet) -> Iterator[Problem]:
    """Check slugs, references, and lists in which something stands twice."""
    root = sheet.root
    for name in _LISTS:
        yield from _twins(sheet, root.many(name), "slug")
    yield from _twins(sheet, sheet.rooms(), "slug")
    # A bilateral that has its place is a session of the published programme: they share their addresses.
    yield from _twins(sheet, (*root.many("sessions"), *root.many("bilaterals")), "slug")
    for text in root.many("texts"):
        yield from _twins(sheet, text.many("points"), "number")
    for session in root.many("sessions"):
        yield from _speaks_twice(sheet, session)
    yield from _dangling(sheet)
    yield from _repeated(sheet)


def _twins(sheet: Sheet, items: Iterable[Item], name: str) -> Iterator[Problem]:
    first: dict[Any, Item] = {}
    for item in items:
        value = item.get(name)
        if value is None:
            continue
        if value in first:
            wrong = marked("%(value)s is already taken in line %(taken)s")
            taken = sheet.line_of(first[value].at(name))
            yield sheet.problem(item.at(name), wrong, marked("give each its own"), value=shown(value), taken=taken)
        first.setdefault(value, item)


def _speaks_twice(sheet: Sheet, session: Item) -> Iterator[Problem]:
    seen: set[str] = set()
    for appearance in session.many("speakers"):
        slug = appearance.get("speaker")
        if slug in seen:
            wrong, remedy = marked("%(value)s stands twice in the list"), marked("take one of the two out")
            yield sheet.problem(appearance.at("speaker"), wrong, remedy, value=slug)
        seen |= {slug} - {None}


def _dangling(sheet: Sheet) -> Iterator[Problem]:
    known = _known_slugs(sheet)
    for leaf in leaves(SummitFile, sheet.document.value):
        to, slug = leaf.value.refers_to, leaf.raw
        if to not in known or not isinstance(slug, str) or not rules.SLUG.fullmatch(slug) or slug in known[to]:
            continue
        wrong = marked("the list %(list)s has no %(slug)s")
        yield sheet.problem(leaf.path, wrong, _reference_remedy(slug, known[to]), list=to, slug=shown(slug))


def _known_slugs(sheet: Sheet) -> dict[str, set[str]]:
    """Return the slugs of each list; a list in which one cannot be read is left out, for it may hold what is sought."""
    known: dict[str, set[str]] = {}
    for name in (*_LISTS, _ROOMS):
        items = sheet.rooms() if name == _ROOMS else sheet.root.many(name)
        slugs = [item.get("slug") for item in items]
        if None not in slugs and _is_readable(sheet, name):
            known[name] = set(slugs)
    return known


def _is_readable(sheet: Sheet, name: str) -> bool:
    first = name.partition(".")[0]
    missing: Any = None if fields_of(SummitFile)[first].is_required else []
    lists_ = [sheet.root.raw.get(first, missing)]
    if name == _ROOMS:
        lists_ += [venue.raw.get("rooms", []) for venue in sheet.root.many("venues")]
    return all(isinstance(one, list) and all(isinstance(item, dict) for item in one) for one in lists_)


def _reference_remedy(slug: str, known: set[str]) -> Said:
    guess = nearest(slug, sorted(known))
    if guess:
        return marked("did you mean %(guess)s?"), {"guess": guess}
    return marked("add it there or correct the slug"), {}


def _repeated(sheet: Sheet) -> Iterator[Problem]:
    for shape, path, values in lists(SummitFile, sheet.document.value):
        if shape.value.kind in {Kind.PART, Kind.TEXT}:
            continue
        seen: set[str] = set()
        for index, value in enumerate(values):
            if not isinstance(value, str):
                continue
            if value in seen:
                wrong, remedy = marked("%(value)s stands twice in the list"), marked("take one of the two out")
                yield sheet.problem((*path, index), wrong, remedy, value=shown(value))
            seen.add(value)
