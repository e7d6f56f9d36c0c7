"""From an empty installation to a published edition, through the pages alone."""

from __future__ import annotations

import pytest
from django.test import Client

from ejlas.accounts.rules import Role
from ejlas.core.index import queries as index
from ejlas.forum.models import Edition, Forum
from tests.factories.people import person
from tests.marks import FORMS, PERMISSIONS

FORUM = {"slug": "caspian-regions", "name-en": "Meeting of Caspian Regions", "name-fa": "مجمع استان‌های خزر"}
EDITION = {
    "slug": "anzali2026",
    "number": "1",
    "name-fa": "اجلاس نخست",
    "name-ru": "Первый саммит",
    "starts_on": "1405/02/10",
    "ends_on": "۱۴۰۵/۰۲/۱۲",
    "opens_at": "1405/02/10 09:30",
    "timezone": "Asia/Tehran",
    "city-fa": "انزلی",
    "country": "ir",
    "calendars": ["solar_hijri", "gregorian"],
    "host_office-fa": "استاندار گیلان",
    "aims.0.aim-fa": "دریای پاک",
    "main_colour": "#0b3d5c",
}
LANGUAGES = "?forum=caspian-regions&languages=fa&languages=ru&languages=&fallback_languages=ru"


@pytest.fixture
def secretary(db) -> Client:
    """The browser of the first person of an empty installation."""
    return _browser(person(Role.HEAD, edition="", language="fa"))


def _browser(user) -> Client:
    client = Client(headers={"host": "localhost", "accept-language": "en"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.user = user
    return client


def test_an_empty_desk_says_what_to_do_first(secretary):
    page = secretary.get("/desk/")

    assert page.status_code == 200
    assert "/desk/forums/new/" in page.content.decode()
    assert "ejlas load FILE" in page.content.decode()
    assert secretary.get("/desk/new/").headers["location"] == "/desk/forums/new/"


def test_from_empty_to_published_through_the_pages(secretary):
    assert secretary.post("/desk/forums/new/", FORUM).headers["location"] == "/desk/"
    assert "/desk/new/" in secretary.get("/desk/").content.decode()
    second_step = secretary.get("/desk/new/" + LANGUAGES).content.decode()
    assert 'name="name-ru"' in second_step
    assert 'name="name-kk"' not in second_step

    added = secretary.post("/desk/new/" + LANGUAGES, EDITION)
    party = {
        "name-fa": "گیلان",
        "kind": "region",
        "role": "host",
        "country": "IR",
        "iso": "IR-01",
        "head_attendance": "expected",
        "rank_class": "1",
        "confidence": "medium",
        "languages": ["fa"],
    }
    assert secretary.post("/desk/anzali2026/parties/add/", party).status_code == 302
    page = secretary.get("/desk/anzali2026/publish/")
    published = secretary.post("/desk/anzali2026/publish/", {"seen": page.context["coming"].digest, "note": "First"})

    edition = Edition.objects.get(slug="anzali2026")
    assert added.headers["location"] == "/desk/anzali2026/edition/"
    assert (edition.starts_on.isoformat(), edition.ends_on.isoformat()) == ("2026-04-30", "2026-05-02")
    assert edition.opens_at.astimezone(edition.zone).isoformat() == "2026-04-30T09:30:00+03:30"
    assert (edition.languages, edition.fallback_languages) == (["fa", "ru"], ["ru"])
    assert (edition.country, edition.colours, edition.aims) == ("IR", ["#0b3d5c"], [{"fa": "دریای پاک"}])
    assert edition.settings["bilaterals"]["grid_min"] == 15
    assert index.wanted("anzali2026").languages == ("fa", "ru")
    assert published.status_code == 302
    assert secretary.get("/fa/anzali2026/").status_code == 200


@PERMISSIONS
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEAD])
def test_only_who_may_enter_every_edition_adds_one(role, summits):
    Forum.objects.create(slug="caspian-regions")
    addresses = ("/desk/new/", "/desk/forums/new/", "/desk/forums/caspian-regions/")
    client = _browser(person(role, edition="" if role is Role.AUDITOR else "rasht2025"))

    opened = {address: client.get(address).status_code for address in addresses}
    sent = {address: client.post(address, FORUM).status_code for address in addresses}

    assert opened == sent == dict.fromkeys(addresses, 403)


