from __future__ import annotations

import pytest

from ejlas.core.formats.problem import Path, Problem, path_text, shown

DOCUMENT = {"parties": [{"slug": "gilan", "iso": "IR-01"}, {"slug": "not a slug"}, 5], "odd name": {"x": 1}}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), "file"),
        (("parties",), "parties"),
        (("parties", 0, "iso"), "parties[0](gilan).iso"),
        (("parties", 1, "iso"), "parties[1].iso"),
        (("parties", 2), "parties[2]"),
        (("parties", 9, "x"), "parties[9].x"),
        (("odd name", "a\nb"), "odd_name.a_b"),
        (("نام",), "نام"),
        (("",), "file"),
        (("a: b; c",), "a_b_c"),
    ],
)
def test_path_text_names_the_place(path: Path, text: str) -> None:
    assert path_text(path, DOCUMENT) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (12, "12"),
        ("a\nb\tc\x1b", "a b c"),
        ("x" * 100, "x" * 59 + "…"),
        (10**5000, "…"),
        ("می\u200cشود", "می\u200cشود"),
    ],
    ids=["yes", "number", "control", "long", "huge", "joiner"],
)
def test_shown_fits_into_a_sentence(value: object, text: str) -> None:
    assert shown(value) == text


def test_a_problem_is_said_in_the_language_of_its_reader() -> None:
    problem = Problem(3, "a.b", "no %(what)s", "add %(what)s", {"what": "50%"})
    persian = {"no %(what)s": "%(what)s نیست", "add %(what)s": "%(what)s را بیفزایید"}

    sentence = problem.sentence(persian.__getitem__)

    assert sentence == "50% نیست; 50% را بیفزایید"
    assert problem.as_line("f.yaml") == "f.yaml:3: a.b: no 50%; add 50%"
