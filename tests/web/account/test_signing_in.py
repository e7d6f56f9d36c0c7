"""Signing in and out: where it leads, what it refuses, and what a stranger learns of it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.accounts import operations, queries
from ejlas.accounts.models import User
from ejlas.accounts.rules import Role
from tests.factories.people import AT, PASSWORD, browser_of, person, visitor

pytestmark = pytest.mark.django_db

MISMATCH = "The e-mail address and the password do not belong together."


@pytest.mark.parametrize("door", ["/portal/", "/gate/", "/press/", "/account/"])
def test_door_leads_to_sign_in_and_back(door):
    client = visitor()

    answer = client.get(door)

    assert (answer.status_code, answer.url) == (302, f"/account/login/?next={door}")
    assert f'name="next" value="{door}"' in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("roles", "home"),
    [
        ((Role.PROGRAMME_DESK,), "/desk/"),
        ((Role.DELEGATE,), "/portal/"),
        ((Role.GATE,), "/gate/"),
        ((Role.JOURNALIST,), "/press/"),
        ((Role.DELEGATE, Role.PROGRAMME_DESK), "/account/"),
        ((), "/account/"),
    ],
)
def test_sign_in_leads_to_the_door_of_the_roles(roles, home):
    user = person(*roles)

    answer = visitor().post("/account/login/", {"login": user.email.upper(), "password": PASSWORD})

    assert (answer.status_code, answer.url) == (302, home)


def test_several_doors_are_offered_on_the_page_of_the_account():
    client = browser_of(person(Role.DELEGATE, Role.PROGRAMME_DESK))

    page = client.get("/account/").content.decode()

    assert re.findall(r'<a href="(/\w+/)"><strong>', page) == ["/desk/", "/portal/"]


def test_who_has_no_role_is_told_whom_to_ask():
    page = browser_of(person()).get("/account/").content.decode()

    assert "You have no role at present. The secretariat gives roles; ask it." in page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example.org/",
        "//evil.example.org",
        "/\\evil.example.org",
        "javascript:alert(1)",
        "http://localhost/x",
    ],
)
def test_next_page_is_never_elsewhere(elsewhere):
    user = person(Role.GATE)

    answer = visitor().post("/account/login/", {"login": user.email, "password": PASSWORD, "next": elsewhere})
    chosen = visitor().post("/account/language/", {"language": "fa", "next": elsewhere})

    assert answer.url == "/gate/"
    assert chosen.url == "/account/"


def test_wrong_password_keeps_the_address_and_says_no_more_than_an_unknown_one():
    user = person()
    pages = []

    for email in (user.email, "nobody@example.org"):
        answer = visitor().post("/account/login/", {"login": email, "password": "wrong"})
        pages.append(re.sub(r'value="[^"]*"', "", answer.content.decode()))
        assert answer.status_code == 200
        assert f'value="{email}"' in answer.content.decode()

    assert pages[0] == pages[1]
    assert f"<li>{MISMATCH}</li>" in pages[0]


def test_account_of_the_system_cannot_sign_in():
    User.objects.filter(is_system=True).update(email="system@example.org")
    system = queries.system_account()
    system.set_password(PASSWORD)
    system.save()

    answer = visitor().post("/account/login/", {"login": "system@example.org", "password": PASSWORD})

    assert (answer.status_code, answer.url) == (302, "/account/inactive/")


def test_closed_account_is_shut_out_at_its_next_page():
    user = person(Role.GATE)
    client = browser_of(user)

    User.objects.filter(pk=user.pk).update(is_active=False)
    answer = client.get("/gate/")

    assert (answer.status_code, answer.url) == (302, "/account/login/?next=/gate/")


def test_role_withdrawn_closes_the_door_at_once():
    user = person(Role.GATE)
    client = browser_of(user)
    assert client.get("/gate/").status_code == 200

    grant = queries.grants_held_by(user, at=AT)[0]
    operations.withdraw_role(grant=grant, by=queries.system_account(), at=AT)

    assert client.get("/gate/").status_code == 403


def test_door_stays_shut_for_roles_of_other_doors():
    client = browser_of(person(Role.DELEGATE))

    assert [client.get(door).status_code for door in ("/gate/", "/press/")] == [403, 403]


def test_sign_out_asks_and_ends_the_session():
    client = browser_of(person(Role.GATE))

    assert client.get("/account/logout/").status_code == 200
    answer = client.post("/account/logout/")

    assert answer.url == "/account/login/"
    assert client.get("/gate/").status_code == 302


def test_form_of_another_site_is_refused_in_words():
    user = person()
    client = visitor(enforce_csrf_checks=True)

    answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD})

    assert answer.status_code == 403
    assert "This form is out of date" in answer.content.decode()
    assert "session" not in client.cookies


def test_pages_behind_the_sign_in_are_kept_by_nobody():
    answer = browser_of(person()).get("/account/")

    assert "no-store" in answer.headers["Cache-Control"]


def test_public_page_reads_no_session_even_of_one_who_is_signed_in():
    client = browser_of(person(Role.GATE))

    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/en/rasht2025/")

    asked = " ".join(query["sql"] for query in captured)
    assert "session" not in asked
    assert "accounts_user" not in asked
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.cookies == {}


def test_page_costs_few_queries():
    client = browser_of(person(Role.GATE))
    client.get("/account/")

    with CaptureQueriesContext(connection) as captured:
        client.get("/account/")

    assert len(captured) <= 8


# --- Language ---


def test_sign_in_speaks_the_browsers_language_then_the_chosen_one():
    client = visitor(language="ru")
    assert '<html lang="ru" dir="ltr">' in client.get("/account/login/").content.decode()

    answer = client.post("/account/language/", {"language": "fa", "next": "/account/login/?next=/gate/"})

    assert answer.url == "/account/login/?next=/gate/"
    assert '<html lang="fa" dir="rtl">' in client.get(answer.url).content.decode()


def test_person_is_spoken_to_in_his_language_whatever_the_browser_asks():
    client = browser_of(person(language="kk"), language="ru")

    assert '<html lang="kk"' in client.get("/account/").content.decode()


def test_choice_in_the_head_becomes_the_language_of_the_account():
    user = person(language="kk")

    browser_of(user).post("/account/language/", {"language": "az", "next": "/account/"})

    user.refresh_from_db()
    assert user.language == "az"


def test_language_that_is_none_is_not_taken():
    client = visitor()

    client.post("/account/language/", {"language": "xx", "next": "/account/login/"})

    assert "language" not in client.cookies


# --- Name ---

NAMES = [
    "نیلوفر راد",
    "Нилуфар Рад",
    "Nilufər Rad",
    "Nilufär Ýazberdiýewa",
    "Нілүфар Рад",
    "Nilufar O'Brien",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ settings.SECRET_KEY }}",
    "a" * 200,
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_kept_and_shown_as_words(name):
    user = person()
    client = browser_of(user)

    answer = client.post("/account/", {"name": f"  {name} ", "language": "en"})
    page = client.get("/account/").content.decode()

    user.refresh_from_db()
    assert answer.status_code == 302
    assert user.name == name
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_marks_that_turn_the_direction_are_taken_out_of_a_name():
    user = person()

    browser_of(user).post("/account/", {"name": "Rad\u202egnp.exe\u0007 \n N", "language": "en"})

    user.refresh_from_db()
    assert user.name == "Radgnp.exe N"


def test_name_too_long_is_refused_and_stays_in_the_form():
    client = browser_of(person())

    page = client.post("/account/", {"name": "b" * 201, "language": "en"}).content.decode()

    assert 'aria-invalid="true"' in page
    assert "b" * 201 in page
    assert 'href="#id_name"' in page
