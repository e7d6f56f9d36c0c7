"""Invitations and links that sign in: opened, used, expired, withdrawn, wrong, and by whom."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from ejlas.accounts import operations, queries
from ejlas.accounts.models import Invitation, SignInLink, User
from ejlas.accounts.operations import Letter
from ejlas.accounts.rules import Role, RoleWanted
from tests.factories.people import PASSWORD, browser_of, person, visitor

pytestmark = pytest.mark.django_db

LETTER = Letter(
    address=lambda token: f"http://localhost/account/invitation/{token}/",
    sign_in="http://localhost/account/login/",
    edition_name="Rasht 2025",
)
WEEK = timedelta(days=7)
GATE = RoleWanted(Role.GATE, "rasht2025")


def _invite(posted, *, email="new@example.org", language="en", roles=(GATE,), at=None, **given):
    at = at or timezone.now()
    by = given.pop("by", None) or person(Role.HEAD, name="Parviz Head")
    with posted() as mails:
        invited = operations.invite(
            email=email, name="Arezu", language=language, roles=roles, by=by, at=at, expires_at=at + WEEK, letter=LETTER
        )
    return invited, mails


def _link(mail):
    return re.search(r"/account/\w+/[\w-]+/", mail.body).group()


def _accept(client, link, *, name="Arezu Deniz", password=PASSWORD, way="password"):
    return client.post(link, {"name": name, "password": password, "way": way})


def test_invitation_makes_the_account_with_its_roles_once(posted):
    _invited, mails = _invite(posted, language="fa")
    client = visitor()

    answer = _accept(client, _link(mails[0]))

    user = queries.user_by_email("new@example.org")
    assert (answer.status_code, answer.url) == (302, "/gate/")
    assert (user.name, user.language, user.check_password(PASSWORD)) == ("Arezu Deniz", "fa", True)
    assert client.get("/gate/").status_code == 200
    assert _accept(visitor(), _link(mails[0])).status_code == 410
    assert User.objects.filter(email="new@example.org").count() == 1


def test_opening_the_link_does_nothing_yet(posted):
    invited, mails = _invite(posted)

    for _number in range(3):
        page = visitor().get(_link(mails[0]))

    invited.invitation.refresh_from_db()
    assert page.status_code == 200
    assert "<bdi>Parviz Head</bdi> invites you to work on <bdi>Rasht 2025</bdi>." in page.content.decode()
    assert "Gate officer" in page.content.decode()
    assert invited.invitation.accepted_at is None
    assert queries.user_by_email("new@example.org") is None


def test_page_of_the_invitation_speaks_the_language_of_the_person_invited(posted):
    _invited, mails = _invite(posted, language="kk")

    assert '<html lang="kk"' in visitor(language="ru").get(_link(mails[0])).content.decode()


def test_passkey_instead_of_a_password_leads_to_adding_one(posted):
    _invited, mails = _invite(posted)
    client = visitor()

    answer = _accept(client, _link(mails[0]), password="", way="passkey")

    assert answer.url == "/account/protection/passkeys/add/"
    assert client.get(answer.url).status_code == 200
    assert not queries.user_by_email("new@example.org").has_usable_password()


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Choose a password, or a passkey instead."),
        ("short", "This password is too short."),
        ("qwerty123456", "This password is too common."),
        ("new@example.org", "This password is too much like your name or your address."),
    ],
)
def test_weak_password_is_refused_and_what_was_typed_stays(posted, password, sentence):
    _invited, mails = _invite(posted)

    page = _accept(visitor(), _link(mails[0]), password=password).content.decode()

    assert 'value="Arezu Deniz"' in page
    assert 'href="#id_password"' in page
    assert sentence in page
    assert queries.user_by_email("new@example.org") is None


def test_accepting_signs_out_who_was_signed_in_here(posted):
    _invited, mails = _invite(posted)
    client = browser_of(person(name="Somebody Else"))

    assert "This browser is signed in as <bdi>Somebody Else</bdi>" in client.get(_link(mails[0])).content.decode()
    _accept(client, _link(mails[0]))

    assert "Arezu Deniz" in client.get("/account/").content.decode()


@pytest.mark.parametrize("act", ["get", "post"])
@pytest.mark.parametrize(
    ("case", "status", "sentence"),
    [
        ("wrong", 404, "This link is not known. Copy it whole from the newest message"),
        ("expired", 410, "This link is too old. Ask the secretariat for another."),
        ("withdrawn", 410, "This link was withdrawn. Ask the secretariat."),
        ("sent again", 404, "This link is not known."),
        ("used", 410, "This link was used already."),
    ],
)
def test_dead_invitation_says_why_and_how_to_get_another(posted, act, case, status, sentence):
    at = timezone.now() - (2 * WEEK if case == "expired" else timedelta(0))
    invited, mails = _invite(posted, at=at)
    link, by, now = _link(mails[0]), queries.system_account(), timezone.now()
    if case == "wrong":
        link = link[:-4] + "xyz/"
    if case == "withdrawn":
        operations.withdraw_invitation(invitation=invited.invitation, by=by, at=now)
    if case == "sent again":
        operations.send_again(invitation=invited.invitation, by=by, at=now, expires_at=now + WEEK, letter=LETTER)
    if case == "used":
        _accept(visitor(), link)

    client = visitor()
    answer = client.get(link) if act == "get" else _accept(client, link)

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert User.objects.filter(email="new@example.org").count() == (1 if case == "used" else 0)


def test_invitation_sent_again_has_a_new_link_that_works(posted):
    invited, _mails = _invite(posted, at=timezone.now() - 2 * WEEK)
    now = timezone.now()

    with posted() as mails:
        operations.send_again(
            invitation=invited.invitation, by=queries.system_account(), at=now, expires_at=now + WEEK, letter=LETTER
        )

    assert _accept(visitor(), _link(mails[0])).status_code == 302


def test_who_has_an_account_gets_the_role_at_once_and_a_mail(posted):
    user = person(language="ru")

    invited, mails = _invite(posted, email=user.email.upper())

    assert (invited.invitation, invited.user) == (None, user)
    assert [grant.role for grant in queries.grants_held_by(user, at=timezone.now())] == ["gate"]
    assert [mail.to for mail in mails] == [[user.email]]
    assert mails[0].extra_headers["Content-Language"] == "ru"


def test_second_invitation_to_the_same_address_is_refused(posted):
    _invite(posted)

    with pytest.raises(operations.AlreadyInvited):
        _invite(posted, email="New@example.org")


@pytest.mark.parametrize(
    ("roles", "fault"),
    [
        ((), operations.NoRoles),
        ((RoleWanted(Role.GATE),), operations.RoleNeedsEdition),
        ((RoleWanted(Role.DELEGATE, "rasht2025"),), operations.RoleNeedsParty),
    ],
)
def test_unsound_roles_are_refused_before_any_mail(posted, roles, fault):
    with pytest.raises(fault):
        _invite(posted, roles=roles)

    assert Invitation.objects.count() == 0


def test_role_that_ended_while_the_letter_lay_unread_is_not_given(posted):
    ends = timezone.now() + timedelta(hours=1)
    _invited, mails = _invite(posted, roles=(GATE, RoleWanted(Role.JOURNALIST, "rasht2025", ends_at=ends)))
    token = _link(mails[0]).split("/")[3]

    user = operations.accept_invitation(token=token, name="Arezu", password=PASSWORD, at=ends + timedelta(hours=1))

    assert [grant.role for grant in user.grants.all()] == ["gate"]


def test_tokens_are_not_stored(posted):
    _invited, mails = _invite(posted)
    token = _link(mails[0]).split("/")[3]

    stored = str(list(Invitation.objects.values()))

    assert token not in stored


# --- Links that sign in ---


def _sign_in_link(user, *, is_demo=False, age=timedelta(0)):
    at = timezone.now() - age
    token = operations.make_sign_in_link(
        user=user, by=queries.system_account(), at=at, expires_at=at + timedelta(hours=24), is_demo=is_demo
    )
    return f"/account/link/{token}/"


def test_link_of_the_demo_signs_in_when_it_is_opened():
    client = visitor()

    answer = client.get(_sign_in_link(person(Role.GATE), is_demo=True))

    assert (answer.status_code, answer.url) == (302, "/gate/")
    assert client.get("/gate/").status_code == 200


def test_link_of_the_demo_is_not_used_up_by_a_scanner_that_asks_for_its_head():
    link = _sign_in_link(person(Role.GATE), is_demo=True)

    visitor().head(link)

    assert visitor().get(link).status_code == 302


def test_any_other_link_asks_for_one_click():
    client = visitor()
    link = _sign_in_link(person(Role.GATE, name="Sohrab"))

    page = client.get(link)
    assert page.status_code == 200
    assert "This link signs you in as <bdi>Sohrab</bdi>. It works once." in page.content.decode()
    assert client.get("/gate/").status_code == 302

    answer = client.post(link)
    assert (answer.status_code, answer.url) == (302, "/gate/")


def test_person_without_a_password_comes_to_set_one():
    client = visitor()

    answer = client.post(_sign_in_link(person(Role.GATE, password=None)))

    assert answer.url == "/account/password/set/"
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("is_demo", [True, False])
@pytest.mark.parametrize("case", ["used", "expired", "replaced"])
def test_link_that_is_over_answers_410_and_says_how_to_get_another(case, is_demo):
    user = person(Role.GATE)
    link = _sign_in_link(user, is_demo=is_demo, age=timedelta(hours=25 if case == "expired" else 0))
    if case == "used":
        visitor().get(link) if is_demo else visitor().post(link)
    if case == "replaced":
        _sign_in_link(user, is_demo=is_demo)
    client = visitor()

    answers = [client.get(link), client.post(link)]

    words = "Start the demo again: it writes fresh links." if is_demo else "sk the secretariat for another."
    assert [answer.status_code for answer in answers] == [410, 410]
    assert all(words in answer.content.decode() for answer in answers)
    assert client.get("/gate/").status_code == 302


def test_link_that_never_was_answers_404():
    assert visitor().get("/account/link/nothing/").status_code == 404


def test_link_of_a_closed_account_opens_nothing():
    user = person(Role.GATE)
    link = _sign_in_link(user, is_demo=True)

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert visitor().get(link).status_code == 404
    assert SignInLink.objects.get().used_at is None


# --- Beginning anew ---


def test_person_who_lost_phone_and_password_begins_anew_by_one_mail(posted):
    user, by = person(Role.GATE), queries.system_account()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    old, now = browser_of(person(Role.GATE)), timezone.now()
    old.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    with posted() as mails:
        operations.send_start_over(
            user=user,
            by=by,
            at=now,
            expires_at=now + timedelta(days=1),
            address=lambda token: f"http://localhost/account/link/{token}/",
        )
    client = visitor()
    answer = client.post(_link(mails[0]))

    assert [mail.to for mail in mails] == [[user.email]]
    assert answer.url == "/account/password/set/"
    assert old.get("/gate/").status_code == 302
    assert visitor().post("/account/login/", {"login": user.email, "password": PASSWORD}).status_code == 200
    client.post(answer.url, {"password1": PASSWORD, "password2": PASSWORD})
    assert visitor().post("/account/login/", {"login": user.email, "password": PASSWORD}).url == "/gate/"


def test_only_a_head_of_every_edition_lets_somebody_begin_anew():
    now = timezone.now()

    with pytest.raises(operations.NotYoursToGive):
        operations.start_over(user=person(Role.GATE), by=person(Role.HEAD), at=now, expires_at=now + timedelta(days=1))
