"""Questions to the audit trail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce

from ejlas.core.audit import rules
from ejlas.core.audit.models import Head, Line
from ejlas.core.errors import marked


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a proof of the chain: how many lines stand, and the first that does not, with the reason."""

    n_lines: int
    broken_line: int | None = None
    reason: str = ""
    n_purged: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether the chain holds from the first line to the last."""
        return self.broken_line is None


def verify(*, progress: Callable[[int], None] | None = None) -> Verdict:
    """Walk the whole chain and prove every line; stop at the first that does not hold.

    A line holds when it follows the one before by number and hash, and when its values, unless purged,
    give its digest. The last line must be the one that the head names. Lines are read in one SQL query.
    """
    head = Head.objects.filter(pk=1).first() or Head()
    previous, number, n_purged = rules.GENESIS, 0, 0
    lines = Line.objects.select_related("held").order_by("number").iterator(chunk_size=2000)
    for number, line in enumerate(lines, start=1):
        reason = _fault(line, number=number, previous=previous)
        if reason:
            return Verdict(number - 1, number, reason, n_purged)
        n_purged += line.held.values is None
        previous = line.hash
        if progress and number % 2000 == 0:
            progress(number)
    if (head.number, head.hash) != (number, previous):
        return Verdict(number, number + 1, marked("lines are missing at the end"), n_purged)
    return Verdict(number, n_purged=n_purged)


def _fault(line: Line, *, number: int, previous: str) -> str:
    if line.number != number:
        return marked("a line is missing here")
    if rules.hash_of(previous, line.facts) != line.hash:
        return marked("the line was changed, or the one before it")
    held = getattr(line, "held", None)
    if held is None:
        return marked("the values of the line are missing")
    if held.values is None:
        return "" if held.purged_at else marked("the values of the line were emptied without a purge")
    if rules.digest_of(held.values, held.salt) != line.digest:
        return marked("the values of the line were changed")
    return ""


def lines_in(scope: str) -> QuerySet[Line]:
    """Return the lines of an edition with their values, newest first."""
    return Line.objects.filter(scope=scope).select_related("held").order_by("-number")


def history_of(*, scope: str, kind: str, subject: str) -> QuerySet[Line]:
    """Return the lines of one thing with their values, newest first."""
    return lines_in(scope).filter(subject_kind=kind, subject=subject)


def line_by_number(number: int) -> Line | None:
    """Return a line with its values, or None."""
    return Line.objects.select_related("held").filter(pk=number).first()


def newest_number(scope: str) -> int:
    """Return the number of the newest line of an edition, 0 without one. One SQL query."""
    return Line.objects.filter(scope=scope).order_by("-number").values_list("number", flat=True).first() or 0


def last_number() -> int:
    """Return the number of the newest line of the whole trail, 0 before the first. One SQL query."""
    return Head.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def lines_between(after: int, until: int, *, scope: str, limit: int) -> list[Line]:
    """Return the first lines of an edition after one number and up to another, without their values. One SQL query.

    Numbers are given out and committed in order, so no line ever comes in behind one that was read.
    """
    lines = Line.objects.filter(scope=scope, number__gt=after, number__lte=until)
    return list(lines.order_by("number")[:limit])


def changed_since(*, scope: str, kind: str, subject: str, revision: int) -> dict[str, tuple[Line, Any]]:
    """Return, for each field changed after a revision of a thing, its last line and what stood at that revision.

    One SQL query.
    """
    touched: dict[str, tuple[Line, Any]] = {}
    for line in history_of(scope=scope, kind=kind, subject=subject)[:200]:
        values = line.held.values or {}
        if int(values.get("revision", 0)) <= revision:
            break
        for name, before in values.get("before", {}).items():
            last = touched.get(name, (line, None))[0]
            touched[name] = (last, before)
    return touched


def lines_after(scope: str, number: int) -> QuerySet[Line]:
    """Return the lines of an edition behind a number, with their values, newest first."""
    return lines_in(scope).filter(number__gt=number)


def lines_behind(scope: str, event: str) -> QuerySet[Line]:
    """Return the lines of an edition behind the newest of an event, all where there is none of it."""
    newest = Line.objects.filter(scope=scope, event=event).order_by("-number").values("number")[:1]
    return Line.objects.filter(scope=scope, number__gt=Coalesce(Subquery(newest), 0))
