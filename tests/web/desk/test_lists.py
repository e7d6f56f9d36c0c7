"""The lists of the desk: found across scripts, sorted, filtered, paged, exported, changed by the many."""

from __future__ import annotations

import csv
import io
import re
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.core.text import Text
from ejlas.forum.forms import PartyForm
from ejlas.forum.models import Party, Source
from ejlas.programme.models import Session
from ejlas.web.ui.kinds import BY_NAME, KINDS
from tests.factories.pages import form_data
from tests.factories.summits import SUMMITS

EVERY_LIST = [(slug, kind.name) for slug in SUMMITS for kind in KINDS]


def _address(slug: str, kind: str, query: str = "") -> str:
    return f"/desk/{slug}/{BY_NAME[kind].address}/{query}"


def _names(response) -> list[str]:
    return [thing.slug for thing in response.context["things"]]


@pytest.mark.parametrize(("slug", "kind"), EVERY_LIST)
def test_every_list_shows_what_is_stored(slug, kind, desk, summits):
    client = desk(edition=slug)
    stored = BY_NAME[kind].things(client.user, summits[slug])

    response = client.get(_address(slug, kind))

    assert response.status_code == 200
    assert response.context["listing"].n_things == stored.count()
    assert set(_names(response)) <= set(stored.values_list("slug", flat=True))
    assert len(_names(response)) == min(stored.count(), 50)


@pytest.mark.parametrize("query", ["gilan", "Гилян", "گیلان", "GILĀN"])
def test_a_name_is_found_in_any_script(query, desk):
    response = desk(language="ru").get(_address("rasht2025", "party"), {"q": query})

    assert _names(response)[:1] == ["gilan"]


def test_a_list_is_sorted_by_name_as_the_reader_sorts(desk):
    russian = desk(language="ru").get(_address("rasht2025", "party", "?sort=name"))
    falling = desk(language="ru").get(_address("rasht2025", "party", "?sort=-name"))

    names = re.findall(r'id="row-[^>]+><bdi>([^<]+)</bdi>', str(russian.context["rows"]))
    assert len(names) == 12
    assert names == sorted(names)
    assert _names(falling) == _names(russian)[::-1]


def test_filters_and_search_work_together_and_stand_in_the_address(desk):
    response = desk().get(_address("rasht2025", "party", "?role=member&kind=region&q=dagestan&sort=rank_class"))

    assert _names(response) == ["dagestan"]
    assert [chip["query"] for chip in response.context["chips"]] == [
        "role=member&kind=region&sort=rank_class",
        "q=dagestan&kind=region&sort=rank_class",
        "q=dagestan&role=member&sort=rank_class",
    ]


@pytest.mark.parametrize(
    "query",
    [
        *("?page=0", "?page=99999999", "?page=x", "?sort=slug", "?sort=-", "?role=nobody", "?q=%00"),
        *("?q=" + "a" * 3000, "?q=%27%22%29%28*", "?q=AND OR NOT", "?day=2025-13-45", "?kind=1&kind=2"),
    ],
)
@pytest.mark.parametrize("kind", ["party", "session", "bilateral"])
def test_no_address_breaks_a_list(kind, query, desk):
    assert desk().get(_address("rasht2025", kind, query)).status_code == 200


def test_a_day_of_the_place_is_a_filter(desk):
    response = desk().get(_address("rasht2025", "session", "?day=2025-11-19"))

    sessions = Session.objects.filter(slug__in=_names(response), edition__slug="rasht2025")
    days = {session.starts_at.astimezone(ZoneInfo("Asia/Tehran")).date().isoformat() for session in sessions}
    assert days == {"2025-11-19"}


def test_pages_hold_fifty_rows_and_lead_on(desk, summits):
    first = desk().get(_address("rasht2025", "bilateral"))
    second = desk().get(_address("rasht2025", "bilateral", "?page=2"))

    assert (len(_names(first)), len(_names(second))) == (50, 10)
    assert not set(_names(first)) & set(_names(second))
    assert first.context["pages"]["next"] == "page=2"


@pytest.mark.same_on_any_database("How many queries a page asks is decided before a database hears of them")
@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
@pytest.mark.parametrize("query", ["", "?sort=name", "?q=a"])
def test_a_list_costs_as_many_queries_for_one_row_as_for_many(kind, query, desk, summits):
    client = desk()
    model = BY_NAME[kind].model
    client.get(_address("rasht2025", kind, query))
    with CaptureQueriesContext(connection) as many:
        client.get(_address("rasht2025", kind, query))
    keep = BY_NAME[kind].things(client.user, summits["rasht2025"]).first()
    if kind in {"mandate", "duty", "milestone", "claim", "office", "speaker", "interpreter"}:
        model.objects.filter(edition=summits["rasht2025"]).exclude(pk=keep.pk).delete()

    with CaptureQueriesContext(connection) as few:
        client.get(_address("rasht2025", kind, query))

    assert len(few) <= len(many) <= 12


