from math import inf

from ejlas.engine.stop import FirstOf, Limits, MaxSeconds, MaxWork, Never, Spent, Switch, limits_left, switches_of


def test_each_stop_says_when_it_is_enough() -> None:
    spent = Spent(seconds=3, work=5)

    answers = [stop(spent) for stop in (MaxSeconds(3), MaxSeconds(4), MaxWork(5), MaxWork(6), Never())]

    assert answers == [True, False, True, False, False]


def test_first_of_ends_with_the_first_and_carries_the_tightest_limits() -> None:
    stop = FirstOf((MaxSeconds(10), MaxWork(8), MaxSeconds(4), lambda spent: spent.work > 6))

    answers = [stop(Spent(1, 1)), stop(Spent(5, 1)), stop(Spent(1, 7))]

    assert answers == [False, True, True]
    assert limits_left(stop, Spent(1, 2)) == Limits(seconds=3, work=6)


def test_a_plain_callable_carries_no_limits() -> None:
    assert limits_left(lambda spent: False, Spent(1, 1)) == Limits(inf, inf)


def test_limits_never_fall_below_nothing() -> None:
    assert limits_left(MaxSeconds(2), Spent(seconds=5)) == Limits(seconds=0)
    assert limits_left(MaxWork(2), Spent(work=5)) == Limits(work=0)


def test_a_share_of_limits_is_a_part_of_each() -> None:
    assert Limits(10, 4).share(0.5) == Limits(5, 2)


def test_spent_adds_up() -> None:
    assert Spent(1, 2) + Spent(3, 4) == Spent(4, 6)


def test_a_switch_is_enough_once_it_is_thrown_and_tells_those_who_listen() -> None:
    switch, told = Switch(), []
    stop = FirstOf((MaxSeconds(10), switch))
    before = (stop(Spent()), limits_left(stop, Spent()))

    with switch.telling(lambda: told.append("now")):
        switch.throw()
        switch.throw()
    switch.throw()

    assert before == (False, Limits(10, inf))
    assert told == ["now", "now"]
    assert stop(Spent())
    assert limits_left(stop, Spent()) == Limits(0, 0)
    assert switches_of(stop) == (switch,)
