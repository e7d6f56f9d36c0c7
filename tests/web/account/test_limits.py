"""Limits against guessing: whom they stop, whom they leave alone, and what the person reads."""

from __future__ import annotations

import time

import pytest

from tests.factories.people import PASSWORD, person, visitor

pytestmark = pytest.mark.django_db


def _try(email, password, *, address="192.0.2.1"):
    return visitor(REMOTE_ADDR=address).post("/account/login/", {"login": email, "password": password})


def test_five_wrong_passwords_close_the_account_for_minutes_and_say_so():
    user = person()
    for number in range(5):
        _try(user.email, "wrong", address=f"192.0.2.{number}")

    page = _try(user.email, PASSWORD, address="192.0.2.99").content.decode()

    assert "Too many wrong attempts. Sign-in by password opens again in 5 minutes." in page
    assert "A passkey works meanwhile, and so does a new password by e-mail." in page


def test_closed_account_opens_again_when_it_was_said(monkeypatch):
    user = person()
    for _number in range(5):
        _try(user.email, "wrong")
    now = time.time()

    monkeypatch.setattr(time, "time", lambda: now + 241)
    early = _try(user.email, PASSWORD)
    monkeypatch.setattr(time, "time", lambda: now + 301)
    late = _try(user.email, PASSWORD)

    assert "opens again in 1 minute." in early.content.decode()
    assert late.status_code == 302


def test_limit_of_an_unknown_address_reads_the_same():
    pages = []
    for email in (person().email, "nobody@example.org"):
        for _number in range(5):
            _try(email, "wrong", address=f"192.0.2.{len(pages)}")
        pages.append(_try(email, "wrong", address="192.0.2.50").content.decode())

    assert all("Too many wrong attempts." in page for page in pages)


def test_many_accounts_tried_from_one_address_close_that_address_alone():
    for number in range(30):
        _try(f"person{number}@nowhere.example.org", "wrong", address="192.0.2.7")
    user = person()

    guesser = _try(user.email, PASSWORD, address="192.0.2.7").content.decode()
    owner = _try(user.email, PASSWORD, address="192.0.2.8")

    assert "opens again in 1 minute." in guesser
    assert owner.status_code == 302


def test_right_passwords_count_for_nothing():
    user = person()

    answers = [_try(user.email, PASSWORD).status_code for _number in range(12)]

    assert answers == [302] * 12


def test_page_asked_too_often_says_how_long_to_wait():
    for _number in range(20):
        visitor().post("/account/password/reset/", {"email": f"p{_number}@example.org"})

    answer = visitor().post("/account/password/reset/", {"email": "other@example.org"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Wait one minute, then go back and try again." in answer.content.decode()


def test_limit_page_speaks_the_visitors_language_and_is_a_page():
    for _number in range(21):
        answer = visitor(language="fa").post("/account/password/reset/", {"email": f"p{_number}@example.org"})

    assert answer.status_code == 429
    assert '<html lang="fa" dir="rtl">' in answer.content.decode()


def test_new_password_by_mail_opens_a_closed_account(posted):
    user = person()
    for _number in range(5):
        _try(user.email, "wrong")

    client = visitor()
    with posted() as mails:
        client.post("/account/password/reset/", {"email": user.email})
    link = next(word for word in mails[0].body.split() if "/password/reset/" in word)
    form = client.get(link).url
    client.post(form, {"password1": "another four quiet words", "password2": "another four quiet words"})

    assert _try(user.email, "another four quiet words").status_code == 302
