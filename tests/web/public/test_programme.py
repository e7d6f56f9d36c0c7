from __future__ import annotations

import re

import pytest
from django.http import QueryDict
from django.utils import translation

from ejlas.web.public import filters, rows
from ejlas.web.public.edition import Indexed
from ejlas.web.public.filters import Choices, Filters
from ejlas.web.public.pages import programme
from tests.factories.content import content
from tests.web.public.conftest import Site

CHOICES = Choices(
    day=frozenset({"2025-11-18"}),
    room=frozenset({"room-1"}),
    language=frozenset({"fa"}),
    kind=frozenset({"panel"}),
    party=frozenset({"gilan"}),
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Filters()),
        ("day=&room=&kind=", Filters()),
        ("kind=panel", Filters(kind="panel")),
        ("kind=party", Filters()),
        ("room=room-1&room=room-9", Filters()),
        ("page=7&utm_source=x", Filters()),
        ("by=room&day=2025-11-18", Filters(day="2025-11-18", by="room")),
        ("by=speaker", Filters()),
        ("kind=panel%00", Filters()),
    ],
)
def test_read_drops_what_the_programme_does_not_know(query: str, expected: Filters) -> None:
    assert filters.read(QueryDict(query), CHOICES) == expected


def test_query_is_the_same_for_the_same_filters() -> None:
    one = filters.read(QueryDict("kind=panel&day=2025-11-18"), CHOICES)
    other = filters.read(QueryDict("x=1&day=2025-11-18&kind=panel&room="), CHOICES)

    assert one.query() == other.query() == "day=2025-11-18&kind=panel"


def shown(html: str) -> list[str]:
    return re.findall(r'<li id="([^"]+)" class="row"', html)


def test_filters_keep_only_what_fits(site: Site) -> None:
    html = site.html("programme/?kind=bilateral", "en")

    slugs = {session["slug"] for session in site.content["programme"]["sessions"] if session["kind"] == "bilateral"}
    assert set(shown(html)) == slugs
    assert f"Items shown: {len(slugs)} of 12" in html


def test_a_set_filter_is_a_chip_that_takes_it_off(site: Site) -> None:
    html = site.html("programme/?kind=panel&room=room-1&by=room", "en")

    assert '<a href="?kind=panel&amp;by=room" data-off>' in html
    assert "<span>Room: Hall 1</span>" in html


def test_filters_that_find_nothing_say_so_and_lead_out(site: Site) -> None:
    html = site.html("programme/?kind=ceremony&room=room-2", "en")

    assert "Nothing in the programme fits these filters" in html
    assert '<a class="button main" href="/en/rasht2025/programme/">Show all</a>' in html


def test_an_item_of_several_days_stands_at_the_head_of_each_of_them_and_bears_its_name_once(site: Site) -> None:
    site.publish(content(n_sessions=60, n_rooms=3))

    html = site.html("programme/", "en")

    days = html.split('<section class="day"')[1:]
    assert len(days) == 3
    assert all(day.index("Caspian Expo 2025") < day.index("09:00</time>") for day in days)
    assert html.count('id="expo"') == 1


def test_by_room_groups_by_room_and_names_the_day_of_each_row(site: Site) -> None:
    html = site.html("programme/?by=room", "en")

    headings = re.findall(r'<h2 id="([^"]+)">', html)
    assert headings == ["room-room-1", "room-room-2", "room-room-3", "room-none"]
    assert "<b>Tuesday, 18 November</b>" in html or "<b>Tuesday 18 November</b>" in html


def test_a_bilateral_names_its_parties_and_an_assumed_time_says_so(site: Site) -> None:
    html = site.html("programme/?kind=bilateral", "en")

    assert re.search(r"<h3><bdi>Golestan</bdi> – <bdi>", html)
    assert "Time assumed by the host" in html
    assert "no public source states it" in html


def test_three_parties_make_a_trilateral_meeting() -> None:
    made = content(n_sessions=6)
    made["programme"]["sessions"][-1]["kind"] = "bilateral"
    made["programme"]["sessions"][-1]["parties"] = ["gilan", "lankaran", "neftchala"]

    kinds = {timed.kind for timed in Indexed.of(made).sessions}

    assert "trilateral" in kinds


@pytest.mark.parametrize("n_sessions", [1, 300])
def test_rows_escape_and_write_every_session(n_sessions: int) -> None:
    indexed = Indexed.of(content(n_sessions=n_sessions, n_rooms=10, n_speakers=300))

    with translation.override("en"):
        written = rows.write(indexed, indexed.reader("en"))

    assert len(written) == n_sessions
    assert all("& " not in row.what for row in written)


def test_invented_session_says_that_it_is_a_sample() -> None:
    made = content(n_sessions=4)
    made["programme"]["sessions"][1]["is_sample"] = True

    rows_written = rows.write(Indexed.of(made), Indexed.of(made).reader("en"))

    samples = [row.slug for row in rows_written if "(sample)" in row.html(names_itself=True).split('class="meta"')[1]]
    assert samples == [made["programme"]["sessions"][1]["slug"]]


def test_mark_of_an_invented_item_is_explained_where_nobody_invented_speaks() -> None:
    made = content(n_sessions=4)
    for speaker in made["programme"]["speakers"]:
        speaker["is_sample"] = False
    reader = Indexed.of(made).reader("en")
    without = programme.page(Indexed.of(made), reader, rows.write(Indexed.of(made), reader), Filters())
    made["programme"]["sessions"][1]["is_sample"] = True

    with_one = programme.page(Indexed.of(made), reader, rows.write(Indexed.of(made), reader), Filters())

    assert (without["has_samples"], with_one["has_samples"]) == (False, True)
