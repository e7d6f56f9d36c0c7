"""What a plan of work has to be to mean something."""

import numpy as np
import pytest

from ejlas.engine.workplan.problem import WorkProblem

ARRAYS = {"duration": np.array([2, 3, 1]), "capacity": np.array([2]), "need": np.array([[1], [1], [2]])}


def test_a_circle_is_named_with_the_way_round():
    link = np.array([[0, 1, 0], [1, 2, 1], [2, 1, 0]])

    with pytest.raises(ValueError, match="a circle of predecessors: hall → lights → hall; expected no way back"):
        WorkProblem(**ARRAYS, link=link, name=("power", "hall", "lights"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"duration": np.array([2, -3, 1])}, "duration: it holds -3, expected 0 to"),
        ({"duration": np.array([2.5, 3, 1])}, "duration: it holds float64, expected integers"),
        ({"need": np.array([[1], [1]])}, r"need: its shape is \(2, 1\), expected \(3, 1\)"),
        ({"link": np.array([[0, 3, 0]])}, "link: it names an activity outside 0 to 2"),
        ({"link": np.array([[0, 1, -1]])}, "link: it holds a lag of -1"),
        ({"link": np.array([[1, 1, 0]])}, "a circle of predecessors: 1 → 1"),
        ({"link": np.array([[0, 1, 0]]), "pinned": np.array([-1, 1, -1])}, "pinned: 1 is in work from 1, but 0"),
        ({"name": ("one",)}, "name: it has 1 names, expected 3"),
    ],
)
def test_what_means_nothing_is_named(wrong, words):
    with pytest.raises(ValueError, match=words):
        WorkProblem(**{**ARRAYS, **wrong})


def test_arrays_can_not_be_changed_afterwards():
    problem = WorkProblem(**ARRAYS)

    with pytest.raises(ValueError, match="read-only"):
        problem.duration[0] = 1
