"""Sign-in, its faults, its mails and its refusals speak each language: no sentence comes out in English."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone, translation

from ejlas.accounts import operations, queries
from ejlas.accounts.models import User
from ejlas.accounts.operations import Letter
from ejlas.accounts.rules import Role, RoleWanted
from ejlas.core.mail.composing import compose
from ejlas.web.account import sentences
from tests.catalogues import PACKAGE
from tests.factories.people import PASSWORD, person, visitor
from tests.marks import WORDS
from tests.web.account.conftest import forget_limits
from tests.web.test_words import _texts

OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
# What stands on a page in any language: names of people and things, an address, a secret, a code.
# A single word may be the same in two languages, also with the name of the system behind it in a title.
SAME = re.compile(r"[\d\W]*|\S+( · Ejlas)?|Firefox on Linux|[A-Z2-7]{32}")
MAILS = sorted(
    path.name.removesuffix(".subject.txt") for path in PACKAGE.glob("accounts/templates/mail/accounts/*.subject.txt")
)


def _sentences(texts):
    return {text for text in texts if not SAME.fullmatch(text)}


def _page(client, path, form=None):
    answer = client.post(path, form) if form is not None else client.get(path)
    assert answer.status_code in (200, 401, 403, 404, 410, 429), (path, answer.status_code, getattr(answer, "url", ""))
    return answer.content.decode()


def _strangers_pages(language):
    """Every page of one who is not signed in, with what each says to bad input."""
    client = visitor(language=language)
    forget_limits()
    pages = {
        "sign in": _page(client, "/account/login/"),
        "sign in, empty": _page(client, "/account/login/", {}),
        "sign in, no address": _page(client, "/account/login/", {"login": "x", "password": "y"}),
        "sign in, wrong": _page(client, "/account/login/", {"login": "x@example.org", "password": "y"}),
    }
    for _number in range(5):
        pages["sign in, too often"] = _page(client, "/account/login/", {"login": "x@example.org", "password": "y"})
    for path in ("inactive/", "password/reset/sent/", "password/reset/done/", "login/cancelled/", "login/error/"):
        pages[path] = _page(client, f"/account/{path}")
    pages["reset"] = _page(client, "/account/password/reset/")
    pages["reset, empty"] = _page(client, "/account/password/reset/", {"email": ""})
    pages["reset, dead"] = _page(client, "/account/password/reset/1-abc/")
    pages["confirm, dead"] = _page(client, "/account/email/confirm/abc/")
    pages["link, unknown"] = _page(client, "/account/link/abc/")
    for _number in range(21):
        answer = client.post("/account/password/reset/", {"email": f"p{_number}@example.org"})
    assert answer.status_code == 429
    pages["too often"] = answer.content.decode()
    refused = visitor(language=language, enforce_csrf_checks=True).post("/account/login/", {})
    assert refused.status_code == 403
    return {**pages, "forged": refused.content.decode()}


def _links_pages(language):
    """Every page of an invitation and of a link, open and dead."""
    at, by = timezone.now(), queries.system_account()
    tokens = []
    letter = Letter(address=lambda token: tokens.append(token) or "http://localhost/x", sign_in="http://localhost/y")
    ends = at + timedelta(days=40)
    roles = [RoleWanted(role, "rasht2025", "gilan", ends_at=ends) for role in Role]
    invited = operations.invite(
        email="new@example.org", name="Arezu", language=language, roles=roles, by=by, at=at,
        expires_at=at + timedelta(days=7), letter=letter,
    )  # fmt: skip
    link, client = f"/account/invitation/{tokens[0]}/", visitor(language=language)
    pages = {
        "invitation": _page(client, link),
        "invitation, empty": _page(client, link, {}),
        "invitation, short": _page(client, link, {"name": "n" * 201, "password": "short"}),
        "invitation, common": _page(client, link, {"name": "Arezu", "password": "qwerty123456"}),
        "invitation, like the name": _page(client, link, {"name": "Arezu", "password": "new@example.org"}),
    }
    operations.withdraw_invitation(invitation=invited.invitation, by=by, at=at)
    pages["invitation, withdrawn"] = _page(client, link)
    user = person(name="Arezu", language=language)
    for case, is_demo, age in (("old", False, 25), ("old demo", True, 25), ("open", False, 0)):
        made = at - timedelta(hours=age)
        token = operations.make_sign_in_link(
            user=user, by=by, at=made, expires_at=made + timedelta(hours=24), is_demo=is_demo
        )
        pages[f"link, {case}"] = _page(client, f"/account/link/{token}/")
    client.post(f"/account/link/{token}/")
    pages["link, used"] = _page(visitor(language=language), f"/account/link/{token}/")
    return pages


def _persons_pages(language):
    """Every page of one's own account, and of the doors."""
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    user = person(*(set(Role) - {Role.HEAD}), name="Arezu", language=language)
    client, other = visitor(language="en", HTTP_USER_AGENT=agent), visitor(language="en", HTTP_USER_AGENT=agent)
    for each in (client, other):
        each.post("/account/login/", {"login": user.email, "password": PASSWORD})
    paths = ["", "logout/", "email/", "email/sent/", "password/", "protection/", "protection/passkeys/", "sign-ins/"]
    pages = {path: _page(client, f"/account/{path}") for path in paths}
    pages["profile, empty"] = _page(client, "/account/", {"name": "", "language": "xx"})
    pages["password, wrong"] = _page(
        client, "/account/password/", {"oldpassword": "x", "password1": PASSWORD, "password2": "x"}
    )
    pages["asked again"] = _page(client, "/account/reauthenticate/")
    pages["asked again, wrong"] = _page(client, "/account/reauthenticate/", {"password": "x"})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    pages["address, same"] = _page(client, "/account/email/", {"email": user.email, "action_add": "1"})
    client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    pages["address, waiting"] = _page(client, "/account/email/")
    pages["app, wrong"] = _page(client, "/account/protection/app/add/", {"code": "000000"})
    pages["passkey"] = _page(client, "/account/protection/passkeys/add/")
    for door in ("portal", "gate", "press"):
        pages[door] = _page(client, f"/{door}/")
    return pages


