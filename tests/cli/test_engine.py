"""`ejlas engine meetings`: instance files in, one line of JSON and a plan file out, whatever happens meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.forums import Size, text
from ejlas.engine.meetings.formats.own import write_problem
from tests.engine.meetings.instances import small, summit

ROOT = Path(__file__).resolve().parents[2]
FIRST_KEYS = ["status", "granted_weight", "bound", "gap", "breaks", "proven", "feasible", "seconds"]
BENCHMARK = """nBusiness = 3;
nMeetings = 3;
nTables = 1;
nTotalSlots = 4;
nMorningSlots = 2;
requested = [|1, 2, 3
|1, 3, 3
|2, 3, 3|];
nMeetingsBusiness = [2, 2, 2];
forbidden = [{0, 2}, {0}, {0}];
fixed = [1, 3, 0];
precedences = [{}, {}, {}];
"""
"""Three who meet at one table; the first has to wait in between."""
MOVES = ("--iterations", "200000")


def command(*arguments):
    return [sys.executable, "-m", "ejlas", "engine", *map(str, arguments)]


def engine(*arguments, stdin=None, interpreter=(), **variables):
    return subprocess.run(
        [sys.executable, *interpreter, *command(*arguments)[1:]],
        cwd=ROOT,
        env={**os.environ, **variables},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )


def planned(*arguments):
    """The answer of a plan for which all goes well."""
    done = engine("meetings", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    return json.loads(line)


def places(file):
    return json.loads(file.read_text(encoding="utf-8"))["placements"]


@pytest.fixture(scope="module")
def forum(tmp_path_factory):
    """A forum too large for the exact search, and small enough for a moment's search by moves."""
    file = tmp_path_factory.mktemp("forum") / "forum.json"
    file.write_text(text(Size(160, 1_600, 2, 12, 40), 1), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def meetings(tmp_path_factory):
    """A summit with rooms and interpreters, as our own file."""
    file = tmp_path_factory.mktemp("summit") / "summit.json"
    file.write_text(write_problem(summit(seed=1, n_delegations=8, n_requests=20, n_days=1)), encoding="utf-8")
    return file


def test_a_forum_gets_a_plan_with_a_certificate(forum, tmp_path):
    found = planned(forum, *MOVES, "--out", tmp_path / "plan.json")

    placed = places(tmp_path / "plan.json")
    requests = json.loads(forum.read_text(encoding="utf-8"))["requests"]
    assert list(found)[:8] == FIRST_KEYS
    assert (found["feasible"], found["objective"]) == (True, "weight")
    assert found["granted_weight"] == sum(
        weight for (_u, _v, weight, _pool), slot in zip(requests, placed, strict=True) if slot is not None
    )
    assert found["granted_weight"] <= found["bound"]
    assert len(list(tmp_path.iterdir())) == 1


def test_the_same_moves_give_the_same_plan_with_any_number_of_workers(forum, tmp_path):
    plans = set()
    for workers in (1, 2, 4):
        planned(forum, *MOVES, "--seed", 3, "--workers", workers, "--out", tmp_path / "plan.json")
        plans.add((tmp_path / "plan.json").read_text(encoding="utf-8"))

    assert len(plans) == 1


def test_a_plan_may_go_to_a_device_and_a_link_keeps_leading_to_it(forum, tmp_path):
    (tmp_path / "link.json").symlink_to(tmp_path / "plan.json")

    planned(forum, *MOVES, "--out", "/dev/null")
    planned(forum, *MOVES, "--out", tmp_path / "link.json")

    assert Path("/dev/null").is_char_device()
    assert (tmp_path / "link.json").is_symlink()
    assert len(places(tmp_path / "plan.json")) == 1600


def test_a_problem_of_meetings_gets_rooms_and_interpreters_by_name(meetings, tmp_path):
    found = planned(meetings, "--iterations", 3_000_000, "--out", tmp_path / "plan.json")

    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert found["feasible"]
    assert [room is None for room in plan["rooms"]] == [slot is None for slot in plan["placements"]]
    assert any(plan["interpreters"])


def test_an_instance_may_come_from_standard_input(meetings):
    done = engine("meetings", "-", "--iterations", 3_000_000, stdin=meetings.read_text(encoding="utf-8"))

    assert done.returncode == 0
    assert json.loads(done.stdout)["feasible"]


def test_a_file_of_the_benchmark_is_solved_for_breaks(tmp_path):
    (tmp_path / "three.dzn").write_text(BENCHMARK, encoding="utf-8")

    found = planned(tmp_path / "three.dzn", "--iterations", 1_000_000, "--out", tmp_path / "plan.json")

    assert found | {"seconds": 0} == {
        "status": "optimal",
        "granted_weight": 3,
        "bound": 1,
        "gap": 0.0,
        "breaks": 1,
        "proven": True,
        "feasible": True,
        "seconds": 0,
        "objective": "breaks",
        "breaks_bound": 1,
        "granted": 3,
        "meetings": 3,
    }
    assert places(tmp_path / "plan.json")[:2] == [0, 2]


def test_an_impossible_problem_is_an_answer_that_names_what_clashes(tmp_path):
    file = tmp_path / "impossible.json"
    file.write_text(write_problem(small(((0, 1),) * 7, mandatory=[True] * 7)), encoding="utf-8")

    found = planned(file, "--iterations", 5_000_000)

    assert (found["status"], found["proven"], found["feasible"], found["breaks"]) == ("infeasible", True, False, None)
    assert found["broken"]
    assert all(each["meetings"] for each in found["broken"])


def test_what_has_changed_is_repaired(forum, tmp_path):
    old, new, changes = tmp_path / "old.json", tmp_path / "new.json", tmp_path / "changes.json"
    planned(forum, *MOVES, "--out", old)
    changes.write_text('{"withdraw": [3], "tables": 38, "unavailable": {"5": [0, 1, 2]}}', encoding="utf-8")

    found = planned(forum, *MOVES, "--repair", old, "--change", changes, "--out", new)

    pairs = list(zip(places(old), places(new), strict=True))
    stood = [(was, now) for was, now in pairs if was is not None]
    assert found["feasible"]
    assert found["kept"] == sum(was == now for was, now in stood)
    assert found["moved"] == sum(now not in (None, was) for was, now in stood)
    assert found["dropped"] == sum(now is None for _was, now in stood)
    assert found["untouched_share"] > 0.9


def test_a_plan_with_rooms_is_repaired(meetings, tmp_path):
    old, changes = tmp_path / "old.json", tmp_path / "changes.json"
    planned(meetings, "--iterations", 3_000_000, "--out", old)
    late = next(slot for slot in sorted(slot for slot in places(old) if slot is not None))
    changes.write_text(json.dumps({"unavailable": {"0": list(range(late + 4))}}), encoding="utf-8")

    found = planned(meetings, "--iterations", 3_000_000, "--repair", old, "--change", changes)

    assert found["feasible"]
    assert found["moved"] + found["kept"] + found["dropped"] == sum(slot is not None for slot in places(old))


FAULTS = {
    '{"P": 3,\n"T": 4\n"days": 2}': "line 3, column 1",
    "[]": "expected one JSON object",
    "{}": "P: the key is missing",
    '{"problem": "tables"}': "day_of_slot: the key is missing",
    '{"problem": "chess"}': 'problem: it is "chess", expected "tables" or "meetings"',
}


@pytest.mark.parametrize("body", FAULTS)
def test_a_bad_file_ends_with_two_and_is_named_with_the_place(body, tmp_path):
    file = tmp_path / "bad.json"
    file.write_text(body, encoding="utf-8")

    done = engine("meetings", file)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ejlas: {file}: ")
    assert FAULTS[body] in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_bad_file_of_the_benchmark_is_named_with_its_line(tmp_path):
    file = tmp_path / "bad.dzn"
    file.write_text("nBusiness = 3;\nnMeetings = many;\n", encoding="utf-8")

    done = engine("meetings", file)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ejlas: {file}: line 2")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["absent.json"], "absent.json: cannot be read: No such file or directory"),
        (["{folder}"], "cannot be read: Is a directory"),
        (["{file}", "--out", "{folder}/no/plan.json"], "there is no folder"),
        (["{file}", "--out", "{folder}"], "it is a folder"),
        (["{file}", "--repair", "{file}"], "--repair OLD and --change CHANGES are said together"),
        (["{file}", "--repair", "{file}", "--change", "{file}"], "placements: the key is missing"),
        (["{file}", "--seconds", "0"], "write a number of seconds above 0"),
        (["{file}", "--seconds", "3", "--iterations", "3"], "not allowed with argument"),
        (["{file}", "--iterations", "0"], "write a number of 1 or more"),
        (["{file}", "--seed", "-1"], "write a number from 0 to"),
    ],
)
def test_what_cannot_be_done_ends_with_two_before_the_search(arguments, words, forum, tmp_path):
    done = engine("meetings", *(each.format(file=forum, folder=tmp_path) for each in arguments))

    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_plan_of_another_instance_is_refused(forum, tmp_path):
    old, changes = tmp_path / "old.json", tmp_path / "changes.json"
    old.write_text('{"placements": [0, null]}', encoding="utf-8")
    changes.write_text("{}", encoding="utf-8")

    done = engine("meetings", forum, "--repair", old, "--change", changes)

    assert done.returncode == 2
    assert done.stderr == f"ejlas: {old}: placements: it has 2 places, expected 1600\n"


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_search_that_is_ended_keeps_its_best_plan(end, tmp_path):
    instance, plan = tmp_path / "summit.json", tmp_path / "plan.json"
    problem = summit(seed=1, n_delegations=40, n_requests=200, n_days=2, n_rooms=8, n_interpreters=14)
    instance.write_text(write_problem(problem), encoding="utf-8")
    asked = command("meetings", instance, "--seconds", 150, "--progress", "--out", plan)
    with subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as search:
        assert search.stderr is not None
        while "weight: 0," in (line := search.stderr.readline()):
            pass
        search.send_signal(end)
        words, _progress = search.communicate(timeout=100)

    found = json.loads(words)
    assert "weight: " in line
    assert search.returncode == 0
    assert found["feasible"]
    assert found["seconds"] < 100
    assert found["granted_weight"] > 0
    assert sum(slot is not None for slot in places(plan)) == found["granted"]


