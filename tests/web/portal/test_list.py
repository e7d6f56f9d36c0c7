"""The list of a delegation: who opens it, what it says, how it is filled by hand, submitted and confirmed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.core.text import Text
from ejlas.delegations import operations
from ejlas.delegations.models import Capacity, Delegation, Person, Request
from ejlas.delegations.rules.states import ListState, PersonState, RequestState, Step
from ejlas.web.portal.urls import urlpatterns
from tests.factories.delegations import named
from tests.factories.people import person, visitor
from tests.web.portal.conftest import at, client_of, filer_of, kept, open_list, page

FORM = {
    "capacity": "delegate",
    "family_name": "Karimova",
    "given_name": "Leyla",
    "preferred_name.en": "Leyla Karimova",
    "office.en": "Head of department",
    "sex": "F",
    "born_on": "1979-03-21",
    "nationality": "Azerbaijan",
    "document_kind": "diplomatic",
    "document_number": "c 123 4567",
    "document_state": "AZE",
    "document_expires_on": "2031-04-30",
    "email": "leyla@example.org",
    "phone": "+994 50 123 45 67",
    "languages": ["az", "en"],
    "diet": "No nuts",
    "health": "",
    "note": "",
}
SECRETS = ("C1234567", "1979", "No nuts", "+994501234567", "leyla@example.org")


def _lines(event):
    return Line.objects.filter(event=event).count()


# --- Who opens it ---


def test_others_find_no_such_delegation_and_nobody_is_led_to_the_sign_in(delegation):
    someone = named(delegation, family_name="Secretova")[0]
    others = [each for each in Delegation.objects.filter(edition=delegation.edition) if each.pk != delegation.pk]
    strangers = [
        filer_of(open_list(delegation.edition, name=others[0].slug)),
        client_of(person(Role.DELEGATE, edition=delegation.edition.slug, party=delegation.slug, password=None)),
        client_of(person(Role.ACCREDITATION_DESK, edition=delegation.edition.slug, password=None)),
    ]
    addresses = [at(delegation), at(delegation, f"people/{someone.slug}/"), at(delegation, "new/")]

    for address in addresses:
        for stranger in strangers:
            answer = stranger.get(address)
            assert answer.status_code == 404
            assert "Secretova" not in answer.content.decode()
    assert visitor().get(addresses[1]).url == f"/account/login/?next={addresses[1]}"


def test_every_address_of_a_delegation_refuses_another_focal_point(own):
    someone = named(own)[0]
    other = next(each for each in Delegation.objects.filter(edition=own.edition) if each.pk != own.pk)
    stranger = filer_of(Delegation.objects.select_related("edition").get(pk=other.pk))
    names = {"delegation": own.slug, "edition": own.edition.slug, "person": someone.slug}
    found = get_resolver("ejlas.web.portal.urls").url_patterns

    statuses = {}
    for pattern in urlpatterns:
        if "delegation" not in pattern.pattern.converters:
            continue
        address = "/portal/" + str(pattern.pattern)
        for name in pattern.pattern.converters:
            kind = "edition" if name == "edition" else "slug"
            address = address.replace(f"<{kind}:{name}>", names.get(name, "x"))
        statuses[pattern.name] = {stranger.get(address).status_code, stranger.post(address).status_code}

    assert len(found) > 25
    assert {name: codes for name, codes in statuses.items() if codes - {404, 405}} == {}


def test_a_person_of_another_delegation_is_not_there_under_the_own_address(own):
    other = next(each for each in Delegation.objects.filter(edition=own.edition) if each.pk != own.pk)
    theirs = named(Delegation.objects.select_related("edition", "party").get(pk=other.pk))[0]
    client = filer_of(own)

    answers = {client.get(at(own, f"people/{theirs.slug}/{end}")).status_code for end in ("", "change/", "photo/file/")}

    assert answers == {404}


def test_the_portal_leads_to_the_list_in_one_click(delegation):
    client = filer_of(delegation)

    first = page(client.get("/portal/"))

    assert f'href="{at(delegation)}"' in first
    assert 'action="/account/language/"' in first
    assert 'action="/account/language/"' in page(client.get(at(delegation)))


# --- What it says ---


def test_the_page_says_what_is_missing_and_until_when_and_how_many_places_are_left(delegation):
    someone = named(delegation, office=Text(), born_on="")[0]
    Delegation.objects.filter(pk=delegation.pk).update(has_nomination=False)

    shown = page(filer_of(delegation).get(at(delegation)))

    assert "Add the letter that names your delegation." in shown
    for need in ("Photo", "Date of birth", "Office"):
        assert need in shown
    assert someone.passport_name in shown
    assert "People are named until" in shown
    assert "The list is confirmed until" in shown
    assert (
        '<th scope="row">Delegate</th><td class="number">1</td><td class="number">10</td><td class="number">9</td>'
        in shown
    )


def test_the_persian_page_writes_solar_hijri_days_and_persian_digits(own):
    Delegation.objects.filter(pk=own.pk).update(nominate_by=datetime(2025, 10, 28, 20, 29, tzinfo=UTC))

    shown = page(filer_of(own, language="fa").get(at(own)))

    assert "۶ آبان ۱۴۰۴" in shown
    assert "۲۳:۵۹" in shown
    assert 'dir="rtl"' in shown


@pytest.mark.parametrize(
    ("state", "has_letter", "end"),
    [
        (ListState.OPEN, True, "submit/"),
        (ListState.OPEN, False, "papers/"),
        (ListState.RETURNED, True, "submit/"),
        (ListState.SUBMITTED, True, "confirm/"),
        (ListState.CONFIRMED, True, "new/"),
        (ListState.LOCKED, True, "new/"),
    ],
)
def test_the_page_has_one_main_action_for_each_state(own, state, has_letter, end):
    _ready(own)
    Delegation.objects.filter(pk=own.pk).update(list_state=state, has_nomination=has_letter)

    shown = page(filer_of(own).get(at(own)))

    assert re.findall(r'class="button main" href="([^"]+)"', shown) == [at(own, end)]


def test_a_reason_is_read_where_it_concerns_somebody(own):
    someone = named(own, photo=None)[0]
    Person.objects.filter(pk=someone.pk).update(state=PersonState.SUBMITTED)
    operations.take_step(
        person=kept(someone),
        step=Step.RETURN,
        by=accounts.system_account(),
        at=timezone.now(),
        reason="The scan is cut.",
    )
    client = filer_of(own)

    assert "The scan is cut." in page(client.get(at(own)))
    assert "The scan is cut." in page(client.get(at(own, f"people/{someone.slug}/")))


def test_the_page_asks_as_many_queries_for_one_person_as_for_many(own):
    client = filer_of(own)
    named(own, 1)
    counts = []
    for n_more in (0, 6):
        named(own, n_more)
        client.get(at(own))
        with CaptureQueriesContext(connection) as captured:
            client.get(at(own))
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 22


def test_words_find_a_person_in_another_script_and_pages_hold_fifty(own):
    Capacity.objects.filter(edition=own.edition).update(per_delegation=None)
    Delegation.objects.filter(pk=own.pk).update(most_people=100)
    own.refresh_from_db()
    named(own, 55)
    named(own, family_name="Sultanbekov", given_name="Daniyar")
    client = filer_of(own)

    found = page(client.get(at(own), {"q": "Султанбеков"}))
    last = page(client.get(at(own), {"page": "2"}))

    assert found.count('class="whom"') == 1
    assert "Sultanbekov" in found
    assert last.count('class="whom"') == 6
    assert page(client.get(at(own), {"page": "99999999"}))
    assert "Nobody fits." in page(client.get(at(own), {"q": "zzzz"}))


# --- By hand ---


def test_a_person_is_named_by_hand_and_nothing_personal_stands_in_the_trail(delegation):
    client = filer_of(delegation)
    first = delegation.edition.languages[0]
    sent = {**FORM, f"preferred_name.{first}": "Лейла" if first == "ru" else "Leyla K."}

    answer = client.post(at(delegation, "new/"), sent)

    someone = Person.objects.get(delegation=delegation)
    assert answer.url == at(delegation, f"people/{someone.slug}/")
    assert (someone.document_number, someone.document_state, someone.nationality) == ("C1234567", "AZ", "AZ")
    assert (someone.phone, someone.born_on, set(someone.languages)) == ("+994501234567", "1979-03-21", {"en", "az"})
    assert not sent.get("office.en") or "en" not in delegation.edition.languages or someone.office.values["en"]
    assert not any(secret in str(Line.objects.order_by("-pk")[0].held.values) for secret in SECRETS)
    shown = page(client.get(answer.url))
    assert "Karimova" in shown
    assert "C1234567" not in shown
    assert "••••567" in shown


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"family_name": ""}, "This field is required."),
        ({"family_name": "Каримова"}, "Write the name in Latin letters"),
        ({"born_on": "31.02.1979"}, "The calendar has no day"),
        ({"born_on": "2099-01-01"}, "lies in the future"),
        ({"document_expires_on": "2025-01-01"}, "it must be valid until"),
        ({"nationality": "Atlantis"}, "No state is called"),
        ({"email": "nobody"}, "is no e-mail address"),
        ({"phone": "12"}, "is no telephone number"),
        ({"capacity": "reporter"}, "Select a valid choice"),
        ({"family_name": "K" * 120}, "at most 100 characters"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_nothing_typed_is_lost(own, wrong, said):
    client = filer_of(own)

    shown = page(client.post(at(own, "new/"), {**FORM, **wrong}), 422)

    assert said.replace("'", "&#x27;") in shown
    assert f'href="#id_{next(iter(wrong))}' in shown
    assert 'value="c 123 4567"' in shown
    assert "No nuts" in shown
    assert not Person.objects.filter(delegation=own).exists()


def test_a_persian_day_is_read_and_shown_in_its_calendar(own):
    client = filer_of(own, language="fa")

    client.post(at(own, "new/"), {**FORM, "born_on": "۱۳۵۸/۰۱/۰۱"})

    someone = Person.objects.get(delegation=own)
    assert someone.born_on == "1979-03-21"
    assert "۱۳۵۸/۰۱/۰۱" in page(client.get(at(own, f"people/{someone.slug}/change/")))


def test_a_full_capacity_cannot_be_chosen_and_says_so(own):
    named(own, slug="deputy")
    client = filer_of(own)

    form = page(client.get(at(own, "new/")))
    shown = page(client.post(at(own, "new/"), {**FORM, "capacity": "deputy"}), 422)

    assert '<option value="deputy" disabled>Deputy head of delegation · no place left</option>' in form
    assert "Delegate · places left: 10" in form
    assert "At most 1 people of a delegation can be" in shown


def test_opening_the_form_of_a_person_is_written_down_as_reading_the_number(own):
    someone = named(own)[0]
    client = filer_of(own)

    shown = page(client.get(at(own, f"people/{someone.slug}/change/")))

    assert someone.document_number in shown
    assert _lines("delegations.document.read") == 1


def _opened_form(client, delegation, someone):
    shown = page(client.get(at(delegation, f"people/{someone.slug}/change/")))
    revision = re.search(r'name="revision" value="(\d+)"', shown)[1]
    seen = unescape(re.search(r'name="seen" value="([^"]+)"', shown)[1])
    return {"revision": revision, "seen": seen}


def test_two_who_write_at_once_lose_nothing(own):
    someone = named(own)[0]
    first, second = filer_of(own), filer_of(own, name="Igor Orlov")
    marks, other = _opened_form(first, own, someone), _opened_form(second, own, someone)
    held = {**FORM, "given_name": someone.given_name, "family_name": someone.family_name}
    held |= {"document_number": someone.document_number, "born_on": someone.born_on, "preferred_name.en": ""}
    held |= {"email": someone.email, "document_kind": "passport", "languages": []}

    first.post(at(own, f"people/{someone.slug}/change/"), {**held, **marks, "diet": "Halal"})
    merged = second.post(at(own, f"people/{someone.slug}/change/"), {**held, **other, "phone": "+994557654321"})

    assert merged.status_code == 302
    now = kept(someone)
    assert (now.diet, now.phone) == ("Halal", "+994557654321")

    clash = second.post(at(own, f"people/{someone.slug}/change/"), {**held, **other, "diet": "Vegan"})
    shown = page(clash, 409)
    assert "Meanwhile somebody else wrote:" in shown
    assert "Halal" in shown
    assert "Vegan" in shown
    assert kept(someone).diet == "Halal"
    again = {"revision": str(now.revision), "seen": "{}"}
    second.post(at(own, f"people/{someone.slug}/change/"), {**held, **again, "diet": "Vegan", "phone": now.phone})
    assert kept(someone).diet == "Vegan"


def test_somebody_is_withdrawn_only_after_being_asked_once_more(own):
    someone = named(own)[0]
    client = filer_of(own)
    address = at(own, f"people/{someone.slug}/withdraw/")

    assert "comes off the list" in page(client.get(address))
    assert kept(someone).state == PersonState.DRAFT
    client.post(address)

    assert kept(someone).state == PersonState.WITHDRAWN


def test_somebody_comes_instead_of_another(own):
    someone = named(own, slug="deputy")[0]
    client = filer_of(own)

    client.post(at(own, f"people/{someone.slug}/substitute/"), {**FORM, "capacity": "deputy"})

    new = Person.objects.get(delegation=own, family_name="Karimova")
    assert new.substitutes_id == someone.pk
    assert kept(someone).state == PersonState.WITHDRAWN
    assert "Instead comes:" in page(client.get(at(own, f"people/{someone.slug}/")))


# --- Submitting, confirming, asking ---


def _ready(delegation, n=1, **more):
    people = named(delegation, n, slug="head", **more)
    Person.objects.filter(pk__in=[each.pk for each in people]).update(is_lacking=False, lacks=[])
    return people


def test_a_list_is_submitted_confirmed_and_then_changes_are_asked_for(delegation):
    someone = _ready(delegation)[0]
    draft = named(delegation)[0]
    client = filer_of(delegation)

    assert "Submit the list" in page(client.get(at(delegation, "submit/")))
    client.post(at(delegation, "submit/"))
    assert kept(delegation).list_state == ListState.SUBMITTED
    assert (kept(someone).state, kept(draft).state) == (PersonState.SUBMITTED, PersonState.DRAFT)

    client.post(at(delegation, "confirm/"))
    assert kept(delegation).list_state == ListState.CONFIRMED

    sent = {**FORM, "reason": "The minister falls ill."}
    client.post(at(delegation, f"people/{someone.slug}/substitute/"), {**sent, "capacity": "head"})
    client.post(at(delegation, "new/"), sent)
    marks = _opened_form(client, delegation, someone)
    client.post(at(delegation, f"people/{someone.slug}/change/"), {**sent, **marks, "capacity": "head"})
    client.post(at(delegation, f"people/{someone.slug}/withdraw/"), {"reason": "Does not come."})

    asked = Request.objects.filter(delegation=delegation)
    assert sorted(asked.values_list("kind", flat=True)) == ["add", "change", "substitute", "withdraw"]
    assert kept(someone).family_name != "Karimova"
    shown = page(client.get(at(delegation)))
    assert shown.count("Asked") == 4
    last = asked.get(kind="withdraw")
    client.post(at(delegation, f"requests/{last.slug}/take-back/"))
    assert kept(last).state == RequestState.WITHDRAWN
    assert client.post(at(delegation, f"requests/{last.slug}/take-back/")).status_code == 302


def test_a_request_without_a_reason_is_not_sent(own):
    someone = _ready(own)[0]
    Delegation.objects.filter(pk=own.pk).update(list_state=ListState.LOCKED)
    Person.objects.filter(pk=someone.pk).update(state=PersonState.APPROVED)
    client = filer_of(own)

    form = page(client.post(at(own, f"people/{someone.slug}/change/"), {**FORM, "capacity": "head", "reason": ""}), 422)
    gone = page(client.post(at(own, f"people/{someone.slug}/withdraw/"), {"reason": " "}), 422)

    assert "This field is required." in form
    assert "Write why" in gone
    assert not Request.objects.exists()


def test_what_is_asked_for_stands_sealed_until_it_is_answered(own):
    someone = _ready(own)[0]
    Delegation.objects.filter(pk=own.pk).update(list_state=ListState.LOCKED)
    client = filer_of(own)
    sent = {**FORM, "reason": "One more comes."}

    client.post(at(own, "new/"), sent)
    client.post(at(own, f"people/{someone.slug}/substitute/"), {**sent, "capacity": "head"})

    with connection.cursor() as cursor:
        cursor.execute("SELECT wanted FROM delegations_request")
        raw = str(cursor.fetchall())
    assert len(raw) > 200
    assert not any(secret in raw for secret in ("Karimova", *SECRETS))


def test_an_empty_list_and_one_without_its_letter_are_not_sent(own):
    client = filer_of(own)
    nobody = page(client.post(at(own, "submit/"), follow=True))
    _ready(own)
    Delegation.objects.filter(pk=own.pk).update(has_nomination=False)
    without = page(client.post(at(own, "submit/"), follow=True))

    assert "Name at least one person first." in nobody
    assert "Add the letter that names your delegation first." in without
    assert kept(own).list_state == ListState.OPEN


def test_after_the_window_nobody_is_named_and_the_page_says_so(own):
    Delegation.objects.filter(pk=own.pk).update(nominate_by=timezone.now() - timedelta(days=1))
    client = filer_of(own)

    shown = page(client.get(at(own)))
    refused = page(client.post(at(own, "new/"), FORM), 422)

    assert "The time for names is over." in shown
    assert "People could be named until" in refused
    assert not Person.objects.filter(delegation=own).exists()


def test_who_was_sent_back_is_mended_and_sent_alone(own):
    someone = _ready(own)[0]
    Delegation.objects.filter(pk=own.pk).update(list_state=ListState.SUBMITTED)
    Person.objects.filter(pk=someone.pk).update(state=PersonState.RETURNED, reason="Again, with an office.")
    client = filer_of(own)

    assert "Send to the host" in page(client.get(at(own, f"people/{someone.slug}/")))
    client.post(at(own, f"people/{someone.slug}/send/"))

    assert kept(someone).state == PersonState.SUBMITTED
    again = page(client.post(at(own, f"people/{someone.slug}/send/"), follow=True))
    assert "has moved on meanwhile" in again


def test_the_list_is_printed_whole_and_empty(own):
    client = filer_of(own)
    assert "Nobody is on the list yet." in page(client.get(at(own, "list/")))
    someone = named(own)[0]

    shown = page(client.get(at(own, "list/")))

    assert someone.family_name in shown
    assert someone.document_number not in shown


def test_a_journalist_files_the_list_of_the_medium(rasht):
    open_list(rasht)
    fields = {"slug": "caspian-daily", "name": Text.of(en="Caspian Daily")}
    at_now = timezone.now()
    medium = operations.add_medium(edition=rasht, fields=fields, by=accounts.system_account(), at=at_now)
    Delegation.objects.filter(pk=medium.pk).update(nominate_by=at_now + timedelta(days=1))
    user = person(Role.JOURNALIST, edition=rasht.slug, party="caspian-daily", password=None)
    if not user.grants.filter(party="caspian-daily").exists():
        user.grants.update(party="caspian-daily")
    client = client_of(user)

    client.post(at(medium, "new/"), {**FORM, "capacity": "reporter"})

    assert Person.objects.get(delegation=medium).capacity.slug == "reporter"
    assert f'href="{at(medium)}"' in page(client.get("/press/"))


def test_nothing_changes_without_the_token_of_the_page(own):
    someone = _ready(own)[0]
    user = person(Role.FOCAL_POINT, edition=own.edition.slug, party=own.slug, password=None)
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    ends = ("submit/", "new/", f"people/{someone.slug}/withdraw/", "papers/", "sheets/")

    answers = {end: client.post(at(own, end), FORM).status_code for end in ends}

    assert set(answers.values()) == {403}
    assert kept(own).list_state == ListState.OPEN
