from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from ejlas.cli import main
from ejlas.core.text import Wording
from ejlas.exports import reading
from ejlas.exports.documents import DOCUMENTS
from ejlas.exports.reading import Reading, in_words_of
from tests.factories.content import LANGUAGES, content

PUBLISHED_AT = datetime(2025, 11, 17, 11, 0, tzinfo=UTC)
AZORES = ZoneInfo("Atlantic/Azores")


def test_registry_knows_the_formats_of_the_command() -> None:
    assert tuple(DOCUMENTS) == main.FORMATS


def test_files_are_named_after_edition_and_language() -> None:
    assert {form: document.file_name("rasht2025", "fa") for form, document in DOCUMENTS.items()} == {
        "ics": "rasht2025-programme-fa.ics",
        "json": "rasht2025-programme.json",
        "xml": "rasht2025-schedule.xml",
        "xlsx": "rasht2025-programme-fa.xlsx",
        "pdf": "rasht2025-programme-fa.pdf",
    }


def test_one_file_for_all_is_made_in_the_first_language() -> None:
    assert {form: document.languages(LANGUAGES) for form, document in DOCUMENTS.items()} == {
        "ics": list(LANGUAGES),
        "json": ["fa"],
        "xml": ["fa"],
        "xlsx": list(LANGUAGES),
        "pdf": list(LANGUAGES),
    }


@pytest.mark.parametrize("form", sorted(DOCUMENTS))
def test_render_leaves_the_language_of_its_caller(form: str) -> None:
    with translation.override("ru"):
        body = DOCUMENTS[form].render(content(n_sessions=2), number=1, published_at=PUBLISHED_AT, language="fa")

        assert translation.get_language() == "ru"
    assert body


@pytest.mark.parametrize("form", sorted(DOCUMENTS))
def test_render_changes_nothing_of_the_content(form: str) -> None:
    of = content(n_sessions=9)

    DOCUMENTS[form].render(of, number=1, published_at=PUBLISHED_AT, language="kk")

    assert of == content(n_sessions=9)


def test_documents_load_no_typesetter() -> None:
    code = "import sys, ejlas.exports.documents; print('typst' in sys.modules, 'icalendar' in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        (" one\r\n two\ttabbed ", "one two tabbed"),
        ("می\u200cشود", "می\u200cشود"),
        ("no\u00a0break", "no\u00a0break"),
        ("\u202eturned\u2066x\u2069", "turnedx"),
        ("\x00\x1b\x7f\x9f\ufffe\ud800", ""),
    ],
)
def test_line_keeps_what_a_document_can_carry(text: str, shown: str) -> None:
    assert reading.line(text) == shown


def test_passage_keeps_its_lines() -> None:
    assert reading.passage("one\r\ntwo\u2028three\x0bfour\n") == "one\ntwo\nthree\nfour"


@pytest.mark.parametrize(
    ("moment", "is_repeated"),
    [
        (datetime(2027, 10, 31, 0, 30, tzinfo=AZORES), True),
        (datetime(2027, 10, 31, 0, 30, tzinfo=AZORES, fold=1), True),
        (datetime(2027, 10, 31, 1, 0, tzinfo=AZORES), False),
        (datetime(2027, 10, 30, 23, 59, tzinfo=AZORES), False),
        (datetime(2027, 3, 28, 0, 30, tzinfo=AZORES), False),
        (datetime(2025, 11, 18, 9, 0, tzinfo=ZoneInfo("Asia/Tehran")), False),
    ],
)
def test_repeated_times_are_known(moment: datetime, *, is_repeated: bool) -> None:
    assert reading.is_repeated(moment) == is_repeated


def test_item_without_any_title_is_called_by_its_kind() -> None:
    of = content(n_sessions=2)
    of["programme"]["sessions"][1]["title"] = {}
    read = Reading(of, "fa")

    with in_words_of("en"):
        title = read.title(read.items[1])

    assert title == (Wording("Ceremony", "fa", is_fallback=False),)


def test_invented_item_says_so() -> None:
    of = content(n_sessions=2)
    of["programme"]["sessions"][1]["is_sample"] = True
    read = Reading(of, "en")

    with in_words_of("en"):
        notes = [read.notes(item) for item in read.items]

    assert notes == [[], ["Languages: Persian, English, Russian", "invented for this sample"]]


def test_unknown_slugs_stand_for_themselves() -> None:
    of = content(n_sessions=2)
    of["programme"]["sessions"][1] |= {"room": "gone", "parties": ["gone", "gilan"], "kind": "panel"}
    read = Reading(of, "en")

    item = read.items[1]

    assert read.room(item.session["room"]).text == "gone"
    assert "Parties: gone, Gilan" in read.notes(item)


def test_reader_without_a_catalogue_finds_labels_in_english() -> None:
    of = content(n_sessions=2, languages=("pt", "es"))
    read = Reading(of, "pt")

    with in_words_of("pt"):
        assert read.kind(read.items[1]) == "Ceremony"
