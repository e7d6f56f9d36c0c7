from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pypdf
import pytest
from django.utils import translation

from ejlas.core import languages
from ejlas.exports import labels, programme_pdf, typesetting
from ejlas.exports.content import Content
from tests.factories.content import LANGUAGES, content

PUBLISHED_AT = datetime(2025, 11, 17, 11, 0, tzinfo=UTC)


def written(of: Content, language: str = "en", *, site: str = "") -> bytes:
    return programme_pdf.render(of, number=3, published_at=PUBLISHED_AT, language=language, site=site)


def paper(body: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(body))


def words(reader: pypdf.PdfReader) -> str:
    """Return all words of a paper with single spaces between them."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def headings(reader: pypdf.PdfReader) -> list[str]:
    def flat(outline: list[Any]) -> Iterator[str]:
        for entry in outline:
            if isinstance(entry, list):
                yield from flat(entry)
            else:
                yield str(entry.title)

    return list(flat(reader.outline))


def fonts(reader: pypdf.PdfReader) -> set[str]:
    found = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in cast("Any", page["/Resources"])["/Font"].values()
    }
    return {re.sub(r"^/[A-Z]{6}\+", "", name).split("-")[0] for name in found}


HEADINGS = {
    "fa": ["نخستین اجلاس استانداران استان‌های ساحلی دریای خزر", "سه‌شنبه ۲۷ آبان ۱۴۰۴"],
    "en": ["First Meeting of Governors of the Coastal Provinces of the Caspian Sea", "Tuesday, 18 November 2025"],
    "ru": ["Первая встреча губернаторов прикаспийских регионов", "вторник, 18 ноября 2025 г."],
    "az": ["Xəzəryanı ölkələrin sahilyanı regionlarının əməkdaşlıq görüşü", "18 noyabr 2025, çərşənbə axşamı"],
    "tk": ["First Meeting of Governors of the Coastal Provinces of the Caspian Sea EN", "18 noýabr 2025 sişenbe"],
    "kk": ["First Meeting of Governors of the Coastal Provinces of the Caspian Sea EN", "2025 ж. 18 қараша, сейсенбі"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_headings_and_its_fonts(language: str) -> None:
    reader = paper(written(content(), language))

    assert [" ".join(heading.split()) for heading in headings(reader)] == HEADINGS[language]
    assert cast("Any", reader.trailer["/Root"])["/Lang"] == language
    assert fonts(reader) == ({"Vazirmatn", "NotoSans"} if language == "fa" else {"NotoSans"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_size_is_a4(language: str) -> None:
    reader = paper(written(content(), language))

    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(595, 842)}


def test_cover_and_rows_say_all_of_the_programme() -> None:
    text = words(paper(written(content(), site="https://summit.example.org/")))

    for part in (
        "Caspian Governors' Forum · Programme First Meeting of Governors of the Coastal Provinces of the Caspian Sea",
        "Caspian: Bridge of Friendship and Regional Development",
        "Dates 18–19 November 2025 27–28 Aban 1404 Place Rasht, Iran Host Governor of Gilan Province",
        "All day Caspian Expo 2025 Exhibition · 18–21 November 2025",
        "09:00 09:50 Transit, logistics & the North–South corridor 2",
        "Moderator: President of the Chamber of Commerce, Leyla Mammadova 3 (invented for this sample)",
        "Plenary session · Languages: Persian, English, Russian · Time assumed by the host Hall 2 Rasht Central Hall",
        "Golestan – Republic of Kalmykia Bilateral meeting",
        "Version 3, published 17 November 2025, 14:30 (Rasht) · summit.example.org/en/rasht2025 Page",
        "Page 1 of",
    ):
        assert part in text


def test_persian_paper_is_in_persian_letters_and_digits() -> None:
    of = content(n_sessions=2)
    of["programme"]["sessions"][1] |= {"title": {"fa": "گیلان"}, "speakers": []}

    text = words(paper(written(of, "fa")))

    assert "گیلان" in text
    assert "آبان" in text
    assert "۱" in text
    # Numbers of the data stay as they were written; all that the paper writes itself is Persian.
    assert not re.search(r"\d\d:\d\d", re.sub("[۰-۹]", "", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_are_in_the_words_of_the_language(language: str) -> None:
    text = words(paper(written(content(n_sessions=3), language)))

    with translation.override(language):
        kind = str(labels.SESSION_KINDS["plenary"])
    assert sorted(set(kind) - {" ", "\u200c"} - set(text)) == []
    if languages.direction(language) == "ltr":
        assert kind in text


def test_wording_in_another_language_says_which() -> None:
    text = words(paper(written(content(), "az")))

    assert "Caspian Governors' Forum EN" in text


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("#let x = 1; #panic()", "#let x = 1; #panic()"),
        ("*bold* _it_ $x$ @ref <b> `raw` \\", "*bold* _it_ $x$ @ref <b> `raw` \\"),
        ('=HYPERLINK("x")', '=HYPERLINK("x")'),
        ("one\ntwo", "one two"),
        ("nul\x00 \u202eturned", "nul turned"),
        ("lone \ud800", "lone"),
        ("{page} 100%", "{page} 100%"),
    ],
)
def test_hostile_title_is_set_as_it_is(title: str, shown: str) -> None:
    of = content(n_sessions=2)
    of["programme"]["sessions"][1]["title"] = {"en": title}

    assert shown in words(paper(written(of)))


def test_paper_takes_emoji_and_texts_longer_than_a_page() -> None:
    of = content(n_sessions=3)
    of["programme"]["sessions"][1] |= {"title": {"en": "🎉👩‍👩‍👧 " * 3}, "description": {"en": "many words " * 1500}}
    of["programme"]["sessions"][2]["title"] = {"en": "unbroken" * 200}

    text = words(paper(written(of)))

    assert text.count("many") == 1500


def test_repeated_hour_is_told_apart() -> None:
    of = content(n_sessions=1, languages=("pt", "es"), fallback_languages=("pt",))
    of["edition"] |= {"timezone": "Atlantic/Azores", "calendars": ["gregorian"]}
    of["programme"]["sessions"][0] |= {
        "starts_at": "2027-10-31T00:30:00+00:00",
        "ends_at": "2027-10-31T00:30:00-01:00",
        "title": {"pt": "Vigília"},
    }

    text = words(paper(written(of, "pt")))

    assert "00:30 (UTC+00:00) 00:30 (UTC−01:00) Vigília" in text
    assert "domingo, 31 de outubro de 2027" in text


def test_pages_after_the_first_name_the_edition_and_the_day_that_goes_on() -> None:
    reader = paper(written(content(n_sessions=40)))

    for page in reader.pages[1:]:
        text = " ".join(page.extract_text().split())
        assert text.startswith("First Meeting of Governors of the Coastal Provinces of the Caspian Sea")
        assert "November 2025" in text[:140]


def test_edition_without_sessions_says_so() -> None:
    assert "The programme is not published yet." in words(paper(written(content(n_sessions=0))))


def test_path_that_is_no_path_never_reaches_the_drawing() -> None:
    of = content(n_sessions=1, land='M0 0"/><script>alert(1)</script>')

    assert len(paper(written(of)).pages) == 1


def test_same_publication_gives_the_same_bytes() -> None:
    assert written(content(), "fa") == written(content(), "fa")


def test_paper_holds_300_sessions() -> None:
    text = words(paper(written(content(n_sessions=300, n_rooms=10, n_speakers=300), "en")))

    assert {int(found) for found in re.findall(r"recorded in the minutes\. (\d+)", text)} == {
        int(session["slug"].removeprefix("session-"))
        for session in content(n_sessions=300, n_rooms=10)["programme"]["sessions"]
        if session["description"]
    }


def test_missing_font_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "FONTS", tmp_path)

    with pytest.raises(typesetting.CannotTypeset, match="unknown font family: vazirmatn"):
        written(content())
