from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yaml import SafeLoader

from ejlas.core.formats import yaml


def lines(data: bytes) -> list[str]:
    return [problem.as_line("f.yaml") for problem in yaml.read(data, name="f.yaml").problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2025-13-18", "2025-13-18"),
        ("2025-11-18", "2025-11-18"),
        ("2025-11-18T09:00", "2025-11-18T09:00"),
        ("2025-11-18 09:00:00", "2025-11-18 09:00:00"),
        ("09:00", "09:00"),
        ("19:00", "19:00"),
        ("no", "no"),
        ("on", "on"),
        ("y", "y"),
        ("true", True),
        ("false", False),
        ("'true'", "true"),
        ("null", None),
        ("", None),
        ("12", 12),
        ("-7", -7),
        ("007", "007"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("2.5", 2.5),
        ("1e3", 1000.0),
        (".inf", math.inf),
        ("1e999", math.inf),
        ("IR-01", "IR-01"),
        ("=", "="),
        ('"\\u0645"', "م"),
    ],
)
def test_read_gives_plain_values(written: str, value: object) -> None:
    document = yaml.read(f"a: {written}\n".encode(), name="f.yaml")

    assert document.value == {"a": value}
    assert document.problems == ()
    assert type(document.value["a"]) is type(value)


def test_read_knows_not_a_number() -> None:
    assert math.isnan(yaml.read(b"a: .nan", name="f.yaml").value["a"])


def test_line_of_gives_the_line_of_a_key_an_item_and_the_nearest_around_what_is_absent() -> None:
    document = yaml.read(b"# top\na: 1\nb:\n  - c: 2\n    d: 3\n  - e\nf: {g: 4,\n  h: 5}\n", name="f.yaml")

    found = {
        path: document.line_of(path)
        for path in [(), ("a",), ("b",), ("b", 0), ("b", 0, "d"), ("b", 1), ("b", 2), ("b", 0, "x"), ("f", "h"), ("z",)]
    }

    assert found == {
        (): 2,
        ("a",): 2,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 0, "d"): 5,
        ("b", 1): 6,
        ("b", 2): 3,
        ("b", 0, "x"): 4,
        ("f", "h"): 8,
        ("z",): 2,
    }


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["f.yaml:1: file: the file is empty; write a summit into it"]),
        (b"# only a comment\n", ["f.yaml:1: file: the file is empty; write a summit into it"]),
        (
            b"a:\n  b: 1\n  b: 2\n",
            ["f.yaml:3: a.b: the field is given twice, first in line 2; keep one of the two"],
        ),
        (
            b"a: &x 1\nb: *x\n",
            [
                "f.yaml:1: a: an anchor &x is not read; take it away and write the value where it is needed",
                "f.yaml:2: b: an alias *x is not read; write the value itself",
            ],
        ),
        (
            b"a:\n  <<: {b: 1}\n",
            ["f.yaml:2: a: a merge key << is not read; write the fields out where they belong"],
        ),
        (
            b"a: !!python/object/apply:os.system [ls]\n",
            [
                "f.yaml:1: a: a tag tag:yaml.org,2002:python/object/apply:os.system is not read; "
                "take it away; a text may stand in quotes"
            ],
        ),
        (
            b"a: 1\n---\nb: 2\n",
            ["f.yaml:2: file: a second document starts here; keep one document in a file and take the line --- away"],
        ),
        (b"1: a\n", ["f.yaml:1: file: the name of the field 1 is not a word; put it in quotes"]),
        (
            b"a: 1\n? [b, c]\n: 2\n",
            [
                "f.yaml:2: file: the name of a field is not a word but a list or a group of fields; "
                "write a word before the colon, and put braces in quotes"
            ],
        ),
        (b"a: 1\nb: \xff\n", ["f.yaml:2: file: the line holds bytes that are not UTF-8; save the file as UTF-8"]),
        ("a: 1\n".encode("utf-16"), ["f.yaml:1: file: the file is not in UTF-8; save it as UTF-8"]),
        (
            b"\xef\xbb\xbfa: 1\n",
            ["f.yaml:1: file: the file begins with a byte order mark; save it as UTF-8 without one"],
        ),
        (b"a:\n\tb: 1\n", ["f.yaml:2: file: the line is indented with a tab; indent with spaces"]),
        (
            b"a: 1\nb: x\x00y\n",
            [
                "f.yaml:2: file: the line holds a control character (U+0000); "
                "take it out; where a line should end there, press Enter"
            ],
        ),
        (
            b'a: "x\\0y"\n',
            [
                "f.yaml:1: a: the text holds a character that cannot be kept; "
                "take control characters such as \\0 out of it"
            ],
        ),
        (b"a: " + b"9" * 5000, ["f.yaml:1: a: the number has too many digits; write a smaller number"]),
        (b"a: 'x\nb: 1\n", ["f.yaml:1: file: a quotation mark or bracket that opens here is not closed; close it"]),
        (
            b"a: b: c\n",
            [
                "f.yaml:1: file: a colon and a space stand where no field can begin; "
                "put a value that holds a colon in quotes, or correct the indentation"
            ],
        ),
        (
            b"a: 1\nword\nb: 2\n",
            [
                "f.yaml:2: file: a line here has no colon after the name of its field; "
                "write name: value, or put a long text in quotes"
            ],
        ),
        (
            b"a:\n  - x\n - y\n",
            [
                "f.yaml:3: file: the indentation does not fit the lines above; "
                "let fields of one group begin in one column, and items of one list with - in one column"
            ],
        ),
        (
            b"a: [1, 2\nb: 3\n",
            [
                "f.yaml:1: file: a bracket [ that opens here is not closed, or a comma is missing; "
                "close it with ] and put commas between the items"
            ],
        ),
        (
            b"a: @b\n",
            [
                "f.yaml:1: file: a value begins with a character that has a meaning of its own; "
                "put the value in quotes, and indent with spaces"
            ],
        ),
        (
            b"x" * 20_000_001,
            ["f.yaml:1: file: the file is larger than 20 MB; give a smaller file"],
        ),
    ],
    ids=lambda value: repr(value)[:20] if isinstance(value, bytes) else "",
)
def test_read_names_what_it_refuses(data: bytes, expected: list[str]) -> None:
    assert lines(data) == expected


