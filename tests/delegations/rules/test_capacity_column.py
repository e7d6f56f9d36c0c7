"""The column of capacities is known by what stands in it where its heading may also mean an office."""

from __future__ import annotations

from datetime import date

from ejlas.core.formats import sheets
from ejlas.delegations.rules import capacity_column
from ejlas.delegations.rules.values import Context

CONTEXT = Context(
    capacities={"delegate": {"fa": "نماینده"}, "adviser": {"fa": "مشاور"}},
    languages=("fa", "en"),
    today=date(2025, 10, 1),
    opens_on=date(2025, 11, 18),
)


def _columns(text: str) -> dict[int, str]:
    return dict(capacity_column.find(sheets.read_pasted(text), context=CONTEXT).columns)


def test_a_heading_that_may_mean_an_office_means_the_capacity_that_stands_below_it():
    found = _columns("سمت\tنام خانوادگی\tمقام به فارسی\nنماینده\tABI\tمدیرکل\nمشاور\tMOWJ\tمشاور\n")

    assert found[0] == "capacity"
    assert found[2] == "office.fa"


def test_offices_stay_offices():
    found = _columns("سمت\tنام خانوادگی\nمدیرکل\tABI\nاستاندار\tMOWJ\n")

    assert found[0] == "office"


def test_a_column_whose_heading_says_nothing_is_known_by_its_capacities():
    assert _columns("گروه\tنام خانوادگی\tنام\nمشاور\tABI\tNEGAR\nنماینده\tMOWJ\tKAVEH\n")[0] == "capacity"
