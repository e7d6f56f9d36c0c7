"""People and roles at the desk: who may see and who may give, what is refused, what a head of another edition may."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from ejlas.accounts import operations, permissions, queries
from ejlas.accounts.models import Grant, Invitation, User
from ejlas.accounts.operations import Letter
from ejlas.accounts.rules import Role, RoleWanted
from ejlas.core.audit.models import Line
from tests.factories.people import person
from tests.factories.summits import SUMMITS
from tests.marks import FORMS, PERMISSIONS

SEE = (Role.HEAD, Role.PROTOCOL, Role.AUDITOR)
INJECTED = '<script>alert("x")</script>'
BIDI = "Nil\u202eufar"
LETTER = Letter(address=lambda token: f"http://localhost/{token}/", sign_in="http://localhost/", edition_name="Rasht")


def _page(slug: str = "rasht2025", rest: str = "") -> str:
    return f"/desk/{slug}/people/{rest}"


def _grant(user: User) -> Grant:
    return Grant.objects.get(user=user)


def _form(**values) -> dict[str, object]:
    given = {"email": "new@example.org", "name": "Arezu Deniz", "language": "ru", "roles": ["gate"]}
    return given | {"party": "", "body": "", "ends_on": ""} | values


def _invited(by: User, *, edition: str = "rasht2025", email: str = "new@example.org", days: int = 14) -> Invitation:
    at = timezone.now()
    done = operations.invite(
        email=email,
        name="Arezu",
        language="ru",
        roles=[RoleWanted(Role.GATE, edition)],
        by=by,
        at=at - timedelta(days=20) if days < 0 else at,
        expires_at=at + timedelta(days=days),
        letter=LETTER,
    )
    assert done.invitation is not None
    return done.invitation


@pytest.mark.parametrize("slug", SUMMITS)
def test_list_says_who_holds_what_until_when_and_by_whom(slug, desk, summits):
    client = desk(edition=slug, name="Parviz Head")
    party = "gilan" if slug == "rasht2025" else summits[slug].party_set.first().slug
    focal = person(Role.FOCAL_POINT, edition=slug, party=party, name="Vera Lodkina", email="vera@example.org")

    page = client.get(_page(slug)).content.decode()

    name = summits[slug].party_set.get(slug=party).name.wording("en", summits[slug].fallback_languages).text
    assert f'href="{_page(slug, f"of/{_grant(focal).pk}/")}"' in page
    for words in ("Vera Lodkina", "vera@example.org", "Focal point", name, "No end", "Parviz Head"):
        assert words in page


@PERMISSIONS
@pytest.mark.parametrize("role", list(Role))
def test_only_head_protocol_and_auditor_see_the_list_and_only_a_head_gives(role, desk):
    client = desk(role)
    other = person(Role.GATE)
    paths = ("", "invitations/", f"of/{_grant(other).pk}/")
    acts = ("add/", f"of/{_grant(other).pk}/withdraw/")

    seen = [client.get(_page(rest=rest)).status_code for rest in paths]
    given = [client.get(_page(rest=rest)).status_code for rest in acts]
    posted = client.post(_page(rest="add/"), _form()).status_code

    assert seen == [200 if role in SEE else 403] * 3
    assert given == [200 if role is Role.HEAD else 403] * 2
    assert posted == (302 if role is Role.HEAD else 403)
    assert Invitation.objects.count() == (1 if role is Role.HEAD else 0)


def test_who_sees_without_giving_finds_no_acts(desk):
    other = person(Role.GATE)
    client = desk(Role.AUDITOR)

    pages = [client.get(_page(rest=rest)).content.decode() for rest in ("", f"of/{_grant(other).pk}/")]

    assert not any("/add/" in page or "/withdraw/" in page or "/change/" in page for page in pages)


def test_head_of_one_edition_reaches_nothing_of_another(desk):
    client = desk(edition="atlantic2027")
    here = person(Role.GATE, edition="rasht2025", name="Sohrab Darban")
    invitation = _invited(queries.system_account())

    closed = [client.get(_page(rest=rest)).status_code for rest in ("", "add/", "invitations/")]
    posted = client.post(_page(rest="add/"), _form()).status_code
    sideways = [
        client.post(_page("atlantic2027", rest)).status_code
        for rest in (
            f"of/{_grant(here).pk}/withdraw/",
            f"of/{_grant(here).pk}/change/",
            f"of/{_grant(here).pk}/again/",
            f"invitations/{invitation.pk}/withdraw/",
            f"invitations/{invitation.pk}/again/",
        )
    ]

    assert closed == [403] * 3
    assert posted == 403
    assert sideways == [404] * 5
    assert "Sohrab Darban" not in client.get(_page("atlantic2027")).content.decode()
    assert _grant(here).withdrawn_at is None


def test_head_of_one_edition_gives_no_role_for_another_or_for_every_edition():
    head, other, at = person(Role.HEAD), person(), timezone.now()
    of_all = person()
    operations.grant_role(user=of_all, role=Role.HEAD, edition="", by=queries.system_account(), at=at)
    everywhere = queries.grants_held_by(of_all, at=at)[0]

    for role, edition in ((Role.GATE, "atlantic2027"), (Role.HEAD, ""), (Role.AUDITOR, "")):
        with pytest.raises(operations.NotYoursToGive):
            operations.grant_role(user=other, role=role, edition=edition, by=head, at=at)
        with pytest.raises(operations.NotYoursToGive):
            operations.invite(
                email="new@example.org",
                name="",
                language="en",
                roles=[RoleWanted(role, edition)],
                by=head,
                at=at,
                expires_at=at + timedelta(days=1),
                letter=LETTER,
            )
    with pytest.raises(operations.NotYoursToGive):
        operations.withdraw_role(grant=everywhere, by=head, at=at)
    with pytest.raises(operations.NotYoursToGive):
        operations.change_role_end(grant=everywhere, ends_at=at + timedelta(days=1), by=head, at=at)

    assert Grant.objects.filter(user=other).count() == 0
    assert Invitation.objects.count() == 0


def test_head_of_every_edition_gives_for_every_edition(desk):
    client = desk(edition="")

    page = client.get(_page(rest="add/")).content.decode()
    wrong = client.post(_page(rest="add/"), _form(roles=["auditor", "gate"], everywhere="on"))
    right = client.post(_page(rest="add/"), _form(roles=["auditor"], everywhere="on"))

    assert 'name="everywhere"' in page
    assert "One of these roles is given for one edition only." in wrong.content.decode()
    assert right.status_code == 302
    assert [role.edition for role in Invitation.objects.get().roles.all()] == [""]


def test_form_of_a_head_of_one_edition_does_not_ask_for_every_edition(desk):
    client = desk()

    page = client.get(_page(rest="add/")).content.decode()
    client.post(_page(rest="add/"), _form(roles=["auditor"], everywhere="on"))

    assert 'name="everywhere"' not in page
    assert [role.edition for role in Invitation.objects.get().roles.all()] == ["rasht2025"]


def test_somebody_new_is_invited_with_several_roles_in_his_language(desk):
    client = desk()

    answer = client.post(
        _page(rest="add/"), _form(roles=["focal-point", "gate", "body"], party="gilan", body="Ports-Authority")
    )

    invitation = Invitation.objects.get()
    assert (answer.status_code, answer.url) == (302, _page(rest="invitations/"))
    assert (invitation.email, invitation.name, invitation.language) == ("new@example.org", "Arezu Deniz", "ru")
    assert {(role.role, role.party, role.body) for role in invitation.roles.all()} == {
        ("focal-point", "gilan", ""),
        ("gate", "", ""),
        ("body", "", "ports-authority"),
    }
    assert "new@example.org" in client.get(answer.url).content.decode()


def test_who_has_an_account_gets_the_roles_at_once(desk):
    client, known = desk(), person(name="Vera Lodkina", email="vera@example.org")

    answer = client.post(_page(rest="add/"), _form(email="Vera@Example.org"))

    assert (answer.status_code, answer.url) == (302, _page())
    assert [(grant.role, grant.edition) for grant in known.grants.all()] == [("gate", "rasht2025")]
    assert "Vera Lodkina has the roles from now on" in client.get(answer.url).content.decode()


@pytest.mark.parametrize("written", ["1404/08/29", "۱۴۰۴/۰۸/۲۹", "2025-11-20"])
def test_last_day_is_read_in_both_calendars_and_counts_whole(written, desk, monkeypatch):
    now = datetime(2025, 11, 10, 8, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    client, known = desk(), person(email="vera@example.org")

    client.post(_page(rest="add/"), _form(email="vera@example.org", ends_on=written))

    # The 20th ends in Rasht at half past eight in the evening of Greenwich.
    assert _grant(known).ends_at == datetime(2025, 11, 20, 20, 29, 59, tzinfo=UTC)


def test_end_stands_in_both_calendars_for_a_persian_reader(desk):
    known = person()
    ends = datetime(2031, 11, 20, 12, 0, tzinfo=UTC)
    system = queries.system_account()
    operations.grant_role(user=known, role=Role.GATE, edition="rasht2025", ends_at=ends, by=system, at=timezone.now())

    page = desk(language="fa").get(_page()).content.decode()

    assert "۱۴۱۰" in page
    assert "۲۰۳۱" in page


@FORMS
@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"email": ""}, "email", "This field is required."),
        ({"email": "nobody"}, "email", "Enter a valid email address."),
        ({"roles": []}, "roles", "Choose at least one role."),
        ({"roles": ["king"]}, "roles", "king is not one of the available choices"),
        ({"roles": ["delegate"]}, "party", "This role belongs to a party; choose the party."),
        ({"roles": ["delegate"], "party": "porto"}, "party", "porto is not one of the available choices"),
        ({"roles": ["body"]}, "body", "Write the short name of the body."),
        ({"roles": ["body"], "body": "بنادر"}, "body", "Write small Latin letters"),
        ({"ends_on": "2020-01-01"}, "ends_on", "The end lies in the past"),
        ({"ends_on": "1404/12/31"}, "ends_on", "This day does not exist in its calendar."),
        ({"ends_on": "soon"}, "ends_on", "Write a day as year-month-day"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(values, field, sentence, desk):
    client = desk()
    before = Grant.objects.count()

    response = client.post(_page(rest="add/"), _form(name="Arezu & Deniz", **values))

    page = response.content.decode()
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert sentence in page
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}_error"' in page
    assert 'value="Arezu &amp; Deniz"' in page
    assert '<option value="ru" selected>' in page
    assert (Invitation.objects.count(), Grant.objects.count()) == (0, before)


def test_open_invitation_and_closed_account_are_told_beside_the_address(desk):
    client = desk()
    _invited(client.user)
    person(email="gone@example.org")
    User.objects.filter(email="gone@example.org").update(is_active=False)

    twice = client.post(_page(rest="add/"), _form())
    closed = client.post(_page(rest="add/"), _form(email="gone@example.org"))
    system = client.post(_page(rest="add/"), _form(email=queries.system_account().email))

    assert twice.context["form"].errors["email"] == [
        "This person has an open invitation. Send it again, or withdraw it first."
    ]
    assert closed.context["form"].errors["email"] == ["The account of this address is closed."]
    assert system.context["form"].errors["email"] == ["The account of this address is closed."]


@pytest.mark.parametrize("act", ["add/", "of/{}/withdraw/", "of/{}/change/", "of/{}/again/"])
def test_role_withdrawn_while_the_form_is_open_writes_nothing(act, desk):
    client, other = desk(), person(Role.GATE)
    operations.grant_role(user=person(), role=Role.HEAD, edition="", by=queries.system_account(), at=timezone.now())
    path = _page(rest=act.format(_grant(other).pk))
    assert client.get(_page(rest="add/")).status_code == 200
    operations.withdraw_role(grant=_grant(client.user), by=queries.system_account(), at=timezone.now())
    lines = Line.objects.count()

    response = client.post(path, _form())

    assert response.status_code == 403
    assert "Nothing was changed." in response.content.decode()
    assert (Line.objects.count(), Invitation.objects.count()) == (lines, 0)
    assert _grant(other).withdrawn_at is None


def test_withdrawing_names_the_person_first_and_can_be_undone(desk):
    client, other = desk(), person(Role.GATE, name="Sohrab Darban")
    path = _page(rest=f"of/{_grant(other).pk}/withdraw/")

    asked = client.get(path).content.decode()
    assert _grant(other).withdrawn_at is None
    told = client.post(path, follow=True).content.decode()
    withdrawn = Grant.objects.get(user=other)
    again = client.post(_page(rest=f"of/{withdrawn.pk}/again/"))

    assert "Sohrab Darban" in asked
    assert "The role ends at the next click of this person" in asked
    assert f'action="{_page(rest=f"of/{withdrawn.pk}/again/")}"' in told
    assert withdrawn.withdrawn_by == client.user.name
    assert again.status_code == 302
    held = queries.grants_held_by(other, at=timezone.now())
    assert [(grant.role, grant.granted_by) for grant in held] == [("gate", client.user.name)]


def test_last_head_stays(desk):
    client = desk()

    told = client.post(_page(rest=f"of/{_grant(client.user).pk}/withdraw/"), follow=True).content.decode()

    assert "This is the last head of the secretariat" in told
    assert permissions.holds(User.objects.get(pk=client.user.pk), {Role.HEAD}, "rasht2025")


def test_end_is_changed_and_taken_away_with_both_sides_in_the_trail(desk):
    client, other = desk(), person(Role.GATE, name="Sohrab Darban")
    path = _page(rest=f"of/{_grant(other).pk}/")

    client.post(f"{path}change/", {"ends_on": "1410/08/29"})
    ends = _grant(other).ends_at
    wrong = client.post(f"{path}change/", {"ends_on": "1399/01/01"})
    client.post(f"{path}change/", {"ends_on": ""})
    page = client.get(path).content.decode()

    assert ends.astimezone(UTC).date().isoformat() == "2031-11-20"
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["ends_on"])
    assert 'value="1399/01/01"' in wrong.content.decode()
    assert _grant(other).ends_at is None
    assert page.count("Changed: Role") == 2
    assert "20 November 2031" in page


def test_end_of_a_role_withdrawn_meanwhile_is_not_changed(desk):
    client, other = desk(), person(Role.GATE)
    grant = _grant(other)
    operations.withdraw_role(grant=grant, by=queries.system_account(), at=timezone.now())

    response = client.post(_page(rest=f"of/{grant.pk}/change/"), {"ends_on": "2031-11-20"})

    assert response.status_code == 422
    assert "This role was withdrawn meanwhile" in response.content.decode()
    assert _grant(other).ends_at is None


def test_role_for_every_edition_is_seen_by_the_head_of_one_and_not_changed(desk):
    client, of_all = desk(), person(name="Simin Rahnama")
    operations.grant_role(user=of_all, role=Role.HEAD, edition="", by=queries.system_account(), at=timezone.now())
    path = _page(rest=f"of/{_grant(of_all).pk}/")

    listed = client.get(_page()).content.decode()
    told = client.post(f"{path}withdraw/", follow=True).content.decode()

    assert "Every edition" in listed
    assert f"{path}withdraw/" not in listed
    assert "for every edition, a head of all" in told
    assert _grant(of_all).withdrawn_at is None


def test_list_is_searched_and_filtered(desk):
    client = desk(name="Parviz Head", email="head@example.org")
    person(Role.FOCAL_POINT, party="gilan", name="ماهی\u200cگیر علی", email="ali@example.org")
    person(Role.GATE, name="Вера Лодкина", email="vera@example.org")
    gone = person(Role.JOURNALIST, name="Ada Inkwell", email="ada@example.org")
    operations.withdraw_role(grant=_grant(gone), by=queries.system_account(), at=timezone.now())
    over = person(name="Timur Parusov", email="timur@example.org")
    begun = datetime(2025, 1, 1, tzinfo=UTC)
    operations.grant_role(
        user=over,
        role=Role.GATE,
        edition="rasht2025",
        by=queries.system_account(),
        at=begun,
        ends_at=begun + timedelta(days=1),
    )

    def found(**query):
        return [row["email"].partition("@")[0] for row in client.get(_page(), query).context["rows"]]

    assert found() == ["vera", "ali", "head"]
    assert found(state="withdrawn") == ["ada"]
    assert found(state="ended") == ["timur"]
    assert found(state="all") == ["timur", "ada", "vera", "ali", "head"]
    assert found(role="gate", state="all") == ["timur", "vera"]
    assert found(q="вера") == ["vera"]
    assert found(q="علي") == ["ali"]  # the Arabic yeh of another keyboard
    assert found(q="Gilan") == found(q="گیلان") == ["ali"]  # by the party, in any script
    assert found(q="EXAMPLE.ORG head") == ["head"]
    assert found(sort="name") == ["head", "vera", "ali"]
    assert found(sort="-name") == ["ali", "vera", "head"]
    assert found(sort="role", state="all")[0] == "ali"
    assert found(sort="nonsense") == found()
    heads = {str(head["label"]): head for head in client.get(_page(), {"sort": "name", "q": "a"}).context["heads"]}
    assert (heads["Person"]["state"], heads["Role"]["state"]) == ("ascending", "")
    assert heads["Person"]["query"] == "q=a&state=holds&sort=-name"
    assert found(q="nobody") == found(q="%") == found(q="\x00%_") == []


def test_wrong_address_of_the_list_shows_the_list(desk):
    client = desk()

    answers = [client.get(_page(), {"role": "king", "state": "gone", "page": page}) for page in ("0", "x", "999999")]

    assert [len(answer.context["rows"]) for answer in answers] == [1, 1, 1]


@pytest.mark.parametrize("path", ["", "invitations/", "of/{}/"])
def test_as_many_queries_for_fifty_as_for_one(path, desk, summits):
    client = desk(Role.AUDITOR)
    parties = [party.slug for party in summits["rasht2025"].party_set.all()]
    first = person(Role.FOCAL_POINT, party=parties[0])
    address = _page(rest=path.format(_grant(first).pk))
    _invited(queries.system_account())

    def asked():
        with CaptureQueriesContext(connection) as queries_asked:
            assert client.get(address).status_code == 200
        return len(queries_asked)

    asked()
    few = asked()
    for number in range(50):
        person(Role.FOCAL_POINT, party=parties[number % len(parties)], password=None)
        _invited(queries.system_account(), email=f"invited{number}@example.org")
    many = asked()

    assert many == few
    assert few <= 12


@pytest.mark.parametrize("name", [INJECTED, BIDI])
def test_injected_names_stay_words(name, desk):
    client = desk()
    other = person(Role.GATE, name=name)
    key = _grant(other).pk
    client.post(_page(rest="add/"), _form(name=name))

    pages = [
        client.get(_page(rest=rest)).content.decode()
        for rest in ("", f"of/{key}/", f"of/{key}/withdraw/", "invitations/", f"add/?like={key}")
    ]
    told = client.post(_page(rest=f"of/{key}/withdraw/"), follow=True).content.decode()

    assert not any("<script>alert" in page for page in (*pages, told))
    assert Invitation.objects.get().name == name.replace("\u202e", "")
    shown = "&lt;script&gt;" if name == INJECTED else f"<bdi>{name}</bdi>"
    assert all(shown in page for page in (*pages[:3], told))


def test_list_leaves_as_a_workbook_and_as_values(desk):
    client = desk(name="=HYPERLINK(1)", email="head@example.org")

    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(_page(), {"format": "xlsx"}).content))
    answer = client.get(_page(), {"format": "csv", "q": "head"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    head = ["Name", "E-mail address", "Role", "Party or body", "Until", "Given by", "State"]
    given = queries.system_account().name
    assert book.get_sheet_by_index(0).to_python()[0] == head
    assert rows == [
        head,
        ["'=HYPERLINK(1)", "head@example.org", "Head of the secretariat", "", "", given, "Holds"],
    ]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rasht2025-people.csv"'


def test_invitations_say_what_became_of_each_and_are_sent_again_or_withdrawn(desk):
    client = desk()
    sent = _invited(client.user, email="sent@example.org")
    expired = _invited(client.user, email="late@example.org", days=-1)
    key = expired.key_hash

    states = {row["email"]: row["state_words"] for row in client.get(_page(rest="invitations/")).context["rows"]}
    again = client.post(_page(rest=f"invitations/{expired.pk}/again/"), follow=True).content.decode()
    asked = client.get(_page(rest=f"invitations/{sent.pk}/withdraw/")).content.decode()
    client.post(_page(rest=f"invitations/{sent.pk}/withdraw/"))
    twice = client.post(_page(rest=f"invitations/{sent.pk}/again/"), follow=True).content.decode()

    expired.refresh_from_db()
    assert states == {"sent@example.org": "Sent", "late@example.org": "Expired"}
    assert "A new link is on its way to late@example.org" in again
    assert expired.key_hash != key
    assert expired.expires_at > timezone.now()
    assert "sent@example.org" in asked
    assert "This invitation was accepted or withdrawn meanwhile." in twice
    listed = client.get(_page(rest="invitations/?state=all")).context["rows"]
    assert {row["email"]: row["state_words"] for row in listed} == {
        "sent@example.org": "Withdrawn",
        "late@example.org": "Sent",
    }


def test_invitation_to_two_editions_belongs_to_no_head_of_one(desk):
    at = timezone.now()
    done = operations.invite(
        email="both@example.org",
        name="",
        language="en",
        roles=[RoleWanted(Role.GATE, "rasht2025"), RoleWanted(Role.GATE, "atlantic2027")],
        by=queries.system_account(),
        at=at,
        expires_at=at + timedelta(days=1),
        letter=LETTER,
    )
    client = desk()

    told = client.post(_page(rest=f"invitations/{done.invitation.pk}/withdraw/"), follow=True).content.decode()

    assert "Only a head of the secretariat of that edition may do this" in told
    assert Invitation.objects.get().withdrawn_at is None


def test_invitation_gives_its_roles_also_after_its_head_has_gone():
    head = person(Role.HEAD)
    operations.grant_role(user=person(), role=Role.HEAD, edition="", by=queries.system_account(), at=timezone.now())
    at, tokens = timezone.now(), []
    letter = Letter(address=lambda token: tokens.append(token) or "http://localhost/", sign_in="http://localhost/")
    operations.invite(
        email="new@example.org",
        name="Arezu",
        language="en",
        roles=[RoleWanted(Role.GATE, "rasht2025")],
        by=head,
        at=at,
        expires_at=at + timedelta(days=1),
        letter=letter,
    )
    operations.withdraw_role(grant=_grant(head), by=queries.system_account(), at=at)

    made = operations.accept_invitation(token=tokens[0], name="Arezu", password=None, at=timezone.now())

    assert [(grant.role, grant.edition) for grant in made.grants.all()] == [("gate", "rasht2025")]


def test_history_of_all_roles_names_people_and_roles(desk):
    client = desk()
    client.post(_page(rest="add/"), _form(email=person(name="Vera Lodkina").email))

    page = client.get("/desk/rasht2025/trail/?kind=grant").content.decode()

    assert "Given: Role <bdi>Vera Lodkina</bdi>" in page
    assert '<option value="grant" selected>' in page
    assert "Gate officer" in page
