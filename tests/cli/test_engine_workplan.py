"""`ejlas engine workplan` and `forecast`: a plan of work in, one line of JSON out, whatever is wrong in the file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PSPLIB = "4 1\n2\n0 0 2 2 3\n3 2 1 4\n2 1 1 4\n0 0 0\n"
"""Two activities that do not fit side by side."""
PLAN = {
    "problem": "workplan",
    "now": 4,
    "opening": 17,
    "spread": 0.2,
    "resources": {"crew": 3},
    "activities": [
        {"name": "power", "estimate": [3, 4, 8], "started": 0, "finished": 4, "body": "city", "needs": {"crew": 2}},
        {
            "name": "hall",
            "estimate": [3, 5, 9],
            "after": ["power"],
            "body": "city",
            "needs": {"crew": 2},
            "stream": "venue",
        },
        {
            "name": "booths",
            "estimate": [3, 5, 9],
            "after": ["power"],
            "needs": {"crew": 2},
            "stream": "venue",
            "due": 6,
        },
        {"name": "road", "estimate": [6, 8, 25], "body": "city"},
    ],
}


def command(*arguments):
    return [sys.executable, "-m", "ejlas", "engine", *map(str, arguments)]


def engine(*arguments, stdin=None):
    return subprocess.run(
        command(*arguments), cwd=ROOT, input=stdin, capture_output=True, text=True, check=False, timeout=300
    )


def answered(*arguments, stdin=None):
    done = engine(*arguments, stdin=stdin)
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    return json.loads(line)


@pytest.fixture
def plan(tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(PLAN), encoding="utf-8")
    return file


def test_a_file_of_psplib_gets_a_plan_with_a_proof(tmp_path):
    found = answered("workplan", "-", "--iterations", 1_000_000, "--out", tmp_path / "out.json", stdin=PSPLIB)

    assert list(found)[:7] == ["status", "makespan", "bound", "gap", "proven", "feasible", "seconds"]
    assert found | {"seconds": 0} == {
        "status": "optimal",
        "makespan": 5,
        "bound": 5,
        "gap": 0.0,
        "proven": True,
        "feasible": True,
        "seconds": 0,
        "activities": 4,
        "late": 0,
    }
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert sorted(written["starts"][1:3]) in ([0, 2], [0, 3])
    assert written["makespan"] == 5


def test_our_own_file_gets_a_plan_that_goes_on_where_it_stands(plan, tmp_path):
    found = answered("workplan", plan, "--iterations", 1_000_000, "--workers", 1, "--out", tmp_path / "out.json")

    starts = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["starts"]
    assert (found["makespan"], found["proven"], found["late"]) == (14, True, 1)
    assert sorted(starts) == [0, 4, 4, 9]


def test_hands_that_are_not_there_are_named_and_are_no_fault(plan, tmp_path):
    short = tmp_path / "short.json"
    short.write_text(json.dumps(PLAN | {"resources": {"crew": 1}}), encoding="utf-8")

    found = answered("workplan", short, "--out", tmp_path / "out.json")

    assert (found["status"], found["makespan"], found["proven"], found["feasible"]) == ("infeasible", None, True, False)
    assert [each["activities"] for each in found["broken"]] == [["hall"], ["booths"]]
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["starts"] is None
    done = engine("forecast", short)
    assert (done.returncode, done.stdout) == (2, "")
    assert "resources.crew: hall needs 1 more than there are" in done.stderr


def test_a_forecast_says_what_it_hangs_on_and_what_more_would_buy(plan):
    found = answered("forecast", plan, "--runs", 2000, "--seed", 3, "--distribution", "pert")

    assert list(found)[:5] == ["p_ready", "p50", "p80", "p95", "drivers"]
    assert 0 < found["p_ready"] < found["buys"]["week"] <= 1
    assert found["p_ready"] < found["buys"]["hands"]["crew"] <= 1
    assert found["p50"] < found["p80"] < found["p95"]
    assert {each["name"] for each in found["drivers"]} == {"hall", "booths", "road"}
    assert set(found["streams"]) == {"", "venue"}
    assert (found["runs"], found["distribution"], found["opening"]) == (2000, "pert", 17)


@pytest.mark.parametrize("act", ["workplan", "forecast"])
def test_a_circle_is_bad_input_and_named(act, tmp_path):
    file = tmp_path / "circle.json"
    around = [{"name": "hall", "duration": 1, "after": ["roof"]}, {"name": "roof", "duration": 1, "after": ["hall"]}]
    file.write_text(json.dumps({"problem": "workplan", "opening": 1, "activities": around}), encoding="utf-8")

    done = engine(act, file)

    assert (done.returncode, done.stdout) == (2, "")
    words = "link: a circle of predecessors: hall → roof → hall; expected no way back"
    assert done.stderr == f"ejlas: {file}: {words}\n"


def test_bad_files_end_with_2_and_one_line(tmp_path):
    (tmp_path / "bad.rcp").write_text("4 1\n2\n0 x", encoding="utf-8")

    for arguments, words in (
        (("workplan", tmp_path / "bad.rcp"), "line 3: it is 'x'"),
        (("workplan", tmp_path / "none.rcp"), "cannot be read"),
        (("forecast", tmp_path / "bad.rcp"), "line 1"),
    ):
        done = engine(*arguments)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
        assert words in done.stderr


def test_ctrl_c_keeps_the_best_plan_so_far(tmp_path):
    rows = "".join(f"{3 + each % 5} {4 + each % 4} 0\n" for each in range(90))
    (tmp_path / "many.rcp").write_text(f"90 1\n10\n{rows}", encoding="utf-8")
    with subprocess.Popen(
        command("workplan", tmp_path / "many.rcp", "--progress"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stderr is not None
        assert "makespan" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        printed, _complaints = process.communicate(timeout=60)

    assert process.returncode == 0
    assert json.loads(printed)["feasible"]
