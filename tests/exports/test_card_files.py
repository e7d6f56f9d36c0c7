from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.accounts import queries as accounts
from ejlas.core.files import operations as files
from ejlas.delegations import operations
from ejlas.delegations.models import Badge, CardDesign, Delegation, Person
from ejlas.delegations.operations.passes import badges as passes
from ejlas.delegations.rules.passes import payload
from ejlas.delegations.rules.passes.cards import Design, Element, ElementKind
from ejlas.exports.cards import badge_values, badges
from ejlas.exports.cards.values import CardValues
from tests.factories import faces
from tests.factories.passes import AT, approved, category

WITH = ("edition", "category", "delegation__party", "person__capacity", "person__photo")


@pytest.fixture
def delegation(summits: dict[str, Any]) -> Delegation:
    found = Delegation.objects.filter(edition=summits["rasht2025"]).select_related("edition", "party")
    return found.get(party__iso="RU-AST")


def as_kept(*made: Badge) -> list[Badge]:
    return list(Badge.objects.filter(pk__in=[badge.pk for badge in made]).select_related(*WITH).order_by("number"))


def values_of(*made: Badge) -> list[CardValues]:
    kept = as_kept(*made)
    return list(badge_values.card_values(kept, kept[0].edition))


def pages(body: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(body)).pages]


def heights(body: bytes) -> list[int]:
    return [round(float(page.mediabox[3]) / 72 * 25.4) for page in pypdf.PdfReader(BytesIO(body)).pages]


def test_the_card_of_a_person_shows_name_office_zones_and_days_in_every_language(delegation: Delegation) -> None:
    (badge,) = approved(delegation, slug="delegate")
    photo = faces.portrait(faces.Face(seed=3), width=300, height=400)
    operations.set_photo(person=badge.person, picture=photo, taken_on=None, by=accounts.system_account(), at=AT)

    (values,) = values_of(badge)

    person = Person.objects.get(pk=badge.person_id)
    assert (values.kind, values.category, values.letter, values.delegation_kind) == ("badge", "delegates", "B", "party")
    assert (values.number, values.passport_name) == (f"{badge.number:05}", person.passport_name)
    assert values.name == dict(person.name.values)
    assert values.party_code == "RU-AST"
    assert values.delegation["ru"] == delegation.title.values["ru"]
    assert [zone.letter for zone in values.zones] == ["S", "H", "C"]
    assert values.days["en"] == "17–19 November 2025 · 26–28 Aban 1404"
    assert values.days["fa"].startswith("۲۶ تا ۲۸ آبان ۱۴۰۴")
    assert values.zones[0].when["ru"] == "17–19 ноября 2025\xa0г."
    assert values.valid_from["en"] == "17 November 2025, 06:00"
    assert values.valid_until["en"] == "20 November 2025, 00:00"
    assert values.photo == photo
    assert payload.read(values.code).payload.number == badge.number


def test_a_token_names_its_delegation_and_for_whom_it_is(delegation: Delegation) -> None:
    floater = category(delegation.edition, "leaders-floater")
    Badge.objects.filter(category=floater).delete()
    (badge,) = passes.add_tokens(
        delegation=delegation, category=floater, n_tokens=1, by=accounts.system_account(), at=AT, mark="security"
    )

    (values,) = values_of(badge)

    assert (values.kind, values.letter, values.name, values.passport_name) == ("floater", "FL", {}, "")
    assert values.token["en"] == "Security officer"
    assert set(values.token) == set(delegation.edition.languages)
    assert values.delegation == dict(delegation.title.values)


def test_a_photo_that_is_gone_leaves_the_card_without_one(delegation: Delegation) -> None:
    (badge,) = approved(delegation, slug="delegate")
    by = accounts.system_account()
    operations.set_photo(person=badge.person, picture=faces.portrait(), taken_on=None, by=by, at=AT)
    (kept,) = as_kept(badge)
    files.forget(kept.person.photo, at=AT)

    assert values_of(badge)[0].photo == b""


def test_many_cards_need_as_many_queries_as_one(delegation: Delegation) -> None:
    made = as_kept(*approved(delegation, 3, slug="delegate"))

    with CaptureQueriesContext(connection) as one:
        list(badge_values.card_values(made[:1], delegation.edition))
    with CaptureQueriesContext(connection) as three:
        list(badge_values.card_values(made, delegation.edition))

    assert len(one) == len(three) == 5


def test_a_pass_for_which_the_design_is_not_meant_has_the_one_of_its_kind(delegation: Delegation) -> None:
    by = accounts.system_account()
    people = approved(delegation, 2, slug="delegate")
    overpass = category(delegation.edition, "overpass")
    tokens = passes.add_tokens(delegation=delegation, category=overpass, n_tokens=1, by=by, at=AT)
    mixed = as_kept(*tokens, *people)[::-1]
    CardDesign.objects.filter(edition=delegation.edition).delete()
    plain = Design(85.6, 54, (Element(ElementKind.NUMBER, 5, 5, 40, 10),)).stored()
    own = CardDesign(edition=delegation.edition, slug="plain", kinds=["badge"], design=plain)
    tall = CardDesign(edition=delegation.edition, slug="tall", kinds=["overpass"], design=plain | {"height": 60})

    options: dict[str, Any] = {"edition": delegation.edition, "language": "fa", "at": AT}
    with_own = list(badges.card_files(mixed, design=own, **options))
    CardDesign.objects.bulk_create([tall])
    by_kind = list(badges.card_files(mixed, design=None, **options))

    assert pages(with_own[0]) == [f"{badge.number:05}" for badge in mixed if badge.kind == "badge"]
    assert [heights(body) for body in with_own] == [[54, 54], [54]]
    # A badge of the standard design has two sides; the overpass has the design of the edition.
    assert [heights(body) for body in by_kind] == [[148] * 4, [60]]


def test_a_design_of_the_edition_draws_the_cards_in_the_order_that_came(delegation: Delegation) -> None:
    made = as_kept(*approved(delegation, 3, slug="delegate"))[::-1]
    plain = Design(85.6, 54, (Element(ElementKind.NUMBER, 5, 5, 40, 10),))
    kept = CardDesign(edition=delegation.edition, slug="plain", design=plain.stored())

    (body,) = badges.card_files(made, edition=delegation.edition, design=kept, language="en", at=AT)

    assert pages(body) == [f"{badge.number:05}" for badge in made]
