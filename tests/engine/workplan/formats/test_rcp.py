"""The files of PSPLIB: what they say, and what is wrong in them by line."""

import pytest

from ejlas.engine.workplan.formats.rcp import read_rcp

GOOD = """4 2
3 1
0 0 0 2 2 3
2 1 0 1 4
5 3 1
 1 4
0 0 0 0
"""
"""Two activities between a beginning and an end; a line may break anywhere."""


def test_a_file_is_read():
    problem = read_rcp(GOOD)

    assert problem.duration.tolist() == [0, 2, 5, 0]
    assert problem.capacity.tolist() == [3, 1]
    assert problem.need.tolist() == [[0, 0], [1, 0], [3, 1], [0, 0]]
    assert problem.link.tolist() == [[0, 1, 0], [0, 2, 0], [1, 3, 0], [2, 3, 0]]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2 1 0 1 4", "2 x 0 1 4", "line 4: it is 'x', expected the hands of kind 1 of activity 2"),
        ("2 1 0 1 4", "2 1 0 1 5", "line 4: it is '5', expected a successor of activity 2: a whole number, 1 to 4"),
        ("2 1 0 1 4", "-2 1 0 1 4", "line 4: it is '-2', expected the duration of activity 2"),
        ("2 1 0 1 4", "2 ١ 0 1 4", "line 4: it is '١', expected the hands"),
        ("0 0 0 0\n", "0 0\n", "line 7: the file ends here, expected the hands of kind 2 of activity 4"),
        ("0 0 0 0\n", "0 0 0 0\n\n7", "line 9: it is '7', expected the end of the file"),
        (" 1 4", " 1 1", "a circle of predecessors: 1 → 2 → 1"),
        ("4 2", "99999999 2", "line 1: it is '99999999', expected the number of activities"),
    ],
)
def test_a_fault_is_named_by_its_line(old, new, words):
    with pytest.raises(ValueError) as fault:
        read_rcp(GOOD.replace(old, new, 1))

    assert words in str(fault.value)


def test_an_empty_file_is_refused():
    with pytest.raises(ValueError, match="line 1: the file ends here, expected the number of activities"):
        read_rcp("")
