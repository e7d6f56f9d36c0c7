"""The matrix as one table: categories, zones and windows of an edition, and which cells are allowed."""

from __future__ import annotations

from dataclasses import dataclass

from ejlas.delegations.models import Access, Category, Window, Zone
from ejlas.delegations.rules.passes.access import Cell, Matrix, Span
from ejlas.forum.models import Edition


@dataclass(frozen=True, slots=True)
class Table:
    """What the table of an edition has in its rows, its columns and its windows, each in order."""

    categories: list[Category]
    zones: list[Zone]
    windows: list[Window]
    matrix: Matrix

    def windows_of(self, category: str, zone: str) -> list[Window]:
        """Return the windows in which a category may enter a zone, in their order."""
        return [window for window in self.windows if Cell(category, zone, window.slug) in self.matrix.cells]


def table_of(edition: Edition) -> Table:
    """Return the matrix of an edition with what stands in it. Four SQL queries."""
    categories = list(Category.objects.filter(edition=edition).order_by("position", "pk"))
    zones = list(Zone.objects.filter(edition=edition).order_by("position", "pk"))
    windows = list(Window.objects.filter(edition=edition).order_by("starts_at", "ends_at", "position", "pk"))
    cells = Access.objects.filter(category__edition=edition)
    rows = cells.values_list("category__slug", "zone__slug", "window__slug")
    spans = {window.slug: Span(window.slug, window.starts_at, window.ends_at) for window in windows}
    matrix = Matrix(frozenset(Cell(*row) for row in rows), spans)
    return Table(categories, zones, windows, matrix)
