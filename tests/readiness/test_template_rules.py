"""The template of a summit's obligations: what it holds, its file and faults in it, its days, and what it learns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ejlas.core.text import Text
from ejlas.readiness.rules.circles import circle
from ejlas.readiness.rules.days import WorkingCalendar
from ejlas.readiness.rules.template.learning import days_taken, proposed
from ejlas.readiness.rules.template.reading import read_template
from ejlas.readiness.rules.template.standard import LANGUAGES_OF_DETAILS, LANGUAGES_OF_NAMES, standard
from ejlas.readiness.rules.template.timing import day_before, days_before, too_early
from ejlas.readiness.rules.template.values import Estimate, Line, Named, Template
from ejlas.readiness.rules.template.writing import write_template

IRAN = WorkingCalendar(frozenset({3, 4}), frozenset({date(2025, 11, 11)}))
OPENING = date(2025, 11, 18)


def test_the_template_is_whole() -> None:
    template = standard()
    slugs = {line.slug for line in template.lines}
    followers: dict[str, list[str]] = {}
    for line in template.lines:
        for before in line.after:
            followers.setdefault(before, []).append(line.slug)

    assert (len(template.workstreams) >= 14, 70 <= len(template.lines) <= 90) == (True, True)
    assert {before for line in template.lines for before in line.after} <= slugs
    assert circle(followers) == []
    assert {line.workstream for line in template.lines} == {stream.slug for stream in template.workstreams}
    assert {line.body for line in template.lines} == {body.slug for body in template.bodies}
    assert all(line.estimate.least <= line.estimate.likely <= line.estimate.most for line in template.lines)
    assert all(line.evidence for line in template.lines)


def test_the_due_days_of_the_template_leave_the_likely_time_between_them_and_nothing_is_due_after_the_eve() -> None:
    assert too_early(standard().lines) == []
    assert min(line.due or 0 for line in standard().lines) == 1


def test_the_template_speaks_every_language() -> None:
    template = standard()
    named = (template, *template.workstreams, *template.bodies, *template.resources, *template.lines)

    assert [thing for thing in named if thing.name.missing(LANGUAGES_OF_NAMES)] == []
    assert [line.slug for line in template.lines if line.detail.missing(LANGUAGES_OF_DETAILS)] == []
    for language in LANGUAGES_OF_NAMES:
        assert len({line.name.values[language] for line in template.lines}) == len(template.lines)


def test_a_template_that_was_written_is_read_as_the_same() -> None:
    odd = Text({"en": 'A "hall": 1, {2} \\ #3\nfurther', "no": "Ja"}, frozenset({"no"}))
    line = Line("x", odd, Estimate(1, 2, 3), due=-2, took=4, planned=Estimate(1, 1, 1))
    template = Template(odd, (Named("w", odd),), lines=(line,))

    assert read_template(write_template(template), name="x") == (template, ())
    assert read_template(write_template(standard()), name="x") == (standard(), ())


_GOOD = """template: 1
name: {en: T}
workstreams:
  - {slug: venue, name: {en: Venue}}
resources:
  - {slug: crews, name: {en: Crews}, capacity: 2}
obligations:
  - {slug: a, name: {en: A}, workstream: venue, days: [1, 2, 3], due: 5}
  - {slug: b, name: {en: B}, days: [1, 2, 3], after: {a: 0}, uses: {crews: 1}, evidence: [photo]}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "path"),
    [
        ("template: 1", "template: 2", 1, "template"),
        ("name: {en: T}", "name: {}", 2, "name"),
        ("name: {en: T}", "name: {xx-1: T}", 2, "name.xx-1"),
        ("slug: venue", "slug: Venue hall", 4, "workstreams[0].slug"),
        ("capacity: 2", "capacity: 0", 6, "resources[0](crews).capacity"),
        ("[1, 2, 3], due: 5", "[3, 2, 1], due: 5", 8, "obligations[0](a).days"),
        ("[1, 2, 3], due: 5", "[1, 2], due: 5", 8, "obligations[0](a).days"),
        ("due: 5", "due: soon", 8, "obligations[0](a).due"),
        ("due: 5", "until: 5", 8, "obligations[0](a).until"),
        ("workstream: venue", "workstream: port", 8, "obligations[0](a).workstream"),
        ("slug: b", "slug: a", 9, "obligations[1](a).slug"),
        ("after: {a: 0}", "after: {c: 0}", 9, "obligations[1](b).after.c"),
        ("after: {a: 0}", "after: [a]", 9, "obligations[1](b).after"),
        ("uses: {crews: 1}", "uses: {cranes: 1}", 9, "obligations[1](b).uses.cranes"),
        ("[photo]", "[rumour]", 9, "obligations[1](b).evidence[0]"),
        ("due: 5", "due: 5, after: {b: 0}", 9, "obligations[1](b).after"),
        ("  - {slug: b, name: {en: B},", "  - {slug: b,", 9, "obligations[1](b).name"),
        ("obligations:", "obligations: {", 8, "file"),
    ],
)
def test_a_fault_in_a_file_names_its_line_its_row_and_its_field(old: str, new: str, line: int, path: str) -> None:
    assert read_template(_GOOD.encode(), name="x")[1] == ()

    found, problems = read_template(_GOOD.replace(old, new, 1).encode(), name="x")

    assert found is None
    assert (line, path) in {(problem.line, problem.path) for problem in problems}
    assert all(problem.sentence() for problem in problems)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[]", b"- 1", b"x" * 2_000_001])
def test_what_is_no_template_is_refused_with_a_sentence(data: bytes) -> None:
    found, problems = read_template(data, name="x")

    assert (found, bool(problems)) == (None, True)


def test_days_are_counted_backwards_over_weekends_and_holidays_and_forwards_again() -> None:
    # The opening is a Tuesday; Thursday and Friday are free, and so is the Tuesday before.
    days = [day_before(IRAN, OPENING, number) for number in range(7)]

    assert days == [date(2025, 11, day) for day in (18, 17, 16, 15, 12, 10, 9)]
    assert [days_before(IRAN, OPENING, day) for day in days] == list(range(7))
    assert day_before(IRAN, OPENING, -1) == date(2025, 11, 19)


def test_an_opening_on_a_free_day_has_the_last_working_day_before_it() -> None:
    assert day_before(IRAN, date(2025, 11, 14), 1) == date(2025, 11, 12)


def test_an_estimate_moves_towards_what_it_took_and_widens_to_hold_it() -> None:
    assert proposed(Estimate(3, 5, 12), None) == Estimate(3, 5, 12)
    assert proposed(Estimate(3, 5, 12), 20) == Estimate(3, 13, 20)
    assert proposed(Estimate(3, 5, 12), 1) == Estimate(1, 3, 12)
    assert days_taken(IRAN, date(2025, 11, 9), date(2025, 11, 12)) == 3
    assert days_taken(IRAN, date(2025, 11, 13), date(2025, 11, 14)) == 1
    assert (days_taken(IRAN, None, OPENING), days_taken(IRAN, OPENING, date(2025, 11, 1))) == (None, None)


def test_the_example_of_the_reference_page_is_a_template() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "plan-template.md").read_text("utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]

    assert read_template(example.encode(), name="x")[1] == ()
