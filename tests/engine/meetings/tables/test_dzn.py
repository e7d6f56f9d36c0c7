import numpy as np
import pytest

from ejlas.engine.meetings.formats.dzn import read_dzn
from ejlas.engine.meetings.tables.exact import solve_exact
from ejlas.engine.result import Status
from ejlas.engine.stop import MaxWork

TEXT = """nBusiness = 3; % participants
nMeetings = 3;
nTables = 2;
nTotalSlots = 4;
nMorningSlots = 2;

requested = [|1, 2, 1,
|2, 3, 2,
|1, 3, 3,
|];
meetingsxBusiness = [{1,3},{1,2},{2,3}];
nMeetingsBusiness = [2,2,2];
forbidden = [{0}, {}, {1,3..4}];
fixed = [0, 0, 2];
precedences = [{3}, {}, {}];
"""


def test_read_dzn_reads_sessions_fixed_slots_forbidden_slots_and_precedences() -> None:
    problem = read_dzn(TEXT)

    assert problem.pair.tolist() == [[0, 1], [1, 2], [0, 2]]
    assert problem.allowed.astype(int).tolist() == [[1, 1, 0, 0], [0, 0, 1, 1], [0, 1, 0, 0]]
    assert problem.available.astype(int).tolist() == [[1, 1, 1, 1], [1, 1, 1, 1], [0, 1, 0, 0]]
    assert problem.before.tolist() == [[2, 0]]
    assert problem.tables.tolist() == [2, 2, 2, 2]
    assert problem.day_of_slot.tolist() == [0, 0, 0, 0]
    assert problem.mandatory.all()
    assert problem.idle.all()
    assert problem.weight.tolist() == [1, 1, 1]
    assert problem.most_difference == 2
    assert problem.n_pools == 0


def test_read_dzn_does_without_the_lists_that_may_be_missing() -> None:
    kept = "\n".join(line for line in TEXT.splitlines() if not line.startswith(("forbidden", "fixed", "precedences")))

    problem = read_dzn(kept, most_difference=0)

    assert problem.available.all()
    assert problem.allowed[2].all()
    assert len(problem.before) == 0
    assert problem.most_difference == 0


def test_read_dzn_reads_a_file_without_meetings() -> None:
    text = "nBusiness = 2; nMeetings = 0; nTables = 1; nTotalSlots = 3; nMorningSlots = 3; requested = [| |];"

    assert read_dzn(text).n_meetings == 0


def test_a_problem_that_was_read_is_solved() -> None:
    text = TEXT.replace("{1,3..4}", "{1}").replace("precedences = [{3}, {}, {}]", "precedences = [{}, {3}, {1}]")

    plan = solve_exact(read_dzn(text), stop=MaxWork(5), seed=1)

    assert plan.status is Status.OPTIMAL
    assert plan.slot.tolist() == [0, 2, 1]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("nTables = 2", "nTables = two", 'line 3: "two", expected a whole number'),
        ("nTables = 2;", "nTables = 2", 'line 4: "nTotalSlots", expected ";"'),
        ("nTables = 2;\n", "", "line 14: the items end and nTables is not among them, expected nTables"),
        ("nTables = 2", "nTables = -1", "line 3: nTables is something else, expected one whole number, 0 or more"),
        ("nTables = 2", "nTables = [1, 2]", "line 3: nTables is something else, expected one whole number, 0 or more"),
        ("nTables", "nMeetings", 'line 3: "nMeetings" for the second time, expected each name once'),
        ("nMeetings = 3", "nMeetings = 4", "line 7: requested has 3 rows, expected 4"),
        ("|2, 3, 2,", "|2, 3,", "line 8: 2 numbers for meeting 2, expected two participants and a session"),
        ("|2, 3, 2,", "|", "line 7: 0 numbers for meeting 2, expected two participants and a session"),
        ("|2, 3, 2,", "|2, 4, 2,", "line 8: participant 4, expected 1 to 3"),
        ("|2, 3, 2,", "|2, 2, 2,", "line 8: participant 2 twice, expected two participants"),
        ("|2, 3, 2,", "|2, 3, 5,", "line 8: session 5, expected 1 to 3"),
        ("|2, 3, 2,", "|2; 3, 2,", 'line 8: ";", expected ","'),
        ("{1,3..4}", "{1,5}", "line 13: slot 5, expected 0 to 4"),
        ("{1,3..4}", "1", 'line 13: "1", expected "{"'),
        ("[0, 0, 2]", "[0, 2]", "line 14: fixed has 2 numbers, expected 3"),
        ("[0, 0, 2]", "[0, 0, 7]", "line 14: slot 7, expected 0 to 4"),
        ("[{3}, {}, {}]", "[{9}, {}, {}]", "line 15: meeting 9, expected 1 to 3"),
        ("[{3}, {}, {}];\n", "[{3}, {}, ", 'line 15: the end of the file, expected "{"'),
        ("[{3}, {}, {}]", "[{3}, {}]", "line 15: precedences has 2 rows, expected 3"),
        ("nBusiness = 3;", "= 3;", 'line 1: "=", expected the name of an item'),
    ],
)
def test_read_dzn_names_line_and_what_was_expected(old: str, new: str, message: str) -> None:
    with pytest.raises(ValueError) as wrong:
        read_dzn(TEXT.replace(old, new, 1))

    assert str(wrong.value) == message


def test_read_dzn_refuses_an_empty_text() -> None:
    with pytest.raises(ValueError, match=r"^line 1: the items end and nBusiness is not among them"):
        read_dzn("")


def test_read_dzn_keeps_every_participant_of_the_file() -> None:
    problem = read_dzn(TEXT.replace("nBusiness = 3", "nBusiness = 5").replace("{1,3..4}]", "{1,3..4}, {}, {2}]"))

    assert problem.n_participants == 5
    assert [len(meetings) for meetings in problem.meetings_of] == [2, 2, 2, 0, 0]
    assert np.flatnonzero(~problem.available[4]).tolist() == [1]
