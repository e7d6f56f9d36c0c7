"""Passwords, codes, recovery codes, sign-ins elsewhere, a new address: each asks first who it is, and tells by mail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from ejlas.accounts import operations, queries
from ejlas.accounts.rules import Role, device_of
from ejlas.core import secrets
from tests.factories.people import PASSWORD, browser_of, person, visitor

pytestmark = pytest.mark.django_db

NEW = "another four quiet words"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1"


def _code(secret, *, step=0):
    """Return the code of an app, as RFC 6238 makes it."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def _confirm(client, path):
    asked = client.get(path)
    assert "/reauthenticate/" in asked.url, asked.url
    client.post(asked.url, {"password": PASSWORD})


def _with_app(client):
    """Set up an app for codes; return its secret."""
    _confirm(client, "/account/protection/app/add/")
    page = client.get("/account/protection/app/add/").content.decode()
    secret = re.search(r'class="secret" dir="ltr">(\w+)<', page).group(1)
    answer = client.post("/account/protection/app/add/", {"code": _code(secret)})
    assert answer.status_code == 302
    return secret


# --- Codes of an app ---


def test_sensitive_pages_ask_for_the_password_again():
    client = browser_of(person())
    paths = ["app/add/", "passkeys/add/", "codes/new/"]

    answers = [client.get(f"/account/protection/{path}") for path in paths]

    assert all(answer.url.startswith("/account/reauthenticate/?next=") for answer in answers)


def test_wrong_password_when_asked_again_is_refused_in_words():
    client = browser_of(person())

    page = client.post("/account/reauthenticate/", {"password": "wrong"}).content.decode()

    assert "This is not your password." in page


def test_app_is_set_up_with_a_picture_and_the_key_in_words_then_asked_for_at_sign_in(posted):
    user = person(Role.GATE)
    client = browser_of(user)

    with posted() as mails:
        secret = _with_app(client)
    fresh = visitor()
    answer = fresh.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert answer.url == "/account/protection/authenticate/"
    assert fresh.get("/gate/").status_code == 302

    wrong = fresh.post(answer.url, {"code": "000000"})
    right = fresh.post(answer.url, {"code": _code(secret, step=1)})

    assert "This code does not hold." in wrong.content.decode()
    assert right.url == "/gate/"
    assert [mail.subject for mail in mails] == ["Your sign-in was changed"] * len(mails)
    assert mails


def test_picture_of_the_key_is_drawn_by_us():
    client = browser_of(person())
    _confirm(client, "/account/protection/app/add/")

    page = client.get("/account/protection/app/add/").content.decode()

    assert 'src="data:image/svg+xml;base64,' in page


def test_code_may_be_typed_in_persian_digits_and_groups():
    user = person(Role.GATE, language="fa")
    secret = _with_app(browser_of(user))
    fresh = visitor()
    asked = fresh.post("/account/login/", {"login": user.email, "password": PASSWORD}).url
    code = _code(secret, step=1)
    persian = "".join(chr(0x06F0 + int(digit)) for digit in code)

    answer = fresh.post(asked, {"code": f"{persian[:3]} {persian[3:]}"})

    assert answer.url == "/gate/"


def test_code_works_once():
    user = person(Role.GATE)
    secret = _with_app(browser_of(user))
    code = _code(secret, step=1)
    answers = []

    for _number in range(2):
        fresh = visitor()
        asked = fresh.post("/account/login/", {"login": user.email, "password": PASSWORD}).url
        answers.append(fresh.post(asked, {"code": code}).status_code)

    assert answers == [302, 200]


def test_recovery_code_stands_in_once_and_the_list_can_be_saved():
    user = person(Role.GATE)
    client = browser_of(user)
    _with_app(client)
    codes = re.findall(r"<li>(\d+)</li>", client.get("/account/protection/codes/").content.decode())
    saved = client.get("/account/protection/codes/file/")
    answers = []

    for _number in range(2):
        fresh = visitor()
        asked = fresh.post("/account/login/", {"login": user.email, "password": PASSWORD}).url
        answers.append(fresh.post(asked, {"code": codes[0]}).status_code)

    assert len(codes) == 10
    assert saved.content.decode().split() == codes
    assert "attachment" in saved.headers["Content-Disposition"]
    assert answers == [302, 200]


