from __future__ import annotations

from datetime import date

import pytest

from ejlas.core import calendars
from ejlas.delegations.rules import letter_texts, letters
from ejlas.delegations.rules.letters import LetterDirection, LetterKind, LetterState

OUT, IN = LetterDirection.OUT, LetterDirection.IN
DAY = date(2025, 10, 7)  # 15 Mehr 1404

# --- States ---


def test_a_letter_out_goes_from_the_draft_to_an_answer():
    way = (LetterState.DRAFT, LetterState.CLEARED, LetterState.SENT, LetterState.DELIVERED, LetterState.ACKNOWLEDGED)

    assert letters.first_state(OUT) == LetterState.DRAFT
    for here, there in zip(way, [*way[1:], LetterState.ACCEPTED], strict=True):
        assert there in letters.next_states(here, OUT)


@pytest.mark.parametrize(
    ("state", "following"),
    [
        (LetterState.DRAFT, (LetterState.CLEARED,)),
        (LetterState.CLEARED, (LetterState.DRAFT, LetterState.SENT)),
        (LetterState.ACKNOWLEDGED, letters.ANSWERS),
        (LetterState.ACCEPTED, (LetterState.DECLINED, LetterState.DELEGATED)),
    ],
)
def test_each_state_offers_what_may_follow(state, following):
    assert letters.next_states(state, OUT) == following


def test_what_was_sent_is_never_a_draft_again():
    after = [state for state in LetterState if state not in (LetterState.DRAFT, LetterState.CLEARED)]

    assert all(LetterState.DRAFT not in letters.next_states(state, OUT) for state in after)
    assert [state for state in LetterState if letters.text_is_open(state)] == [LetterState.DRAFT]


def test_a_letter_in_waits_only_for_its_receipt_to_be_confirmed():
    assert letters.first_state(IN) == LetterState.DELIVERED
    assert letters.next_states(LetterState.DELIVERED, IN) == (LetterState.ACKNOWLEDGED,)
    assert all(letters.next_states(state, IN) == () for state in LetterState if state != LetterState.DELIVERED)


# --- Placeholders ---


def test_values_come_in_their_places_and_are_no_templates_themselves():
    values = {"party": "{city} {0.__class__}", "city": "Rasht"}

    assert letters.fill("{party} in {city}, {city}", values) == "{city} {0.__class__} in Rasht, Rasht"


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{0}",
        "{party.__class__}",
        "{party!r}",
        "{party:>9}",
        "{{party}}",
        "{ party }",
        "{party",
        "%(party)s",
        "{who}",
    ],
)
def test_other_braces_are_left_alone(text):
    assert letters.fill(text, {"party": "X", "who": "Y"}) == text


def test_what_has_no_value_stays_and_is_named():
    text = "{party} {city} {city} {prty} {شهر} {{edition}} {portal}"

    assert letters.fill(text, {"party": "Gilan"}) == text.replace("{party}", "Gilan")
    assert letters.placeholders(text) == ("party", "city", "prty", "شهر", "portal")
    assert letters.unknown_placeholders(text) == ("prty", "شهر")
    assert letters.unfilled_placeholders(text, {"party": "Gilan", "city": ""}) == ("city", "prty", "شهر", "portal")


# --- Register numbers ---


@pytest.mark.parametrize(
    ("pattern", "number", "calendar", "written"),
    [
        ("{year}/{number:3}", 17, calendars.SOLAR_HIJRI, "1404/017"),
        ("{year}/{number:3}", 17, calendars.GREGORIAN, "2025/017"),
        ("{year}/{number:3}", 1234, calendars.GREGORIAN, "2025/1234"),
        ("GL-{month}-{number}", 5, calendars.SOLAR_HIJRI, "GL-07-5"),
        ("د/{number:2}", 5, calendars.GREGORIAN, "د/05"),
    ],
)
def test_a_register_number_follows_the_pattern_and_the_calendar(pattern, number, calendar, written):
    assert letters.register_number(pattern, number=number, day=DAY, calendar=calendar) == written


def test_the_year_turns_with_its_calendar():
    on, before = date(2026, 3, 21), date(2026, 3, 20)

    years = [
        letters.register_number("{year}-{number}", number=1, day=day, calendar=calendars.SOLAR_HIJRI)
        for day in (before, on)
    ]

    assert years == ["1404-1", "1405-1"]


@pytest.mark.parametrize(
    "pattern",
    ["", "{year}", "{number:0}", "{number:12}", "{number}{who}", "{number", "{number}}", "{number}\n", "{day}"],
)
def test_a_pattern_without_a_number_or_with_other_braces_is_refused(pattern):
    with pytest.raises(letters.NumberPatternUnfit) as refused:
        letters.register_number(pattern, number=1, day=DAY)

    assert refused.value.sentence().startswith(f"The pattern “{pattern}” does not fit")


# --- Starting texts ---


@pytest.mark.parametrize("language", letter_texts.TEXTS)
def test_each_language_has_all_kinds_with_known_placeholders_only(language):
    texts = letter_texts.TEXTS[language]

    assert set(texts) == set(LetterKind)
    for text in texts.values():
        whole = "\n".join(text)
        assert all(text)
        assert letters.unknown_placeholders(whole) == ()
        assert whole.count("{") == sum(whole.count(f"{{{name}}}") for name in letters.PLACEHOLDERS)


def test_all_languages_say_the_same_with_the_same_placeholders():
    for kind in (LetterKind.INVITATION, LetterKind.REMINDER, LetterKind.REGISTRATION, LetterKind.VISA):
        english = set(letters.placeholders(letter_texts.TEXTS["en"][kind].body))
        others = {
            language: english ^ set(letters.placeholders(texts[kind].body)) - {"city"}
            for language, texts in letter_texts.TEXTS.items()
        }

        assert {language: lack for language, lack in others.items() if lack - {"city"}} == {}, kind


def test_a_language_without_texts_begins_in_english():
    assert letter_texts.text_of(LetterKind.VISA, "de") == letter_texts.TEXTS["en"][LetterKind.VISA]
    assert letter_texts.text_of(LetterKind.VISA, "pt-BR") == letter_texts.TEXTS["pt"][LetterKind.VISA]
    assert not letter_texts.has_texts("de")
    assert letter_texts.has_texts("fa-IR")
