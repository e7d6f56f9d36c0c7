"""Which rung of the ladder of reminders is reached on which day, and who is told of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from ejlas.readiness.rules.days import WorkingCalendar
from ejlas.readiness.rules.house import defaults
from ejlas.readiness.rules.ladder import HEIGHT, Ladder, Level, Rung, Standing, levels, reached, still_to_send
from ejlas.readiness.rules.post import Post
from ejlas.readiness.rules.states import ObligationState as S

LADDER = Ladder.of(defaults())  # 7 and 2 days before, 1 and 4 after
DUE = date(2026, 3, 20)
ALL = frozenset(Level)


def on(days: int, state: S = S.ACCEPTED, *, told: int | None = -30, **more) -> Rung | None:
    told_on = None if told is None else DUE + timedelta(days=told)
    standing = Standing(state, more.pop("due_on", DUE), told_on=told_on, **more)
    return reached(standing, LADDER, DUE + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "rung"),
    [
        (-8, None),
        (-7, Rung.BEFORE),
        (-3, Rung.BEFORE),
        (-2, Rung.AGAIN),
        (0, Rung.AGAIN),
        (1, Rung.HEAD_OF_BODY),
        (3, Rung.HEAD_OF_BODY),
        (4, Rung.SECRETARIAT),
        (400, Rung.SECRETARIAT),
    ],
)
def test_the_ladder_is_climbed_day_by_day_in_every_state_of_the_work(days, rung):
    assert {on(days, state) for state in (S.ACCEPTED, S.IN_WORK)} == {rung}
    assert on(days, S.PLANNED) == (rung or Rung.ASKED)
    assert on(days, S.IN_WORK, is_returned=True) == (rung or Rung.RETURNED)


def test_what_was_delivered_waits_for_the_secretariat_and_what_was_refused_or_done_for_nobody():
    waiting = {state: [on(days, state) for days in (-2, 1, 4)] for state in S if state not in (S.PLANNED, S.ACCEPTED)}

    assert waiting[S.DELIVERED] == waiting[S.INSPECTED] == [None, None, Rung.SECRETARIAT]
    assert waiting[S.REFUSED] == waiting[S.DONE] == [None, None, None]


def test_without_a_due_day_it_is_only_asked_and_without_a_body_only_the_secretariat_is_told():
    assert on(0, S.PLANNED, due_on=None) is Rung.ASKED
    assert on(0, S.ACCEPTED, due_on=None) is None
    assert [on(days, S.PLANNED, has_body=False) for days in (-2, 1, 4)] == [None, None, Rung.SECRETARIAT]


def test_nobody_is_told_of_a_delay_before_the_body_was_asked():
    assert on(90, S.PLANNED, told=None) is Rung.AGAIN
    assert on(90, S.PLANNED, told=90) is Rung.AGAIN
    assert on(91, S.PLANNED, told=90) is Rung.HEAD_OF_BODY
    assert on(94, S.PLANNED, told=90) is Rung.SECRETARIAT


def test_only_what_is_higher_than_all_before_is_sent_and_a_moved_day_begins_anew():
    sent = {(Rung.ASKED, DUE), (Rung.HEAD_OF_BODY, DUE)}
    moved = DUE + timedelta(days=9)

    assert [rung for rung in Rung if still_to_send(rung, DUE, sent)] == [Rung.SECRETARIAT]
    assert [rung for rung in Rung if still_to_send(rung, moved, sent)] == [*Rung][2:]
    assert [rung for rung in Rung if still_to_send(rung, DUE, set())] == [*Rung]


@pytest.mark.parametrize(
    ("rung", "reachable", "told"),
    [
        (Rung.BEFORE, ALL, (Level.BODY,)),
        (Rung.HEAD_OF_BODY, ALL, (Level.BODY, Level.HEAD_OF_BODY)),
        (Rung.SECRETARIAT, ALL, tuple(Level)),
        (Rung.ASKED, {Level.HEAD_OF_BODY, Level.SECRETARIAT}, (Level.HEAD_OF_BODY,)),
        (Rung.AGAIN, {Level.SECRETARIAT}, (Level.SECRETARIAT,)),
        (Rung.HEAD_OF_BODY, {Level.BODY, Level.SECRETARIAT}, (Level.BODY, Level.SECRETARIAT)),
        (Rung.SECRETARIAT, {Level.BODY}, (Level.BODY,)),
        (Rung.BEFORE, set(), ()),
    ],
)
def test_in_the_place_of_one_without_an_address_the_next_one_up_is_told(rung, reachable, told):
    assert levels(rung, S.ACCEPTED, reachable) == told


def test_of_what_was_delivered_the_body_is_told_nothing():
    assert levels(Rung.SECRETARIAT, S.DELIVERED, ALL) == (Level.SECRETARIAT,)


def test_rungs_stand_in_their_order():
    assert sorted(Rung, key=HEIGHT.__getitem__) == [*Rung]


def test_what_would_be_told_on_days_of_rest_is_told_before_them_but_no_delay_before_it_came():
    standing, day = Standing(S.ACCEPTED, DUE, told_on=DUE - timedelta(days=30)), timedelta(days=1)

    assert reached(standing, LADDER, DUE - 9 * day, DUE - 8 * day) is None
    assert reached(standing, LADDER, DUE - 9 * day, DUE - 7 * day) is Rung.BEFORE
    assert reached(standing, LADDER, DUE - 4 * day, DUE - 2 * day) is Rung.AGAIN
    assert reached(standing, LADDER, DUE, DUE + 2 * day) is Rung.AGAIN


def test_mails_leave_by_day_when_work_is_done_and_the_host_lets_them():
    friday = datetime(2026, 3, 20, 12)
    post = Post(WorkingCalendar(frozenset({3, 4})), begins_on=date(2026, 3, 22))

    assert [hour for hour in range(24) if post.leaves(datetime(2026, 3, 22, hour))] == list(range(8, 20))
    assert [post.leaves(friday + timedelta(days=days)) for days in range(7)] == [False, False, *[True] * 4, False]
    assert post.until(date(2026, 3, 25)) == date(2026, 3, 27)
    assert post.until(date(2026, 3, 23)) == date(2026, 3, 23)
