from __future__ import annotations

from datetime import date, time

import pytest
from django.utils import translation

from ejlas.forum.rules import Attendance, Confidence, DutyBearer, PartyKind, PartyRole
from ejlas.outcomes.rules import Lack, PointState, TextKind, Verb
from ejlas.programme.rules import SessionKind, Timing
from ejlas.web.ui import labels
from ejlas.web.ui.reading import Reader, chosen


def test_html_of_an_own_wording_is_the_escaped_words() -> None:
    assert Reader("en").html({"en": "A & B"}) == "A &amp; B"


def test_html_of_another_language_names_language_and_direction() -> None:
    with translation.override("en"):
        shown = Reader("en", ("fa",)).html({"fa": "رشت", "ru": "Решт"})

    assert shown.startswith('<span lang="fa" dir="rtl">رشت</span> <abbr class="code" title="')
    assert shown.endswith(">FA</abbr>")


def test_html_on_a_page_without_a_catalogue_marks_its_language_but_no_fallback() -> None:
    assert Reader("pt").html({"pt": "Olá"}) == '<span lang="pt" dir="ltr">Olá</span>'


def test_an_unsure_wording_gives_way_to_a_confirmed_one_and_stands_when_alone() -> None:
    reader = Reader("tk", ("en",))

    assert reader.plain({"tk": "Reşt", "ru": "Решт", "unsure": ["tk"]}) == "Решт"
    assert reader.plain({"tk": "Reşt", "unsure": ["tk"]}) == "Reşt"


def test_a_name_is_kept_apart_from_the_direction_around_it() -> None:
    assert Reader("fa").name({"fa": "رشت"}) == "<bdi>رشت</bdi>"


@pytest.mark.parametrize("stored", [None, {}, {"unsure": []}, {"en": ""}])
def test_an_empty_text_is_empty_in_every_form(stored: dict[str, object] | None) -> None:
    reader = Reader("fa")

    assert (reader.plain(stored), reader.html(stored)) == ("", "")


def test_spans_put_the_readers_own_calendar_first() -> None:
    first, last = date(2025, 11, 18), date(2025, 11, 19)

    assert Reader("fa").spans(first, last) == ("۲۷ تا ۲۸ آبان ۱۴۰۴", "۱۸ تا ۱۹ نوامبر ۲۰۲۵")
    assert Reader("en", calendars=("solar_hijri",)).spans(first, last) == ("18–19 November 2025", "27–28 Aban 1404")
    assert Reader("en").spans(first, last) == ("18–19 November 2025",)


@pytest.mark.parametrize("language", ["fa", "en", "ru", "az", "tk", "kk", "ar", "de"])
def test_the_joint_of_two_times_leaves_nothing_of_the_times(language: str) -> None:
    reader = Reader(language)

    joint = reader.time_joint()

    assert joint
    assert not any(character.isdigit() or character == ":" for character in joint)
    assert reader.time(time(9)) not in joint


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("", "en"), ("ru", "ru"), ("fr;q=1, fa;q=0.1", "fa"), ("ru;q=0, fa", "fa"), ("*", "en"), ("x" * 9000, "en")],
)
def test_chosen_takes_the_best_language_on_offer(accepted: str, expected: str) -> None:
    assert chosen(accepted, ("en", "fa", "ru"), "en") == expected


@pytest.mark.parametrize(
    ("enum", "words"),
    [
        (SessionKind, labels.SESSION_KINDS),
        (PartyKind, labels.PARTY_KINDS),
        (PartyRole, labels.PARTY_ROLES),
        (Attendance, labels.ATTENDANCE),
        (Confidence, labels.CONFIDENCE),
        (DutyBearer, labels.DUTY_BEARERS),
        (TextKind, labels.TEXT_KINDS),
        (PointState, labels.POINT_STATES),
        (Verb, labels.VERBS),
        (Lack, labels.LACKS),
        (Timing, labels.TIMINGS),
    ],
)
def test_every_stored_choice_has_a_word(enum: type, words: dict[str, object]) -> None:
    assert set(enum) <= set(words)
