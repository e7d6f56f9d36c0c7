"""The edition itself, its rules for bilaterals and its languages: seen, changed by two people, put back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.accounts.rules import STAFF, Role
from ejlas.core.audit.models import Line
from ejlas.core.index import queries as index
from ejlas.core.index.rules import WordingState
from ejlas.forum.models import Edition
from tests.factories.pages import form_data
from tests.factories.summits import SUMMITS
from tests.marks import FORMS, PERMISSIONS

PAGES = ("edition/", "edition/history/", "edition/bilaterals/", "languages/", "languages/history/")
CHANGES = ("edition/change/", "edition/bilaterals/change/", "languages/change/")


def _edition(slug: str = "rasht2025") -> Edition:
    return Edition.objects.get(slug=slug)


def _sent(client, page: str, **changed) -> dict:
    """Return what a browser would send back of a form that it opened, some fields changed."""
    return {**form_data(client.get(f"/desk/rasht2025/{page}").content.decode()), **changed}


@pytest.mark.parametrize("slug", SUMMITS)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_edition_opens(page, slug, desk):
    for language in ("en", "fa"):
        response = desk(edition=slug, language=language).get(f"/desk/{slug}/{page}")

        assert response.status_code == 200, page


@PERMISSIONS
@pytest.mark.parametrize("role", list(Role))
def test_the_staff_of_the_desk_sees_the_edition_and_nobody_else(role, desk):
    here, elsewhere = desk(role), desk(role, edition="atlantic2027", party="porto")

    seen = {page: here.get(f"/desk/rasht2025/{page}").status_code for page in PAGES}
    refused = {page: elsewhere.get(f"/desk/rasht2025/{page}").status_code for page in PAGES}

    assert seen == dict.fromkeys(PAGES, 200 if role in STAFF else 403)
    assert refused == dict.fromkeys(PAGES, 403)


@PERMISSIONS
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEAD])
def test_only_the_head_changes_the_edition(role, desk):
    client = desk(role)

    opened = {page: client.get(f"/desk/rasht2025/{page}").status_code for page in CHANGES}
    sent = {page: client.post(f"/desk/rasht2025/{page}", {}).status_code for page in CHANGES}

    assert opened == sent == dict.fromkeys(CHANGES, 403)
    assert _edition().revision == 1


@pytest.mark.parametrize("slug", SUMMITS)
@pytest.mark.parametrize("page", CHANGES)
def test_a_form_sent_back_as_it_came_changes_nothing(page, slug, desk):
    client = desk(edition=slug)
    sent = form_data(client.get(f"/desk/{slug}/{page}").content.decode())

    response = client.post(f"/desk/{slug}/{page}", sent)

    assert response.status_code == 302, response.context["form"].errors
    assert _edition(slug).revision == 1


def test_a_change_of_the_edition_is_in_its_history_and_can_be_put_back(desk):
    client = desk()

    saved = client.post("/desk/rasht2025/edition/change/", _sent(client, "edition/change/", **{"motto-en": "One sea"}))
    line = Line.objects.filter(event="forum.edition.changed").latest("number")
    history = client.get("/desk/rasht2025/edition/history/").content.decode()
    back = client.post("/desk/rasht2025/put-back/", {"line": line.number})

    assert (saved.status_code, saved.headers["location"]) == (302, "/desk/rasht2025/edition/")
    assert (line.scope, line.subject_kind, line.subject) == ("rasht2025", "edition", "rasht2025")
    assert "One sea" in history
    assert back.status_code == 302
    assert _edition().motto.values.get("en") != "One sea"


def test_the_address_of_an_edition_stays(desk):
    client = desk()

    client.post("/desk/rasht2025/edition/change/", _sent(client, "edition/change/", slug="anzali2026", number="4"))

    assert _edition().number == 4


def test_a_solar_hijri_date_is_read_and_the_opening_stays_on_the_clocks_of_the_place(desk):
    fields = {"starts_on": "۱۴۰۵/۰۱/۱۰", "ends_on": "1405/01/12", "opens_at": "1405/01/10 09:30"}
    fields |= {"timezone": "Asia/Baku", "country": "AZ"}

    client = desk(language="fa")

    response = client.post("/desk/rasht2025/edition/change/", _sent(client, "edition/change/", **fields))

    edition = _edition()
    assert response.status_code == 302
    assert (edition.starts_on.isoformat(), edition.ends_on.isoformat()) == ("2026-03-30", "2026-04-01")
    assert edition.opens_at.astimezone(edition.zone).isoformat() == "2026-03-30T09:30:00+04:00"


def test_two_people_change_different_fields_and_both_stand(desk):
    first, second = desk(name="Nilufar Rad"), desk(name="Parviz Omid")
    early = _sent(first, "edition/change/", **{"motto-en": "One sea"})
    late = _sent(second, "edition/change/", main_colour="#123456", accent="#e0a526")

    one = first.post("/desk/rasht2025/edition/change/", early)
    two = second.post("/desk/rasht2025/edition/change/", late, follow=True)

    edition = _edition()
    assert (one.status_code, two.status_code) == (302, 200)
    assert "both changes are kept" in two.content.decode()
    assert (edition.motto.values["en"], edition.colours) == ("One sea", ["#123456", "#e0a526"])


@pytest.mark.parametrize(
    ("page", "field", "mine", "theirs"),
    [
        ("edition/change/", "motto-en", "My motto", "Their motto"),
        ("edition/change/", "main_colour", "#111111", "#222222"),
        ("edition/change/", "aims.0.aim-en", "My aim", "Their aim"),
        ("edition/bilaterals/change/", "daily_cap", "7", "9"),
    ],
)
def test_two_people_change_one_field_and_the_second_sees_both(page, field, mine, theirs, desk):
    first, second = desk(name="Nilufar Rad"), desk(name="Parviz Omid")
    one, two = _sent(first, page, **{field: theirs}), _sent(second, page, **{field: mine})

    first.post(f"/desk/rasht2025/{page}", one)
    response = second.post(f"/desk/rasht2025/{page}", two)

    text = response.content.decode()
    assert response.status_code == 409
    assert "Nilufar Rad" in text
    assert mine in text
    assert theirs in text
    assert _edition().revision == 2


def test_two_people_change_two_rules_and_both_stand(desk):
    page = "edition/bilaterals/change/"
    client = desk()
    one, two = _sent(client, page, daily_cap="5"), _sent(client, page, grid_min="10")

    client.post(f"/desk/rasht2025/{page}", one)
    client.post(f"/desk/rasht2025/{page}", two)

    rules = _edition().settings["bilaterals"]
    assert (rules["daily_cap"], rules["grid_min"]) == (5, 10)


def test_hours_are_shown_and_read_in_the_digits_of_the_reader(desk):
    client, page = desk(language="fa"), "edition/bilaterals/change/"
    data = _sent(client, page)

    client.post(f"/desk/rasht2025/{page}", data | {"opens": "۰۹:۳۰", "relay": "on", "row_min": "120"})

    rules = _edition().settings["bilaterals"]
    assert (data["opens"], data["closes"]) == (["۰۸:۰۰"], ["۲۰:۰۰"])
    assert _sent(desk(), page)["opens"] == ["09:30"]
    assert (rules["opens"], rules["closes"]) == ("09:30:00", "20:00:00")
    assert (rules["relay"], rules["by_rank"], rules["row_min"]) == (True, False, 120)


@FORMS
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("opens", "21:00", "The end does not come after the start"),
        ("opens", "late", "Enter a valid time"),
        ("starts_on", "2025-12-01", "or in the week before or after it"),
        ("ends_on", "2025-11-31", "This day does not exist"),
        ("grid_min", "4", "greater than or equal to 5"),
        ("grid_min", "61", "less than or equal to 60"),
        ("turnaround_min", "121", "less than or equal to 120"),
        ("buffer_min", "-1", "greater than or equal to 0"),
        ("daily_cap", "0", "greater than or equal to 1"),
        ("rest_min", "241", "less than or equal to 240"),
        ("wait_min", "x", "Enter a whole number"),
        ("travel_min", "241", "less than or equal to 240"),
        ("row_min", "-1", "greater than or equal to 0"),
        ("pause_min", "4", "greater than or equal to 5"),
    ],
)
def test_a_rule_says_what_is_wrong(field, value, sentence, desk):
    client, page = desk(), "edition/bilaterals/change/"

    response = client.post(f"/desk/rasht2025/{page}", _sent(client, page, **{field: value}))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert _edition().revision == 1


def test_the_history_names_the_rules_one_by_one(desk):
    client, page = desk(), "edition/bilaterals/change/"

    client.post(f"/desk/rasht2025/{page}", _sent(client, page, daily_cap="5"))

    changes = client.get("/desk/rasht2025/edition/history/").context["lines"][0].changes
    assert [(str(label), after) for label, _before, after in changes] == [
        ("Most bilaterals of a delegation in a day", "5")
    ]


def test_the_languages_say_how_much_is_worded_in_each(desk):
    page = desk().get("/desk/rasht2025/languages/")

    counts = index.wording_counts("rasht2025")
    assert [each["code"] for each in page.context["coverage"]] == _edition().languages
    assert {each["code"]: each["present"] for each in page.context["coverage"]} == {
        code: states[WordingState.PRESENT] for code, states in counts.items()
    }
    assert "translations/?language=tk&amp;state=present" in page.content.decode()
    assert "translations/?language=tk&amp;state=missing" not in page.content.decode()


def test_a_language_that_goes_is_named_first_with_what_it_hides(desk):
    client, page = desk(), "/desk/rasht2025/languages/change/"
    kept = [code for code in _edition().languages if code != "kk"]
    n_hidden = sum(n for state, n in index.wording_counts("rasht2025")["kk"].items() if state != WordingState.MISSING)

    asked = client.post(page, {"languages": kept, "fallback_languages": ["en"], "revision": "1"})
    kept_then = _edition().languages
    client.post(page, {"languages": kept, "fallback_languages": ["en"], "revision": "1", "sure": "1"})

    assert asked.status_code == 200
    assert [(each["name"], each["n"]) for each in asked.context["gone"]] == [("Kazakh", n_hidden)]
    assert "kk" in kept_then
    assert _edition().languages == kept
    assert "kk" not in index.wording_counts("rasht2025")
    assert index.wanted("rasht2025").languages == tuple(kept)


def test_a_new_language_wants_every_text(desk):
    spoken = [*_edition().languages, "tr"]

    desk().post(
        "/desk/rasht2025/languages/change/",
        {"languages": spoken, "other": "glk", "fallback_languages": ["en"], "revision": "1"},
    )

    counts = index.wording_counts("rasht2025")
    assert _edition().languages == [*spoken, "glk"]
    assert counts["tr"][WordingState.MISSING] == counts["glk"][WordingState.MISSING] == sum(counts["en"].values())


@FORMS
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"languages": []}, "required"),
        ({"languages": ["fa", "fa"]}, "in one place only"),
        ({"languages": ["fa"], "other": "no language"}, "“no language” is no code of a language"),
        ({"languages": ["fa"], "fallback_languages": ["qqqqqq"]}, "is not one of the choices"),
    ],
)
def test_the_languages_say_what_is_wrong(fields, sentence, desk):
    response = desk().post("/desk/rasht2025/languages/change/", {**fields, "revision": "1", "sure": "1"})

    assert response.status_code == 422
    assert sentence in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_edition_costs_few_queries(page, desk):
    client = desk()
    client.get(f"/desk/rasht2025/{page}")

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/desk/rasht2025/{page}")

    assert len(queries) <= 12


def test_a_head_of_one_edition_adds_no_other(desk):
    client = desk(Role.HEAD)

    assert client.get("/desk/new/").status_code == 403
    assert client.get("/desk/").status_code == 302