def test_a_search_that_is_ended_before_it_began_says_so_in_good_order(forum):
    with subprocess.Popen(command("meetings", forum), cwd=ROOT, stdout=subprocess.PIPE, text=True) as search:
        while search.poll() is None and b"SigBlk:\t0000000000000000" in status_of(search.pid):
            pass
        search.send_signal(signal.SIGTERM)
        words, _none = search.communicate(timeout=100)

    assert search.returncode == 0
    assert json.loads(words)["feasible"]


def status_of(pid):
    try:
        return Path(f"/proc/{pid}/status").read_bytes()
    except OSError:
        return b""


def test_the_command_loads_no_framework_and_leaves_nothing_behind(forum, tmp_path):
    done = engine("meetings", forum, *MOVES, interpreter=("-X", "importtime"), EJLAS_VAR=str(tmp_path))

    assert done.returncode == 0
    assert "ejlas.engine.meetings.tables.solve" in done.stderr
    assert [name for name in ("django", "ejlas.config", "ejlas.core") if f" {name}\n" in done.stderr] == []
    assert list(tmp_path.iterdir()) == []


def test_warm_says_that_all_is_compiled():
    done = engine("warm")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The planner is compiled (")
    assert engine("warm", "--quiet").stdout == ""


def test_the_compiled_parts_are_kept_where_the_package_may_not_be_written_to(monkeypatch, tmp_path):
    from ejlas.cli.engine import kernels

    monkeypatch.delenv(kernels.PLACE, raising=False)
    monkeypatch.setenv("EJLAS_VAR", str(tmp_path))
    kernels.keep_where_writable()
    beside = os.environ.get(kernels.PLACE)
    monkeypatch.setattr(kernels.os, "access", lambda *_arguments: False)
    kernels.keep_where_writable()
    apart = os.environ.pop(kernels.PLACE)

    assert (beside, apart) == (None, str(tmp_path / "kernels"))


AGE = "import time; from ejlas.cli.engine import process; print(time.monotonic() - process.began())"


def age(*asked):
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, "CODE": AGE})
    return float(done.stdout)


def test_seconds_count_from_the_start_of_the_process():
    before = time.monotonic()
    counted = age(sys.executable, "-c", AGE)

    assert 0 < counted <= time.monotonic() - before + 0.02


def test_seconds_in_which_a_shell_slept_before_it_became_the_command_do_not_count():
    before = time.monotonic()
    counted = age("sh", "-c", f'sleep 3; exec {sys.executable} -c "$CODE"')

    assert counted <= time.monotonic() - before - 2


@pytest.mark.parametrize(
    ("alive", "at_work", "counted"),
    [(0.4, 0.3, 0.4), (4.2, 4.1, 4.2), (60.0, 0.3, 0.3), (None, 0.3, 0.3)],
    ids=["as usual", "on a machine without rest", "a shell before", "not told"],
)
def test_the_age_is_what_was_ours(alive, at_work, counted, monkeypatch):
    from ejlas.cli.engine import process

    monkeypatch.setattr(process, "_seconds_alive", lambda: alive)
    monkeypatch.setattr(process, "_seconds_at_work", lambda: at_work)
    monkeypatch.setattr(process.time, "monotonic", lambda: 100.0)

    assert process.began() == pytest.approx(100.0 - counted)