def test_read_names_all_it_refuses_in_one_run() -> None:
    data = b"\xef\xbb\xbfa: 1\na: 2\nb: &x \xfe\nc: *x\n"

    found = [(problem.line, problem.path) for problem in yaml.read(data, name="f.yaml").problems]

    assert found == [(1, "file"), (2, "a"), (3, "b"), (3, "file"), (4, "c")]


def test_read_keeps_the_first_of_two_equal_keys_and_goes_on() -> None:
    document = yaml.read(b"a: 1\na: {c: 2}\nb: 3\n", name="f.yaml")

    assert document.value == {"a": 1, "b": 3}
    assert document.is_whole


@pytest.mark.parametrize(
    "data",
    [b"[" * 100_000, b"{a: " * 50_000, b"- " * 5_000, b"? " * 5_000, b"\n".join(b" " * n + b"a:" for n in range(400))],
    ids=["brackets", "braces", "hyphens", "questions", "indents"],
)
def test_read_refuses_what_is_nested_too_deep(data: bytes) -> None:
    problems = lines(data)

    assert sum("more than 100 levels stand inside one another" in problem for problem in problems) == 1


def test_read_takes_a_hundred_levels() -> None:
    document = yaml.read(b"[" * 100 + b"]" * 100, name="f.yaml")

    assert document.problems == ()


def test_read_does_not_blow_up_a_billion_laughs() -> None:
    rows = [b"a: &a [x]"] + [b"%c: &%c [*%c, *%c]" % (n, n, n - 1, n - 1) for n in range(ord("b"), ord("z"))]

    document = yaml.read(b"\n".join(rows), name="f.yaml")

    assert document.value["c"] == [None, None]
    assert len(document.problems) == 25 + 48


@given(st.binary(max_size=400))
def test_read_never_raises_and_points_into_the_file(data: bytes) -> None:
    document = yaml.read(data, name="f.yaml")

    n_lines = max(1, data.removesuffix(b"\n").count(b"\n") + 1)
    assert all(1 <= problem.line <= n_lines for problem in document.problems)
    assert document.is_whole or document.problems


@given(st.text(alphabet="ab:-?[]{}#&*!|>'\"%@`,\n\t \\<~01.\u2028م", max_size=60))
def test_read_never_raises_on_marks_of_yaml(text: str) -> None:
    document = yaml.read(text.encode(), name="f.yaml")

    assert document.is_whole or document.problems


@pytest.mark.parametrize(
    "written", ["a: [1, {b: c}]\nd: |\n  e\n  f\n", "a: 'x\n", "a: @b\n", 'a: "\\UFFFFFFFF"\n', "a: 1\nb\n"]
)
def test_read_says_the_same_with_the_parser_in_python(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = yaml.read(written.encode(), name="f.yaml")
    monkeypatch.setattr(yaml, "_Loader", SafeLoader)

    slow = yaml.read(written.encode(), name="f.yaml")

    assert (slow.is_whole, slow.lines) == (fast.is_whole, fast.lines)
    assert [problem.line for problem in slow.problems] == [problem.line for problem in fast.problems]