def _protected_pages(language):
    """What an account with an app sees."""
    from tests.web.account.test_protection import _with_app

    user = person(name="Arezu", language=language)
    client = visitor(language=language)
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    _with_app(client)
    paths = ["", "app/remove/", "codes/", "codes/new/", "reauthenticate/"]
    pages = {path: _page(client, f"/account/protection/{path}") for path in paths}
    fresh = visitor(language=language)
    asked = fresh.post("/account/login/", {"login": user.email, "password": PASSWORD}).url
    pages["one more step"] = _page(fresh, asked)
    pages["one more step, wrong"] = _page(fresh, asked, {"code": "000000"})
    return pages


@WORDS
@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("pages", [_strangers_pages, _links_pages, _persons_pages, _protected_pages])
def test_no_page_of_the_account_shows_an_english_sentence(pages, language):
    english = _all_sentences(pages, "en")

    shown = pages_of(pages, language)

    found = {name: _sentences(_texts(html, language)) & english for name, html in shown.items()}
    assert english
    assert {name: texts for name, texts in found.items() if texts} == {}


def pages_of(pages, language):
    made = pages(language)
    assert all(f'<html lang="{language}"' in html for html in made.values())
    return made


def _all_sentences(pages, language):
    found = set()
    for html in pages_of(pages, language).values():
        found |= _sentences(_texts(html, language))
    User.objects.filter(is_system=False).delete()
    forget_limits()
    return found


VALUES = {
    "name": "Arezu", "inviter": "Parviz", "edition": "Rasht", "link": "http://localhost/x", "days": "7", "n_days": 7,
    "address": "new@example.org", "browser": "Firefox", "system": "Linux",
}  # fmt: skip


@pytest.mark.parametrize("without", ["", "edition"])
@pytest.mark.parametrize("template", MAILS)
@pytest.mark.parametrize("language", OTHERS)
def test_no_mail_says_an_english_sentence(language, template, without):
    values = {name: value for name, value in VALUES.items() if name != without}

    english = compose(f"accounts/{template}", language="en", values=values)
    mail = compose(f"accounts/{template}", language=language, values=values)

    said = {line.strip() for line in (mail.subject, *mail.text.split("\n"))}
    meant = {line.strip() for line in (english.subject, *english.text.split("\n")) if " " in line.strip()}
    assert said & meant == set()
    assert mail.language == language


@pytest.mark.parametrize("template", MAILS)
def test_subject_of_a_mail_says_nothing_of_the_person(template):
    mail = compose(f"accounts/{template}", language="en", values=VALUES)

    assert not [value for value in ("Arezu", "Parviz", "new@example.org", "Firefox", "Linux") if value in mail.subject]


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_of_django_and_allauth_stand_in_our_catalogues(language):
    marked = [*sentences.OF_FIELDS, *sentences.OF_PASSWORDS]
    plain = [words for words in marked if isinstance(words, str)]

    with translation.override(language):
        left = [words for words in plain if translation.gettext(words) == words]

    assert plain
    assert left == []
