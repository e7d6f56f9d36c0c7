"""The matrix as the page shows it: categories in groups of their kind, a box for each zone, windows as tabs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ejlas.delegations.queries.passes.table import Table
from ejlas.delegations.rules.passes.access import Cell
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.web.desk.passes.words import MANY_OF
from ejlas.web.ui.kinds import Sheet

ALL = "all"
# What a page may send of boxes: more than any table has.
MOST_BOXES = 255 * 24


def window_of(table: Table, asked: str) -> Any:
    """Return the window that an address asks for, else the first; None for all of them at once."""
    if asked == ALL and len(table.windows) > 1:
        return None
    return next((each for each in table.windows if each.slug == asked), table.windows[0] if table.windows else None)


def page_of(table: Table, window: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what the page of the matrix shows of one window, or of all."""
    address = reverse("desk:pass-matrix", args=[sheet.edition.slug])
    tabs: list[tuple[Any, str, bool]] = [
        (sheet.text(each.name), f"{address}?window={each.slug}", each is window) for each in table.windows
    ]
    if len(table.windows) > 1:
        tabs.append((_("All windows"), f"{address}?window={ALL}", window is None))
    return {
        "tabs": tabs,
        "window": window,
        "window_name": sheet.text(window.name) if window else "",
        "spans": [] if window else _legend(table, sheet),
        "span_words": _span(window, sheet) if window else "",
        "zones": [{"letter": zone.letter, "name": sheet.text(zone.name)} for zone in table.zones],
        "groups": _groups(table, window, sheet),
        "n_columns": len(table.zones) + 1,
        "others": [(each.slug, sheet.reader.plain(each.name.to_stored())) for each in table.windows if each != window]
        if window
        else [],
    }


def _legend(table: Table, sheet: Sheet) -> list[tuple[str, Any, Any]]:
    rows = enumerate(table.windows, start=1)
    return [(sheet.number(place), sheet.text(each.name), _span(each, sheet)) for place, each in rows]


def _span(window: Any, sheet: Sheet) -> Any:
    return {"from": sheet.moment(window.starts_at), "until": sheet.moment(window.ends_at)}


def _groups(table: Table, window: Any, sheet: Sheet) -> list[tuple[Any, list[dict[str, Any]]]]:
    order = list(BadgeKind)
    rows = sorted(table.categories, key=lambda each: order.index(BadgeKind(each.kind)))
    found = groupby(rows, key=lambda each: BadgeKind(each.kind))
    return [(MANY_OF[kind], [_row(table, each, window, sheet) for each in several]) for kind, several in found]


def _row(table: Table, category: Any, window: Any, sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.text(category.name),
        "plain": sheet.reader.plain(category.name.to_stored()),
        "short": category.short,
        "colour": category.colour,
        "slug": category.slug,
        "address": reverse("desk:category", args=[sheet.edition.slug, category.slug]),
        "cells": [_cell(table, category, zone, window, sheet) for zone in table.zones],
    }


def _cell(table: Table, category: Any, zone: Any, window: Any, sheet: Sheet) -> dict[str, Any]:
    slugs = {each.slug for each in table.windows_of(category.slug, zone.slug)}
    every = [(sheet.number(place), each.slug in slugs) for place, each in enumerate(table.windows, start=1)]
    return {
        "value": f"{category.slug} {zone.slug}",
        "letter": zone.letter,
        "zone": sheet.reader.plain(zone.name.to_stored()),
        "is_allowed": window is not None and window.slug in slugs,
        "is_every": len(slugs) == len(table.windows) > 0,
        "marks": [mark for mark, is_there in every if is_there],
    }


def cells_of(values: Iterable[str], window: str) -> set[Cell]:
    """Return the cells that boxes name; what is none is left out."""
    pairs = (value.split(" ") for value in list(values)[:MOST_BOXES])
    return {Cell(pair[0], pair[1], window) for pair in pairs if len(pair) == 2 and all(pair)}


def differing(table: Table, window: str, other: str) -> tuple[set[Cell], set[Cell]]:
    """Return which cells of a window are to be allowed, and which forbidden, to be as those of another."""
    wanted = {Cell(cell.category, cell.zone, window) for cell in table.matrix.cells if cell.window == other}
    there = {cell for cell in table.matrix.cells if cell.window == window}
    return wanted - there, there - wanted


def told(table: Table, cells: Iterable[Cell], sheet: Sheet) -> list[dict[str, Any]]:
    """Return cells in words, in the order of the table."""
    names = {each.slug: sheet.text(each.name) for each in table.categories}
    zones = {each.slug: each for each in table.zones}
    places = {slug: place for place, slug in enumerate([*names, *zones])}
    ordered = sorted(cells, key=lambda cell: (places[cell.category], places[cell.zone]))
    return [
        {"category": names[cell.category], "zone": sheet.text(zones[cell.zone].name), "letter": zones[cell.zone].letter}
        for cell in ordered
    ]
