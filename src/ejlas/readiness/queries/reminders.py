"""Who is to be reminded today of what, by the ladder; and what was sent about one obligation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from ejlas.forum.models import Edition
from ejlas.readiness.models import Body, Obligation, Reminder
from ejlas.readiness.queries import readers
from ejlas.readiness.queries.readers import Reader
from ejlas.readiness.rules import house, ladder
from ejlas.readiness.rules.ladder import Ladder, Level, Rung, Standing
from ejlas.readiness.rules.post import Post
from ejlas.readiness.rules.states import ObligationState

_S = ObligationState
_SILENT = (_S.DONE, _S.REFUSED)


@dataclass(frozen=True, slots=True)
class Notice:
    """What one reader is told about one obligation."""

    obligation: Obligation
    rung: Rung


@dataclass(slots=True)
class Digest:
    """All that one reader is told on one day."""

    reader: Reader
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Day:
    """The ladder, today, and the last day before mails leave again."""

    steps: Ladder
    today: date
    until: date


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was sent about one obligation to those of its body: the first day, and the rungs by address."""

    first: date | None
    by_address: dict[str, set[tuple[Rung, date]]]


def editions_in_preparation(at: datetime) -> list[Edition]:
    """Return the editions that are not over at their place and of which something is owed. One SQL query."""
    owed = Obligation.objects.exclude(state__in=_SILENT).values("edition")
    # A day more, for places where it is still yesterday.
    still = Edition.objects.filter(pk__in=owed, ends_on__gte=at.astimezone(UTC).date() - timedelta(days=1))
    return [edition for edition in still.order_by("pk") if edition.ends_on >= at.astimezone(edition.zone).date()]


def digests(edition: Edition, at: datetime) -> list[Digest]:
    """Return who is to be told what now, the heads of the secretariat last. Five SQL queries.

    Whoever was written to today is written to again tomorrow at the earliest.
    """
    rows = list(Obligation.objects.filter(edition=edition).exclude(state__in=_SILENT).select_related("body__edition"))
    sent = _sent_about(edition)
    day = _day(edition, at)
    people, heads = readers.accounts_of_bodies(edition, at), readers.heads_of_secretariat(edition, at)
    of_body: dict[int | None, list[Reader]] = {None: readers.secretariat(heads)}
    found: dict[tuple[str, bool], Digest] = {}
    for owed in sorted(rows, key=lambda row: (row.due_on or date.max, row.position, row.pk)):
        if owed.body_id not in of_body and owed.body is not None:
            of_body[owed.body_id] = readers.readers_of(owed.body, people, heads)
        told = sent.get((owed.pk, _slug(owed.body)), _Sent(None, {}))
        for reader, rung in _due(owed, of_body[owed.body_id], told, day):
            key = (reader.key, reader.level is Level.SECRETARIAT)
            found.setdefault(key, Digest(reader)).notices.append(Notice(owed, rung))
    told_today = addresses_told(edition, at)
    waiting = [digest for digest in found.values() if digest.reader.key not in told_today]
    return sorted(waiting, key=lambda digest: digest.reader.level is Level.SECRETARIAT)


def _day(edition: Edition, at: datetime) -> _Day:
    today = at.astimezone(edition.zone).date()
    until = Post.of(edition.settings, edition.country).until(today)
    return _Day(Ladder.of(house.stored(edition.settings)), today, until)


def _due(owed: Obligation, everyone: Iterable[Reader], told: _Sent, day: _Day) -> Iterable[tuple[Reader, Rung]]:
    state = _S(owed.state)
    standing = Standing(
        state=state,
        due_on=owed.due_on,
        is_returned=bool(owed.reason) and state in (_S.PLANNED, _S.IN_WORK),
        has_body=owed.body is not None,
        told_on=told.first,
    )
    rung = ladder.reached(standing, day.steps, day.today, day.until)
    if rung is None:
        return
    all_of_them = list(everyone)
    wanted = ladder.levels(rung, state, {reader.level for reader in all_of_them})
    for reader in all_of_them:
        had = told.by_address.get(reader.key, set())
        if reader.level in wanted and ladder.still_to_send(rung, owed.due_on, had):
            yield reader, rung


def _sent_about(edition: Edition) -> dict[tuple[int, str], _Sent]:
    """Return what was sent in the present round, by obligation and body."""
    rows = Reminder.objects.counting().filter(obligation__edition=edition)
    found: dict[tuple[int, str], list[Reminder]] = defaultdict(list)
    for row in rows:
        found[row.obligation_id, row.body].append(row)
    return {key: _gathered(of_one, edition) for key, of_one in found.items()}


def _gathered(rows: list[Reminder], edition: Edition) -> _Sent:
    by_address: dict[str, set[tuple[Rung, date]]] = defaultdict(set)
    for row in rows:
        by_address[row.sent_to.casefold()].add((Rung(row.rung), row.due_on))
    return _Sent(min(row.sent_at for row in rows).astimezone(edition.zone).date(), by_address)


def addresses_told(edition: Edition, at: datetime) -> set[str]:
    """Return who was written to today, at the place of the edition. One SQL query."""
    begins = datetime.combine(at.astimezone(edition.zone).date(), time(), tzinfo=edition.zone)
    rows = Reminder.objects.filter(obligation__edition=edition, sent_at__gte=begins, sent_at__lte=at)
    return {address.casefold() for address in rows.values_list("sent_to", flat=True).distinct()}


def is_first_mail(edition: Edition) -> bool:
    """Whether no body of an edition was reminded of anything yet. One SQL query."""
    return not Reminder.objects.filter(obligation__edition=edition).exists()


def reminders_of(obligation: Obligation) -> list[Reminder]:
    """Return what was sent about an obligation, in its order. One SQL query."""
    return list(obligation.reminders.order_by("sent_at", "pk"))


def missing_levels(body: Body, at: datetime) -> tuple[Level, ...]:
    """Name who of a body, and above it, has no address. Two SQL queries."""
    there = {reader.level for reader in readers.readers_for(body, at)}
    return tuple(level for level in Level if level not in there)


def _slug(body: Body | None) -> str:
    return body.slug if body is not None else ""