def test_nobody_is_led_to_the_sign_in(db):
    response = Client(headers={"host": "localhost"}).get("/desk/new/")

    assert response.headers["location"].startswith("/account/login/")


@FORMS
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("slug", "desk", "“desk” is an address of the system"),
        ("slug", "fa", "“fa” is an address of the system or looks like a language"),
        ("slug", "Rasht 2026", "Write small Latin letters"),
        ("slug", "anzali2025", "Another edition has this short name already"),
        ("number", "0", "from 1 to 9999"),
        ("number", "99999999999999999999", "from 1 to 9999"),
        ("number", "7", "Meeting 7 of this series is there already"),
        ("starts_on", "1405/13/01", "This day does not exist in its calendar"),
        ("starts_on", "soon", "Write a day as year-month-day"),
        ("ends_on", "1405/02/09", "The last day does not come before the first"),
        ("ends_on", "1405/04/09", "lasts 31 days at most"),
        ("opens_at", "1405/02/13 09:30", "The opening is on a day of the edition"),
        ("opens_at", "1405/02/10 29:30", "Write a day and a time"),
        ("timezone", "Asia/Rasht", "There is no time zone “Asia/Rasht”"),
        ("country", "XX", "ISO 3166-1 has no state XX"),
        ("name-fa", "", "Write it in at least one language"),
        ("city-fa", "", "Write it in at least one language"),
        ("host_office-fa", "", "Write it in at least one language"),
        ("calendars", [], "This field is required"),
        ("main_colour", "blue", "Write # and six of the signs"),
        ("accent", "#00000", "Write # and six of the signs"),
        ("main_colour", "", "Choose the main colour too"),
        ("name-fa", "ا" * 20_001, "longer than 20000 characters"),
    ],
)
def test_each_field_says_what_is_wrong(field, value, sentence, secretary):
    secretary.user.language = "en"
    secretary.user.save()
    forum = Forum.objects.create(slug="caspian-regions")
    other = {"starts_on": "2025-01-01", "ends_on": "2025-01-02", "timezone": "Asia/Tehran", "languages": ["fa"]}
    Edition.objects.create(forum=forum, slug="anzali2025", number=7, **other)
    sent = {**EDITION, "accent": "#e0a526", "name-ru": "", field: value}

    response = secretary.post("/desk/new/" + LANGUAGES, sent)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Edition.objects.filter(slug="anzali2026").exists()


@FORMS
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?forum=caspian-regions&languages=", "required"),
        ("?forum=other&languages=fa", "not one of the available choices"),
        ("?forum=caspian-regions&languages=fa&languages=fa", "in one place only"),
        ("?forum=caspian-regions&languages=zz-none", "is not one of the choices"),
    ],
)
def test_the_first_step_says_what_is_wrong(query, sentence, secretary):
    secretary.user.language = "en"
    secretary.user.save()
    Forum.objects.create(slug="caspian-regions")

    response = secretary.get("/desk/new/" + query)

    assert response.status_code == 422
    assert sentence in response.content.decode()


@FORMS
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("slug", "Caspian", "Write small Latin letters"),
        ("slug", "-caspian", "Write small Latin letters"),
        ("slug", "caspian regions", "Write small Latin letters"),
        ("name-en", "", "Write it in at least one language"),
    ],
)
def test_a_series_says_what_is_wrong(field, value, sentence, secretary):
    secretary.user.language = "en"
    secretary.user.save()

    response = secretary.post("/desk/forums/new/", {**FORUM, "name-fa": "", field: value})

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_two_people_change_a_series_and_nothing_is_lost(secretary):
    secretary.post("/desk/forums/new/", FORUM)
    first = {"name-en": "Caspian Regions", "name-fa": FORUM["name-fa"], "revision": "1"}
    other_field = {**FORUM, "description-en": "What it is", "revision": "1"}
    same_field = {**FORUM, "name-en": "Another name", "revision": "1"}

    one = secretary.post("/desk/forums/caspian-regions/", first)
    two = secretary.post("/desk/forums/caspian-regions/", other_field)
    three = secretary.post("/desk/forums/caspian-regions/", same_field)

    forum = Forum.objects.get()
    assert (one.status_code, two.status_code, three.status_code) == (302, 302, 409)
    assert (forum.name.values["en"], forum.description.values["en"]) == ("Caspian Regions", "What it is")
    assert "Another name" in three.content.decode()
    assert "Caspian Regions" in three.content.decode()
