"""The rest of the summit in words: each part has a name, a sentence and a page that answers it, in the own digits."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils import translation

from ejlas.accounts.rules import Role
from ejlas.exports.ready_parts import PARTS, sentence
from ejlas.planning.rules.ready.others import Level, OtherKind, OtherPart
from ejlas.web.desk.frame import reader_of
from ejlas.web.desk.readiness import others_part
from tests.factories.people import person

pytestmark = pytest.mark.same_on_any_database("words over questions that are tested on both")


def part(kind: OtherKind, number: int) -> OtherPart:
    return OtherPart(kind=kind, number=number, of=9, level=Level.LATE, due_on=date(2025, 11, 1))


@pytest.mark.parametrize("kind", OtherKind)
def test_each_part_has_a_name_a_sentence_for_one_and_for_many_and_a_page(kind: OtherKind, summits: Any) -> None:
    one, many = (sentence(part(kind, number), "en") for number in (1, 7))
    address = others_part.address_of(kind, summits["rasht2025"])

    assert PARTS[kind]
    assert "%(" not in one + many
    assert resolve(address.partition("?")[0]).namespace == "desk"


@pytest.mark.parametrize("slug", ["rasht2025", "atlantic2027"])
def test_what_is_late_links_to_its_page_and_what_is_ready_is_named(slug: str, summits: Any) -> None:
    edition = summits[slug]
    user = person(Role.HEAD, edition=slug, password=None)
    at = datetime.combine(edition.starts_on, time(9), UTC)

    with translation.override("en"):
        found = others_part.prepare(user, edition, at, reader_of(edition))
        page = render_to_string("desk/readiness/parts/others.html", {"others": found})

    assert f'href="/desk/{slug}/rooms/?kind=hall"' in page
    assert "nobody has said who enters" in page
    assert "Late" in page
    assert "Seats of rooms" in page


def test_a_person_of_a_body_and_a_page_without_parts_show_nothing(summits: Any) -> None:
    edition = summits["rasht2025"]
    at = datetime.combine(edition.starts_on, time(9), UTC)

    found = others_part.prepare(person(edition=edition.slug, password=None), edition, at, reader_of(edition))

    assert found is None
    assert render_to_string("desk/readiness/parts/others.html", {"others": None}).strip() == ""
