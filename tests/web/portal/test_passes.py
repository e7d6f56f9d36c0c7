"""Passes in the portal and on the telephone: for the right person by the right link, and for nobody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core import signing
from ejlas.core.audit.models import Line
from ejlas.core.mail.tasks import deliver
from ejlas.core.text import Text
from ejlas.delegations import operations as filing
from ejlas.delegations.models import Badge, SigningKey
from ejlas.delegations.operations.passes import badges, digital, errors, matrix, opening, steps
from ejlas.delegations.queries.passes import codes, phone
from ejlas.delegations.rules.passes import payload
from ejlas.delegations.rules.passes.badges import BadgeKind, BadgeStep
from ejlas.forum.models import Edition
from ejlas.web.public.passes import SENTENCES, TITLES
from tests.factories.delegations import named, opened
from tests.factories.faces import Face, portrait
from tests.factories.passes import category, handed, issued
from tests.marks import PERMISSIONS, WORDS

from .conftest import SUMMITS, at, client_of, filer_of, kept, page, person

NOW = datetime(2025, 10, 20, 8, 0, tzinfo=UTC)


def ready(edition, **more):
    """Return a pass of somebody new that was handed out, in the first delegation of an edition."""
    by = accounts.system_account()
    opening.open_passes(edition=edition, by=by, at=NOW)
    delegation = next(iter(opened(edition).values()))
    Badge.objects.filter(delegation=delegation).delete()
    delegation.people.all().delete()
    badge = issued(delegation, **more)[0]
    # Valid today, whenever the tests run.
    badge.starts_at, badge.ends_at = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)
    badge.save(update_fields=["starts_at", "ends_at"])
    return badge


def link(badge):
    return digital.make_link(badge=badge, by=accounts.system_account(), at=NOW)


def shown(token, *, language="en", asked="", status=200):
    browser = Client(headers={"host": "localhost", "accept-language": language})
    return page(browser.get(f"/pass/{token}/{asked}"), status)


@pytest.mark.parametrize("slug", SUMMITS)
def test_link_opens_the_pass_with_its_signed_code_in_both_summits(summits, slug):
    badge = ready(summits[slug], name=Text({"fa": "ناهید دریایی", "ru": "Нахид Дарьяи"}))

    words = shown(link(badge), language=badge.edition.languages[0])

    key = codes.key_of(badge.edition)
    read = payload.read(codes.code_of(badge, key, is_digital=True))
    assert signing.verify(key.public, payload.signed_part(read.body), read.signature)
    assert (read.payload.number, read.payload.print_number, read.payload.is_digital) == (badge.number, 1, True)
    assert read.payload.kind is BadgeKind.BADGE
    assert read.payload.zones == sum(1 << each.zone.bit for each in phone.zones_of(badge))
    assert badge.person.passport_name in words
    assert f"{badge.number:05d}" in words
    assert badge.category.short in words
    assert words.count("<svg xmlns") == 1


def test_page_of_a_pass_is_kept_by_no_proxy_and_no_search_engine_and_names_itself_to_nobody(rasht):
    answer = Client(headers={"host": "localhost"}).get(f"/pass/{link(ready(rasht))}/")

    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Accept-Language" in answer.headers["Vary"]
    assert not answer.cookies
    assert "ETag" in answer.headers


def test_page_of_a_pass_speaks_the_language_of_the_telephone_or_the_one_asked_for(rasht):
    badge = ready(rasht, name=Text({"fa": "ناهید دریایی", "ru": "Нахид Дарьяи"}))
    token = link(badge)

    persian, russian = shown(token, language="fa"), shown(token, language="fa", asked="?language=ru")

    assert '<html lang="fa" dir="rtl">' in persian
    assert re.search(r'<h1 id="holder"><bdi lang="fa" dir="rtl">ناهید دریایی', persian)
    assert "۱۴۰۴" in persian
    assert "2025" in persian or "۲۰۲۵" in persian
    assert re.search(r'<h1 id="holder"><bdi lang="ru" dir="ltr">Нахид', russian)
    assert badge.person.passport_name in russian


def test_photo_stands_in_the_page_itself(rasht):
    badge = ready(rasht)
    by = accounts.system_account()
    picture = portrait(Face(seed=3), width=600, height=800)
    filing.set_photo(person=badge.person, picture=picture, taken_on=NOW.date(), by=by, at=NOW)

    words = shown(link(badge))

    assert re.search(r'src="data:image/jpeg;base64,[A-Za-z0-9+/=]{1000,60000}"', words)


def test_new_link_makes_the_old_one_void(rasht):
    badge = ready(rasht)
    old, new = link(badge), link(badge)

    assert badge.person.passport_name not in shown(old, status=404)
    assert badge.person.passport_name in shown(new)
    digital.void_link(badge=badge, by=accounts.system_account(), at=NOW)
    shown(new, status=404)


@pytest.mark.parametrize("token", ["x", "a" * 32, "a" * 300, "%00", "%E2%80%AE"])
def test_link_that_was_never_made_opens_nothing(rasht, token):
    ready(rasht)

    answer = Client(headers={"host": "localhost"}).get(f"/pass/{token}/")

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("step", "standing"),
    [(BadgeStep.SUSPEND, "suspended"), (BadgeStep.REVOKE, "revoked"), (BadgeStep.LOSE, "lost")],
)
def test_pass_that_opens_nothing_says_so_and_shows_no_code(rasht, step, standing):
    badge = ready(rasht)
    token = link(badge)
    steps.take_step(badges=[badge], step=step, by=accounts.system_account(), at=NOW, reason="As the desk knows")

    words = shown(token)

    assert f"standing-{standing}" in words
    assert "<svg xmlns" not in words
    assert "As the desk knows" not in words


def test_code_stands_on_the_page_once_the_card_was_handed_out_and_while_it_is_valid(rasht):
    badge = ready(rasht)
    first, last = phone.phone_of(badge, at=NOW).span
    by = accounts.system_account()
    steps.note_printed(badges=[badge], by=by, at=NOW, reason="Torn")
    printed = kept(badge)

    assert phone.phone_of(printed, at=first).standing is phone.Standing.NOT_YET
    matrix.set_rules(edition=printed.edition, rules={"printed_is_valid": True}, by=by, at=NOW)
    assert phone.phone_of(printed, at=first).standing is phone.Standing.VALID
    standings = [phone.phone_of(badge, at=moment).standing for moment in (first - timedelta(minutes=1), first, last)]
    assert standings == [phone.Standing.EARLY, phone.Standing.VALID, phone.Standing.OVER]
    assert [bool(phone.phone_of(badge, at=moment).code) for moment in (NOW, first, last)] == [True, True, False]


def test_edition_without_passes_on_telephones_makes_and_opens_no_links(rasht):
    badge = ready(rasht)
    token = link(badge)
    matrix.set_rules(edition=rasht, rules={"digital_passes": False}, by=accounts.system_account(), at=NOW)
    badge = Badge.objects.select_related("edition", "person").get(pk=badge.pk)

    with pytest.raises(digital.NoDigitalPasses):
        link(badge)
    shown(token, status=404)


def test_token_and_a_pass_that_is_over_get_no_link(rasht):
    badge = ready(rasht)
    by = accounts.system_account()
    made = badges.add_tokens(delegation=badge.delegation, category=category(rasht, "pin"), n_tokens=1, by=by, at=NOW)
    steps.take_step(badges=[badge], step=BadgeStep.REVOKE, by=by, at=NOW, reason="Gone")

    with pytest.raises(digital.NamesNobody):
        link(made[0])
    with pytest.raises(errors.BadgeStepNotPossible):
        link(badge)


def test_codes_of_many_passes_take_as_many_queries_as_of_one(rasht):
    delegation = ready(rasht).delegation
    more = issued(delegation, 3)
    key = codes.key_of(rasht)

    with CaptureQueriesContext(connection) as few:
        codes.codes_of(more[:1], rasht, key)
    with CaptureQueriesContext(connection) as many:
        made = codes.codes_of(more, rasht, key)

    assert len(few) == len(many) == 2
    assert len(set(made.values())) == 3
    assert {len(text) for text in made.values()} == {payload.N_TEXT}


# --- The portal ---


def test_focal_point_sees_where_passes_stand_and_sends_one_to_a_telephone(
    rasht, mailoutbox, django_capture_on_commit_callbacks
):
    badge = ready(rasht, languages=["ru"])
    by, delegation = accounts.system_account(), badge.delegation
    pin = badges.add_tokens(delegation=delegation, category=category(rasht, "pin"), n_tokens=1, by=by, at=NOW)
    handed(pin)
    waiting = named(delegation)[0]
    browser = filer_of(delegation)

    words = page(browser.get(at(delegation, "passes/")))
    person_page = at(delegation, f"people/{badge.person.slug}/phone/")
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(person_page, {"send": "1"}, follow=True)
    deliver.func(**DBTaskResult.objects.get(task_path="ejlas.core.mail.tasks.deliver").args_kwargs["kwargs"])

    assert all(f"{each.number:05d}" in words for each in (badge, pin[0]))
    assert words.count("pass-issued") >= 4
    assert waiting.passport_name in words
    assert "pass-pending" in words
    assert "Handed out" in words
    assert badge.person.email in page(answer)
    sent = mailoutbox[-1]
    assert sent.to == [badge.person.email]
    token = re.search(r"/pass/([\w-]+)/", str(sent.body))[1]
    assert badge.person.passport_name in shown(token)
    assert Line.objects.filter(event="delegations.badge.link_sent", subject=badge.slug).count() == 1


def test_link_is_shown_once_where_no_address_is_known(rasht):
    badge = ready(rasht, email="")
    browser, address = filer_of(badge.delegation), at(badge.delegation, f"people/{badge.person.slug}/phone/")

    before, sent, after = (
        page(browser.get(address)),
        page(browser.post(address, {"send": "1"}), 422),
        page(browser.post(address, {"show": "1"})),
    )

    assert 'name="send"' not in before
    assert "No e-mail address" in sent
    token = re.search(r"/pass/([\w-]+)/", after)[1]
    assert badge.person.passport_name in shown(token)
    assert token not in page(browser.get(address))


@PERMISSIONS
def test_nobody_else_sees_or_sends_the_passes_of_a_delegation(rasht):
    badge = ready(rasht)
    delegation = badge.delegation
    other = next(each for slug, each in opened(rasht).items() if slug != delegation.slug)
    strangers = [
        filer_of(other, name="Other Filer"),
        client_of(person(Role.DELEGATE, edition=rasht.slug, party=delegation.slug, password=None)),
        client_of(person(Role.HEAD, edition=rasht.slug, password=None)),
    ]

    for more in ("passes/", f"people/{badge.person.slug}/phone/"):
        for stranger in strangers:
            assert badge.person.passport_name not in page(stranger.get(at(delegation, more)), 404)
        assert Client(headers={"host": "localhost"}).get(at(delegation, more)).status_code == 302
    assert strangers[0].post(at(delegation, f"people/{badge.person.slug}/phone/"), {"show": "1"}).status_code == 404
    assert kept(badge).link_hash == ""
    # Nor by a person of the own list in whose place another's is named.
    assert strangers[0].get(at(other, f"people/{badge.person.slug}/phone/")).status_code == 404


@WORDS
def test_every_state_of_a_pass_has_words_on_its_page():
    assert set(TITLES) == set(phone.Standing)
    assert set(SENTENCES) == set(phone.Standing) - {phone.Standing.VALID}


def test_edition_without_a_key_gets_one_with_the_first_link(rasht):
    badge = ready(rasht)
    SigningKey.objects.all().delete()

    token = link(badge)

    assert "<svg xmlns" in shown(token)
    assert Edition.objects.get(pk=rasht.pk).signing_keys.count() == 1


# --- The desk ---


def test_desk_sends_a_pass_to_a_telephone_and_protocol_does_not(rasht):
    badge = ready(rasht)
    address = f"/desk/{rasht.slug}/passes/of/{badge.slug}/phone/"
    browser = client_of(person(Role.ACCREDITATION_DESK, edition=rasht.slug, password=None))

    on_its_page = page(browser.get(f"/desk/{rasht.slug}/passes/of/{badge.slug}/"))
    told = page(browser.post(address, {"show": "1"}))
    answer = browser.post(address, {"send": "1"}, follow=True)

    assert address in on_its_page
    assert re.search(r"/pass/([\w-]+)/", told)
    assert badge.person.email in page(answer)
    other = client_of(person(Role.PROTOCOL, edition=rasht.slug, password=None))
    assert other.post(address, {"show": "1"}).status_code == 403
    steps.take_step(badges=[badge], step=BadgeStep.REVOKE, by=accounts.system_account(), at=NOW, reason="Gone")
    assert browser.get(address).status_code == 404


def test_passes_of_three_people_take_as_many_queries_as_of_one(rasht):
    delegation = ready(rasht).delegation
    browser = filer_of(delegation)
    browser.get(at(delegation, "passes/"))

    with CaptureQueriesContext(connection) as few:
        page(browser.get(at(delegation, "passes/")))
    issued(delegation, 2)
    with CaptureQueriesContext(connection) as many:
        page(browser.get(at(delegation, "passes/")))

    assert len(few) == len(many)
