import numpy as np

from ejlas.engine.meetings.ledger import Ledger
from ejlas.engine.result import Certificate
from tests.engine.meetings.instances import small

PAIRS = ((0, 1), (0, 2), (0, 3))


def test_a_bound_says_nothing_of_a_plan_that_reaches_less_than_it_was_found_for() -> None:
    ledger = Ledger(small(PAIRS, weight=np.array([3, 2, 1])))
    ledger.note("weight", 5, {})
    ledger.note("gaps", 2, {"weight": 5})

    reached = ledger.certificates({"mandatory": 0, "weight": 5, "gaps": 2})
    missed = ledger.certificates({"mandatory": 0, "weight": 4, "gaps": 2})

    assert reached[1:] == (Certificate("weight", 5, 5), Certificate("gaps", 2, 2))
    assert missed[1:] == (Certificate("weight", 4, 5), Certificate("gaps", 2, 0))


def test_the_bounds_of_classes_bound_the_weight_of_all() -> None:
    ledger = Ledger(small(PAIRS, weight=np.array([3, 2, 1]), rank=np.array([0, 0, 1]), by_rank=True))
    ledger.note("rank_0", 3, {})
    ledger.note("rank_1", 0, {"rank_0": 3})

    values = {"mandatory": 0, "rank_0": 3, "rank_1": 0, "weight": 3, "gaps": 0}

    assert ledger.bound("weight", values) == 3
    assert ledger.bound("weight", {**values, "rank_0": 2, "rank_1": 1}) == 4