@pytest.mark.same_on_any_database("A file holds the cells of the page, which is shown on both")
@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_a_list_leaves_as_a_file(kind, desk):
    client = desk(language="fa")

    book = client.get(_address("rasht2025", kind, "?format=xlsx"))
    text = client.get(_address("rasht2025", kind, "?format=csv"))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    lines = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert len(rows) == len(lines) == client.get(_address("rasht2025", kind)).context["listing"].n_things + 1
    assert book.headers["Content-Disposition"] == f'attachment; filename="rasht2025-{BY_NAME[kind].address}.xlsx"'


def test_a_file_holds_no_formula(desk, summits):
    Party.objects.filter(edition=summits["rasht2025"], slug="gilan").update(name=Text.of(en="=1+1", fa="=1+1"))

    text = desk().get(_address("rasht2025", "party", "?format=csv")).content.decode("utf-8-sig")

    assert "'=1+1" in text


def test_many_are_changed_at_once_with_a_line_each(desk, summits):
    client = desk()
    slugs = ["gilan", "mazandaran", "astrakhan"]
    before = Line.objects.count()

    response = client.post(
        _address("rasht2025", "party") + "many/",
        {"thing": slugs, "act": "change", "field": "head_attendance", "head_attendance": "expected"},
        follow=True,
    )

    changed = Party.objects.filter(edition=summits["rasht2025"], head_attendance="expected")
    assert set(slugs) <= set(changed.values_list("slug", flat=True))
    assert Line.objects.filter(pk__gt=before, event="forum.party.changed").count() == 3
    assert "3 things are changed." in response.content.decode()


def test_sessions_of_one_time_do_not_all_go_into_one_room(desk, summits):
    client = desk()
    panels = [s.slug for s in Session.objects.filter(edition=summits["rasht2025"], starts_at="2025-11-18T11:00Z")]
    assert len(panels) > 1
    room = Session.objects.get(slug=panels[0], edition=summits["rasht2025"]).room_id
    rooms = dict(Session.objects.filter(slug__in=panels).values_list("slug", "room"))

    response = client.post(
        _address("rasht2025", "session") + "many/",
        {"thing": panels, "act": "change", "field": "room", "room": room},
        follow=True,
    )

    assert "The room is taken at this time" in response.content.decode()
    assert dict(Session.objects.filter(slug__in=panels).values_list("slug", "room")) == rooms


def test_many_are_removed_after_a_question_and_put_back_together(desk, summits):
    client = desk()
    edition = summits["rasht2025"]
    slugs = list(edition.duty_set.values_list("slug", flat=True)[:3])
    address = _address("rasht2025", "duty") + "many/"

    asked = client.post(address, {"thing": slugs, "act": "remove"})
    still = edition.duty_set.filter(slug__in=slugs).count()
    done = client.post(address, {"thing": slugs, "act": "remove", "sure": "1"}, follow=True)
    gone = edition.duty_set.filter(slug__in=slugs).count()
    undo = form_data(done.content.decode(), "class")
    numbers = undo["line"]
    back = client.post("/desk/rasht2025/put-back/", undo, follow=True)

    assert asked.status_code == 200
    assert (still, gone) == (3, 0)
    assert len(numbers) == 3
    assert (back.status_code, back.redirect_chain[0][0]) == (200, "/desk/rasht2025/duties/?page=1")
    assert edition.duty_set.filter(slug__in=slugs).count() == 3


def test_a_thing_that_others_need_stays_and_is_named(desk, summits):
    response = desk().post(
        _address("rasht2025", "party") + "many/", {"thing": ["gilan"], "act": "remove", "sure": "1"}, follow=True
    )

    assert "cannot be removed while other things need it" in response.content.decode()
    assert summits["rasht2025"].party_set.filter(slug="gilan").exists()


def test_a_change_of_many_first_shows_what_can_be_changed(desk):
    page = desk().post(_address("rasht2025", "party") + "many/", {"thing": ["gilan", "astrakhan"], "act": "change"})

    assert [name for name in page.context["form"].fields if name != "revision"] == list(PartyForm.for_many)
    assert [slug for slug, _name in page.context["things"]] == ["gilan", "astrakhan"]


def test_nothing_chosen_is_said(desk):
    response = desk().post(_address("rasht2025", "party") + "many/", {"act": "remove"}, follow=True)

    assert "tick the boxes of the rows first" in response.content.decode()


def test_an_auditor_sees_the_list_and_no_way_to_change_it(desk):
    client = desk(Role.AUDITOR)

    page = client.get(_address("rasht2025", "party")).content.decode()
    refused = client.post(_address("rasht2025", "party") + "many/", {"thing": ["gilan"], "act": "remove"})

    assert "many/" not in page
    assert "/add/" not in page
    assert refused.status_code == 403


def test_an_empty_list_says_what_it_is_for_and_how_to_begin(desk, summits):
    Source.objects.filter(edition=summits["atlantic2027"]).delete()

    page = desk(edition="atlantic2027").get(_address("atlantic2027", "source")).content.decode()

    assert "Nothing here yet" in page
    assert "/desk/atlantic2027/sources/add/" in page