def test_recovery_codes_are_shown_only_after_asking_again():
    user = person()
    _with_app(browser_of(user))
    stolen = visitor()
    stolen.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    answers = [stolen.get(f"/account/protection/codes/{path}") for path in ("", "file/", "new/")]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert all("/reauthenticate/" in answer.url for answer in answers)


def test_app_can_be_taken_away_again():
    client = browser_of(person())
    _with_app(client)

    client.post("/account/protection/app/remove/")

    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_secrets_of_apps_stand_encrypted_and_outlive_a_change_of_keys(settings):
    user = person(Role.GATE)
    secret = _with_app(browser_of(user))
    old = settings.FIELD_KEYS
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))

    settings.FIELD_KEYS = [secrets.new_key(), *old]
    assert operations.renew_factor_secrets() == 2
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]

    fresh = visitor()
    asked = fresh.post("/account/login/", {"login": user.email, "password": PASSWORD}).url
    assert fresh.post(asked, {"code": _code(secret, step=1)}).url == "/gate/"


# --- Passwords ---


def test_change_of_the_password_ends_every_other_sign_in_and_is_told_by_mail(posted):
    user = person(Role.GATE)
    here, elsewhere = browser_of(user, agent=FIREFOX), browser_of(user)

    with posted() as mails:
        form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        answer = here.post("/account/password/", form)

    assert answer.url == "/account/"
    assert "The password is changed. You are signed out everywhere else." in here.get("/account/").content.decode()
    assert here.get("/gate/").status_code == 200
    assert elsewhere.get("/gate/").status_code == 302
    assert [(mail.to, mail.subject) for mail in mails] == [([user.email], "Your password was changed")]
    assert "It was done in Firefox on Linux." in mails[0].body


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"oldpassword": "wrong", "password1": NEW, "password2": NEW}, "This is not your present password."),
        (
            {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW + "x"},
            "You must type the same password each time.",
        ),
        ({"oldpassword": PASSWORD, "password1": "short", "password2": "short"}, "This password is too short."),
        ({"oldpassword": "", "password1": NEW, "password2": NEW}, "This field is required."),
    ],
)
def test_password_that_cannot_be_changed_says_why_beside_the_field(form, sentence):
    page = browser_of(person()).post("/account/password/", form).content.decode()

    assert sentence in page
    assert page.count('aria-invalid="true"') == 1
    assert NEW not in page


def test_new_password_by_mail(posted):
    user = person(Role.GATE, language="ru")
    elsewhere, client = browser_of(user), visitor()

    with posted() as mails:
        answer = client.post("/account/password/reset/", {"email": user.email})
    link = re.search(r"http://localhost(/account/password/reset/\S+)", mails[0].body).group(1)
    form = client.get(link).url
    client.post(form, {"password1": NEW, "password2": NEW})

    assert answer.url == "/account/password/reset/sent/"
    assert mails[0].extra_headers["Content-Language"] == "ru"
    assert elsewhere.get("/gate/").status_code == 302
    assert client.post("/account/login/", {"login": user.email, "password": NEW}).url == "/gate/"
    assert "This link does not hold any more" in visitor().get(link).content.decode()


def test_link_for_a_new_password_holds_for_hours_only(posted, settings):
    client, user = visitor(), person()
    with posted() as mails:
        client.post("/account/password/reset/", {"email": user.email})
    link = re.search(r"http://localhost(/account/password/reset/\S+)", mails[0].body).group(1)

    settings.PASSWORD_RESET_TIMEOUT = -1

    assert "This link does not hold any more" in client.get(link).content.decode()


def test_stranger_learns_nothing_and_nobody_is_written_to(posted):
    with posted() as mails:
        answer = visitor().post("/account/password/reset/", {"email": "nobody@example.org"})

    assert answer.url == "/account/password/reset/sent/"
    assert mails == []


