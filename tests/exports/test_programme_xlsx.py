from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import translation
from django.utils.translation import gettext
from python_calamine import CalamineWorkbook

from ejlas.core.formats import xlsx
from ejlas.exports import labels, programme_xlsx
from ejlas.exports.content import Content
from tests.factories.content import LANGUAGES, content

PUBLISHED_AT = datetime(2025, 11, 17, 11, 0, tzinfo=UTC)
HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "https://example.org",
    "0123",
    "=1",
    "'x",
)


def written(of: Content, language: str = "en", *, site: str = "") -> bytes:
    return programme_xlsx.render(of, number=3, published_at=PUBLISHED_AT, language=language, site=site)


def sheets(body: bytes) -> dict[str, list[list[Any]]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(body))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def part(body: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(body)) as opened:
        return opened.read(name).decode()


def test_programme_stands_with_real_dates_and_times() -> None:
    table = sheets(written(content()))["Programme"]

    assert table[0] == [
        "Date", "Solar Hijri date", "Start (Rasht)", "End (Rasht)", "Kind", "Title", "Room", "Venue", "Parties",
        "Speakers", "Languages", "Timing", "Note", "Description", "Start (UTC)", "End (UTC)",
    ]  # fmt: skip
    assert next(row for row in table if str(row[5]).startswith("Transit")) == [
        date(2025, 11, 18),
        "27 Aban 1404",
        datetime(2025, 11, 18, 9, 0),
        datetime(2025, 11, 18, 9, 50),
        "Plenary session",
        "Transit, logistics & the North–South corridor 2",
        "Hall 2",
        "Rasht Central Hall",
        "",
        "Moderator: President of the Chamber of Commerce, Leyla Mammadova 3 (invented for this sample)\n"
        "President of the Chamber of Commerce, Aliya Kurmangazina 4 (invented for this sample)",
        "Persian, English, Russian",
        "Time assumed by the host",
        "",
        "Representatives of the parties state their views, and proposals are recorded in the minutes. 2",
        datetime(2025, 11, 18, 5, 30),
        datetime(2025, 11, 18, 6, 20),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_own_headings_and_words(language: str) -> None:
    of = content(n_sessions=8)

    body = written(of, language)

    found = sheets(body)
    with translation.override(language):
        assert list(found) == [gettext("Programme"), gettext("Parties")]
        table = found[gettext("Programme")]
        assert [row[4] for row in table[1:]] == [
            str(labels.SESSION_KINDS[session["kind"]]) for session in of["programme"]["sessions"]
        ]
        assert len(found[gettext("Parties")]) == 1 + len(of["parties"])
    assert ('rightToLeft="1"' in part(body, "xl/worksheets/sheet1.xml")) == (language == "fa")
    assert ('rightToLeft="1"' in part(body, "xl/worksheets/sheet2.xml")) == (language == "fa")


def test_persian_solar_hijri_dates_have_persian_digits() -> None:
    with translation.override("fa"):
        name = gettext("Programme")

    table = sheets(written(content(), "fa"))[name]

    assert table[1][1] == "۲۷ آبان ۱۴۰۴"


def test_solar_hijri_column_is_there_only_where_it_is_wanted() -> None:
    of = content(languages=("en", "ru"))
    of["edition"]["calendars"] = ["gregorian"]

    table = sheets(written(of))["Programme"]

    assert table[0][:3] == ["Date", "Start (Rasht)", "End (Rasht)"]


@pytest.mark.parametrize("title", HOSTILE)
def test_title_stays_text_whatever_it_begins_with(title: str) -> None:
    of = content(n_sessions=2)
    of["programme"]["sessions"][1]["title"] = {"en": title}

    body = written(of)

    sheet = part(body, "xl/worksheets/sheet1.xml")
    assert sheets(body)["Programme"][2][5] == title
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_controls_are_left_out_and_the_file_stays_whole() -> None:
    of = content(n_sessions=2)
    of["programme"]["sessions"][1]["title"] = {"en": "a\x00b\x1b \u202ec\nd\ud800 _x0041_"}

    body = written(of)

    assert sheets(body)["Programme"][2][5] == "abc d _x0041_".replace("abc", "ab c")


def test_text_longer_than_a_cell_is_cut_where_the_cell_ends() -> None:
    of = content(n_sessions=2)
    of["programme"]["sessions"][1]["description"] = {"en": "x" * 40_000}

    assert sheets(written(of))["Programme"][2][13] == "x" * 32_767


def test_parties_stand_in_the_alphabet_of_the_reader() -> None:
    table = sheets(written(content(), "ru"))

    names = [row[0] for row in list(table.values())[1][1:]]
    assert names[:3] == ["Астраханская область", "Балканский велаят", "Гилян"]
    assert names[-2:] == ["Систан и Белуджистан", "Хормозган"]


def test_party_tells_its_state_and_presence() -> None:
    table = sheets(written(content()))["Parties"]

    assert next(row for row in table if row[0] == "Mazandaran") == [
        "Mazandaran", "Iran", "IR-02", "Region", "Member", "", "Governor", "Represented", "Prime Minister", "",
    ]  # fmt: skip


def test_headings_stay_in_sight_and_rows_can_be_filtered() -> None:
    body = written(content(n_sessions=9))

    sheet = part(body, "xl/worksheets/sheet1.xml")
    assert re.search(r'<pane ySplit="1"[^>]*state="frozen"', sheet)
    assert '<autoFilter ref="A1:P10"/>' in sheet
    assert ElementTree.fromstring(sheet) is not None


def test_repeated_hour_is_told_apart_in_utc() -> None:
    of = content(n_sessions=1, languages=("pt", "es"))
    of["edition"] |= {"timezone": "Atlantic/Azores", "calendars": ["gregorian"]}
    of["programme"]["sessions"][0] |= {
        "starts_at": "2027-10-31T00:30:00+00:00",
        "ends_at": "2027-10-31T00:30:00-01:00",
    }

    row = sheets(written(of, "pt"))["Programme"][1]

    assert row[1:3] == [datetime(2027, 10, 31, 0, 30), datetime(2027, 10, 31, 0, 30)]
    assert row[-2:] == [datetime(2027, 10, 31, 0, 30), datetime(2027, 10, 31, 1, 30)]


def test_item_of_several_days_shows_the_day_of_its_end() -> None:
    row = sheets(written(content()))["Programme"][1]

    assert (row[0], row[2].time(), row[3]) == (date(2025, 11, 18), time(9, 0), datetime(2025, 11, 21, 18, 0))


def test_tabs_bear_names_that_a_workbook_can_have() -> None:
    table = xlsx.Sheet("a/b: " + "c" * 40, [xlsx.Column("x", 9)], [])

    body = xlsx.pack([table, table], title="t", created=PUBLISHED_AT, is_right_to_left=False)

    assert list(sheets(body)) == ["a b  " + "c" * 26, "a b  " + "c" * 22 + " 2"]


def test_same_publication_gives_the_same_bytes() -> None:
    assert written(content(n_sessions=40), "fa") == written(content(n_sessions=40), "fa")


def test_workbook_holds_300_sessions() -> None:
    table = sheets(written(content(n_sessions=300, n_rooms=10, n_speakers=300)))["Programme"]

    assert len(table) == 301
