from xml.etree import ElementTree

from benchmarks.curve import Plot
from benchmarks.meeting_tables import Published, Tables
from benchmarks.runs import Book, Task

RESULT = {
    "status": "optimal",
    "granted_weight": 90,
    "bound": 100,
    "breaks": 3,
    "breaks_bound": 2,
    "proven": False,
    "feasible": True,
    "seconds": 9.9,
}


def book_of(tmp_path, **results):
    """A book of measurements, and the tasks that were measured."""
    book = Book(tmp_path / "book.jsonl")
    tasks = []
    for key, result in results.items():
        task = Task(*key.split("__")[:3], command=(), label=key.split("__")[3])
        measured = {
            "at": "2026-01-02",
            "load": 0.5,
            "loop_ms": 90.0,
            "wall": 10.0,
            "cpu": 18.0,
            "memory_mb": 99,
            "plan": "abc",
        }
        book.records[task.key] = {"key": task.key, "result": result, **measured}
        tasks.append(task)
    return book, tasks


def test_forums_stand_side_by_side(tmp_path):
    book, tasks = book_of(tmp_path, forum__S__ours__20=RESULT, forum__S__plain__20=RESULT | {"granted_weight": None})

    page = Tables(book, tasks, Published({}, {})).write(tmp_path)

    assert "| S | ours | 20 s | 90 ≤ 100 | 0.90000 | no | 3 | 10.0 | 18.0 | 99 |" in page
    assert "| S | plain | 20 s | no plan |" in page
    assert (tmp_path / "measured.md").read_text(encoding="utf-8").rstrip() == page.rstrip()


def test_all_solvers_are_measured_by_the_same_bound(tmp_path):
    loose = RESULT | {"bound": 200, "granted_weight": 80}
    book, tasks = book_of(tmp_path, forum__S__ours__20=RESULT, forum__S__plain__20=loose)

    page = Tables(book, tasks, Published({}, {})).write(tmp_path)

    assert "| S | plain | 20 s | 80 ≤ 200 | 0.80000 |" in page


def test_what_contradicts_a_published_optimum_is_named(tmp_path):
    better = RESULT | {"breaks": 1, "breaks_bound": 1}
    book, tasks = book_of(
        tmp_path, **{"b2b__a.original__ours__120": RESULT, "b2b__b.original__ours__120": better | {"proven": True}}
    )

    page = Tables(book, tasks, Published({"a.original": "2", "b.original": "2"}, {})).write(tmp_path)

    assert "2 of 2 are decided" in page
    assert "Contradictions with the published optima: b.original." in page


def test_growth_is_drawn_and_told_beside_the_law(tmp_path):
    results = {
        f"growth__{requests}__ours__1": {"seconds": requests / 1000, "cpu_seconds": requests / 500}
        for requests in (1_000, 2_000)
    }
    book, tasks = book_of(tmp_path, **results)

    page = Tables(book, tasks, Published({}, {})).write(tmp_path)

    assert "| 2,000 | 250 | 2.00 | 1.00 | 4.00 | 1.00 |" in page
    assert ElementTree.parse(tmp_path / "growth.svg").getroot().tag.endswith("svg")


def test_nothing_measured_is_said(tmp_path):
    assert "Nothing is measured yet." in Tables(Book(tmp_path / "none"), [], Published({}, {})).write(tmp_path)


def test_a_curve_keeps_inside_its_drawing():
    drawn = Plot([(1_000, 0.4), (40_000, 16)]).svg(title="t", x_label="x", y_label="y")

    dots = [each for each in ElementTree.fromstring(drawn) if each.tag.endswith("circle")]
    assert len(dots) == 2
    assert all(0 < float(dot.attrib["cx"]) < 640 and 0 < float(dot.attrib["cy"]) < 400 for dot in dots)


def test_what_was_measured_is_read_again_until_the_sources_change(tmp_path):
    source, book = tmp_path / "source.py", Book(tmp_path / "book.jsonl")
    source.write_text("one", encoding="utf-8")
    command = ("python3", "-c", "print('{\"value\": 1}')")
    task = Task("forum", "S", "ours", command, (str(source),), "20")

    record = book.measure(task, 100.0)
    again = Book(tmp_path / "book.jsonl")

    assert record["result"] == {"value": 1}
    assert again.measured(task) == record
    source.write_text("other", encoding="utf-8")
    assert again.measured(task) is None


def test_a_program_that_fails_leaves_no_measurement(tmp_path):
    book = Book(tmp_path / "book.jsonl")
    task = Task("forum", "S", "ours", ("python3", "-c", "raise SystemExit('no memory')"))

    record = book.measure(task, 100.0)

    assert (record["result"], record["fault"]) == (None, "no memory")
    assert book.measured(task) is None
