"""The state of each wording: missing, unsure, behind, and current again."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.core.audit import operations as audit
from ejlas.core.audit.models import Head, Line
from ejlas.core.audit.operations import Entry
from ejlas.core.index import operations, queries
from ejlas.core.index.models import Wording
from ejlas.core.index.rules import Item, WordingState
from ejlas.core.text import Text
from tests.core.index.things import AT, LATER, note, thing

pytestmark = pytest.mark.django_db

PRESENT, MISSING, UNSURE, BEHIND = WordingState


def _states(slug: str = "gilan", field: str = "name") -> dict[str, WordingState]:
    held = queries.wordings_of("x2025", "party", slug).get(field, {})
    return {language: WordingState(row.state) for language, row in sorted(held.items())}


def _note(text: Text, at=LATER) -> None:
    note(Item("x2025", "party", "gilan", text, {"name": text}), at=at)


def test_what_is_noted_first_is_current_missing_or_unsure():
    _note(Text({"fa": "گیلان", "ru": "Гилян"}, frozenset({"ru"})))

    assert _states() == {"en": MISSING, "fa": PRESENT, "ru": UNSURE}


def test_a_field_that_is_empty_everywhere_is_no_missing_translation():
    note(Item("x2025", "party", "gilan", Text.of(fa="گیلان"), {"note": Text()}))

    assert Wording.objects.count() == 0


def test_the_others_fall_behind_when_one_wording_changes():
    _note(Text.of(fa="گیلان", en="Gilan", ru="Гилян"), at=AT)

    _note(Text.of(fa="گیلان", en="Gilan Province", ru="Гилян"))

    assert _states() == {"en": PRESENT, "fa": BEHIND, "ru": BEHIND}
    assert set(Wording.objects.filter(state=BEHIND).values_list("changed_at", flat=True)) == {LATER}


def test_what_changes_in_the_same_act_is_not_behind():
    _note(Text.of(fa="گیلان", en="Gilan", ru="Гилян"), at=AT)

    _note(Text.of(fa="استان گیلان", en="Gilan Province", ru="Гилян"))

    assert _states() == {"en": PRESENT, "fa": PRESENT, "ru": BEHIND}


def test_catching_up_sets_nothing_else_back():
    _note(Text.of(fa="گیلان", en="Gilan", ru="Гилян"), at=AT)
    _note(Text.of(fa="گیلان", en="Gilan Province", ru="Гилян"), at=AT)

    _note(Text.of(fa="استان گیلان", en="Gilan Province", ru="Гилян"))

    assert _states() == {"en": PRESENT, "fa": PRESENT, "ru": BEHIND}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Text.of(fa="گیلان"), Text.of(fa="گیلان", en="Gilan")),
        (Text.of(fa="گیلان", en="Gilan"), Text.of(fa="گیلان")),
        (Text({"fa": "گیلان", "en": "Gilan"}, frozenset({"en"})), Text.of(fa="گیلان", en="Gilan")),
        (Text({"fa": "گیلان", "en": "Gilan"}, frozenset({"en"})), Text.of(fa="گیلان", en="Guilan")),
    ],
    ids=["added", "taken away", "confirmed", "put right"],
)
def test_adding_removing_and_confirming_a_wording_sets_nothing_back(before, after):
    _note(before, at=AT)

    _note(after)

    assert _states()["fa"] == PRESENT
    assert BEHIND not in _states().values()


def test_noting_the_same_again_changes_nothing_and_writes_nothing():
    _note(Text.of(fa="گیلان", en="Gilan"), at=AT)
    rows = list(Wording.objects.values().order_by("pk"))

    with CaptureQueriesContext(connection) as captured:
        operations.note([thing("gilan", fa="گیلان", en="Gilan")], at=LATER)

    assert list(Wording.objects.values().order_by("pk")) == rows
    assert [query["sql"] for query in captured if "INSERT" in query["sql"] or "UPDATE" in query["sql"]] == []


def test_marking_current_is_written_down_and_asks_for_what_is_behind_only():
    _note(Text.of(fa="گیلان", en="Gilan", ru="Гилян"), at=AT)
    _note(Text.of(fa="گیلان", en="Gilan Province", ru="Гилян"), at=AT)
    address = {"scope": "x2025", "kind": "party", "slug": "gilan"}

    done = operations.mark_current(**address, wordings=[("name", "ru"), ("name", "en")], by="Sara", at=LATER)
    again = operations.mark_current(**address, wordings=[("name", "ru")], by="Sara", at=LATER)

    assert (done, again) == (1, 0)
    assert _states() == {"en": PRESENT, "fa": BEHIND, "ru": PRESENT}
    assert not queries.wordings("x2025", language="ru", states=[BEHIND])
    line = Line.objects.get()
    assert (line.event, line.actor, line.subject_kind, line.subject) == (
        "index.wording.current",
        "Sara",
        "party",
        "gilan",
    )
    assert line.held.values == {"wordings": [["name", "ru"]]}


def test_wordings_are_counted_and_paged_each_in_one_query():
    note(*(thing(f"t{number:02}", fa="نام", **({"en": "Name"} if number % 2 else {})) for number in range(40)))
    wanting = queries.wordings("x2025", language="en", states=[MISSING, BEHIND], kind="party")

    with CaptureQueriesContext(connection) as captured:
        page = [(row.entry.slug, row.field) for row in wanting[3:5]]
        n_all = wanting.count()
        counts = queries.wording_counts("x2025")

    assert page == [("t06", "name"), ("t08", "name")]
    assert n_all == 20
    assert counts == {
        "en": {PRESENT: 20, MISSING: 20, UNSURE: 0, BEHIND: 0},
        "fa": {PRESENT: 40, MISSING: 0, UNSURE: 0, BEHIND: 0},
        "ru": {PRESENT: 0, MISSING: 40, UNSURE: 0, BEHIND: 0},
    }
    assert len(captured) == 3
    assert queries.wordings("x2025", states=[PRESENT, MISSING]).count() == 120
    assert queries.wordings("x2025", states=[PRESENT], language="fa").count() == 40
    assert queries.wordings("x2025", kind="session").count() == 0


@pytest.mark.django_db(transaction=True)
def test_wordings_are_counted_again_only_when_the_trail_has_gone_on():
    cache.clear()
    Head.objects.get_or_create(pk=1)
    note(*(thing(f"t{number}", fa="نام") for number in range(4)))
    first = queries.wording_counts("x2025")
    note(thing("t9", fa="نام"))
    with CaptureQueriesContext(connection) as captured:
        kept = queries.wordings_by_kind("x2025", language="fa", states=[PRESENT])
    audit.record([Entry("forum.party.changed", "party", "gilan", {})], scope="y2025", by="Sara", at=AT)
    of_another = queries.wording_counts("x2025")
    audit.record([Entry("forum.party.changed", "party", "gilan", {})], scope="x2025", by="Sara", at=AT)
    anew = queries.wording_counts("x2025")
    cache.clear()

    assert kept == {"party": 4}
    assert len(captured) == 1
    assert of_another == first
    assert (first["fa"][PRESENT], anew["fa"][PRESENT]) == (4, 5)
