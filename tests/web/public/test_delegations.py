"""The public list of delegations: whom the edition lets the public read of, in which order, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from ejlas.accounts import queries as accounts
from ejlas.core.text import Text
from ejlas.delegations import operations, queries
from ejlas.delegations.models import Person
from ejlas.delegations.rules.states import PersonState
from ejlas.exports import content
from tests.factories.delegations import AT, named, opened
from tests.web.public.conftest import Site


def _person(name: str, office: str = "Head of department", kind: str = "head") -> dict[str, Any]:
    return {"name": {"en": name}, "office": {"en": office}, "capacity": kind, "capacity_name": {}}


def _site_with(site: Site, order: str) -> Site:
    parties = [party["slug"] for party in site.content["parties"]][:3]
    delegations = [
        {"party": slug, "rank_class": rank, "people": [_person(f"Invented {slug}")]}
        for slug, rank in zip(parties, (3, 1, 2), strict=True)
    ]
    site.publish({**site.content, "delegations": {"order": order, "delegations": delegations}}, number=2)
    return site


@pytest.mark.parametrize("language", ["fa", "en", "kk"])
def test_the_page_names_office_before_name_in_the_order_that_the_edition_chose(site, language):
    parties = [party["slug"] for party in site.content["parties"]][:3]

    page = _site_with(site, "protocol").html("delegations/", language)

    places = [page.index(f'id="of-{slug}"') for slug in (parties[1], parties[2], parties[0])]
    assert places == sorted(places)
    assert page.index("Head of department") < page.index(f"Invented {parties[1]}")


def test_the_alphabet_is_that_of_the_reader(site):
    _site_with(site, "alphabet")

    orders = {
        language: sorted(
            (page.index(f'id="of-{each["party"]}"'), each["party"])
            for each in site.content["delegations"]["delegations"]
        )
        for language in ("fa", "en")
        for page in [site.html("delegations/", language)]
    }

    assert len(orders["fa"]) == len(orders["en"]) == 3


def test_a_publication_of_before_says_that_nobody_is_named(site):
    assert "Nobody is named here yet" in site.html("delegations/", "en")


@pytest.fixture
def edition(summits):
    return summits["atlantic2027"]


def _approved(edition):
    delegation = next(iter(opened(edition).values()))
    Person.objects.filter(delegation=delegation).delete()
    head = named(delegation, slug="head", state=PersonState.APPROVED, name=Text.of(pt="Ana Ficção"))[0]
    named(delegation, state=PersonState.APPROVED, family_name="Delegate")
    named(delegation, slug="security", state=PersonState.APPROVED, family_name="Guard")
    named(delegation, state=PersonState.VETTING, family_name="Waiting")
    return delegation, head


def _named_publicly(edition):
    found = queries.delegations_content(edition)["delegations"]
    return [person["name"].get("pt") or person["name"]["en"] for each in found for person in each["people"]]


def test_only_those_of_public_capacities_who_are_approved_are_published(edition):
    _approved(edition)
    by = accounts.system_account()

    heads = _named_publicly(edition)
    operations.set_rules(edition=edition, rules={"public_list": "delegates"}, by=by, at=AT)
    delegates = _named_publicly(edition)
    operations.set_rules(edition=edition, rules={"public_list": "nobody"}, by=by, at=AT)

    assert heads == ["Ana Ficção"]
    assert len(delegates) == 2
    assert "Delegate" in delegates[1]
    assert _named_publicly(edition) == []


def test_nothing_personal_stands_in_a_publication(edition):
    _delegation, head = _approved(edition)

    said = str(content.build(edition))

    assert "Ana Ficção" in said
    for secret in (head.document_number, head.born_on, head.phone, head.email):
        assert secret not in said