def test_setting_a_first_password_asks_again_who_has_another_way_to_say():
    user = person(password=None)
    client = visitor()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secrets.encrypt("A" * 32)})

    answer = client.post("/account/password/set/", {"password1": NEW, "password2": NEW})

    user.refresh_from_db()
    assert answer.url.startswith("/account/protection/reauthenticate/")
    assert not user.has_usable_password()


# --- A new address ---


def test_address_changes_when_its_owner_confirms_and_the_old_one_is_told(posted):
    user = person(Role.GATE)
    client = browser_of(user)
    old = user.email
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/email/"})

    with posted() as mails:
        client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    assert [mail.to for mail in mails] == [["new@example.org"]]
    user.refresh_from_db()
    assert user.email == old
    assert "A link was sent to <bdi>new@example.org</bdi>." in client.get("/account/email/").content.decode()

    link = re.search(r"http://localhost(/account/email/confirm/\S+)", mails[0].body).group(1)
    assert client.get(link).status_code == 200
    with posted() as told:
        client.post(link)

    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert [mail.to for mail in told] == [[old]]
    assert "new@example.org" in told[0].body
    assert visitor().post("/account/login/", {"login": "new@example.org", "password": PASSWORD}).url == "/gate/"


def test_address_of_another_account_is_neither_taken_nor_betrayed(posted):
    other, user = person(), person()
    client = browser_of(user)
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/email/"})

    with posted() as mails:
        client.post("/account/email/", {"email": other.email, "action_add": "1"})
    link = [re.search(r"http://localhost(/account/email/confirm/\S+)", mail.body) for mail in mails]
    for found in filter(None, link):
        client.post(found.group(1))

    user.refresh_from_db()
    assert user.email != other.email


def test_change_of_the_address_asks_for_the_password_again():
    client = browser_of(person())

    answer = client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})

    assert answer.url.startswith("/account/reauthenticate/")


# --- Sign-ins elsewhere ---


def test_sign_ins_are_listed_with_the_device_in_words():
    user = person()
    browser_of(user, agent=PHONE)

    page = browser_of(user, agent=FIREFOX).get("/account/sign-ins/").content.decode()

    assert re.findall(r"<strong>([^<]+)</strong>", page) == ["Firefox on Linux", "Safari on iPhone"]
    assert page.count("This one") == 1
    assert page.count("Sign out there") == 1


def test_one_stolen_session_is_ended_at_once():
    user = person(Role.GATE)
    stolen, other, here = browser_of(user, agent=PHONE), browser_of(user), browser_of(user)
    key = next(one.key for one in queries.sign_ins_of(user, current="") if one.system == "iPhone")

    here.post(f"/account/sign-ins/{key}/end/")

    assert [client.get("/gate/").status_code for client in (stolen, other, here)] == [302, 200, 200]


def test_all_others_are_ended_at_once():
    user = person(Role.GATE)
    stolen, other, here = browser_of(user), browser_of(user), browser_of(user)

    here.post("/account/sign-ins/end/")

    assert [client.get("/gate/").status_code for client in (stolen, other, here)] == [302, 302, 200]


def test_nobody_ends_the_sign_in_of_another():
    victim = person(Role.GATE)
    theirs = browser_of(victim)
    key = queries.sign_ins_of(victim, current="")[0].key

    browser_of(person()).post(f"/account/sign-ins/{key}/end/")

    assert theirs.get("/gate/").status_code == 200


def test_ending_sign_ins_by_a_link_is_not_possible():
    assert browser_of(person()).get("/account/sign-ins/end/").status_code == 405


def test_use_of_a_sign_in_is_noted_now_and_then(monkeypatch):
    user = person()
    client = browser_of(user)
    later = timezone.now() + timedelta(hours=2)

    monkeypatch.setattr(timezone, "now", lambda: later)
    client.get("/account/")

    assert queries.sign_ins_of(user, current="")[0].last_seen_at == later


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        (PHONE, ("Safari", "iPhone")),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537 Chrome/140.0 Safari/537 Edg/140.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/140.0 Mobile Safari/537", ("Chrome", "Android")),
        ("curl/8.0", ("", "")),
        ("", ("", "")),
    ],
)
def test_device_in_words(agent, device):
    assert device_of(agent) == device
