"""The next edition, made from one that was: what lasts is copied, what happened is not."""

from __future__ import annotations

import pytest

from ejlas.accounts.models import Grant
from ejlas.accounts.rules import Role
from ejlas.core.audit import queries as audit
from ejlas.core.audit.models import Line
from ejlas.core.index import queries as index
from ejlas.forum.models import Edition
from ejlas.journeys.next_edition import Part
from tests.factories.pages import form_data
from tests.factories.summits import SUMMITS
from tests.marks import PERMISSIONS

NAMED = {
    "rasht2025": {"name-en": "Second meeting", "host_office-en": "Governor", "number": "2"},
    "atlantic2027": {"name-pt": "Sexta Cimeira", "host_office-pt": "Presidência", "number": "6"},
}
DAYS = {"starts_on": "2028-05-01", "ends_on": "2028-05-03"}


def _sent(client, slug: str = "rasht2025", /, **changed) -> dict:
    page = client.get(f"/desk/{slug}/next/").content.decode()
    return {**form_data(page), **NAMED[slug], **DAYS, "slug": "next2028", **changed}


def _made(client, slug: str = "rasht2025", /, **changed) -> Edition:
    response = client.post(f"/desk/{slug}/next/", _sent(client, slug, **changed))
    assert response.status_code == 302, response.context["form"].errors
    return Edition.objects.get(slug="next2028")


def _slugs(things) -> list[str]:
    return list(things.order_by("position").values_list("slug", flat=True))


@pytest.mark.parametrize("slug", SUMMITS)
def test_what_lasts_is_copied_and_what_happened_is_not(slug, desk, summits):
    old = summits[slug]

    new = _made(desk(edition=slug), slug)

    for name in ("party", "office", "venue", "room", "duty"):
        assert _slugs(getattr(new, f"{name}_set")) == _slugs(getattr(old, f"{name}_set")), name
    for name in ("session", "bilateral", "speaker", "interpreter", "outcometext", "milestone", "mandate", "source"):
        assert not getattr(new, f"{name}_set").exists(), name
    assert {party.head_attendance for party in new.party_set.all()} == {"unknown"}
    assert {(party.arrives_at, party.departs_at, bool(party.represented_by)) for party in new.party_set.all()} == {
        (None, None, False)
    }
    assert all(party.sources == [] for party in new.party_set.all())
    assert {office.attendance for office in new.office_set.all()} == {"unknown"}
    assert {room.venue.edition for room in new.room_set.all()} == {new}
    assert {office.party.edition for office in new.office_set.all() if office.party} <= {new}
    assert (new.languages, new.fallback_languages, new.forum) == (old.languages, old.fallback_languages, old.forum)
    rules = {**old.settings["bilaterals"], "starts_on": None, "ends_on": None}
    assert new.settings["bilaterals"] == rules
    assert index.wanted("next2028").languages == tuple(old.languages)


def test_only_what_was_ticked_is_taken_over(desk, summits):
    new = _made(desk(), part=[Part.OFFICES.value])

    assert _slugs(new.office_set) == _slugs(summits["rasht2025"].office_set)
    assert not new.party_set.exists()
    assert not new.venue_set.exists()
    assert {office.party for office in new.office_set.all()} == {None}
    assert new.settings["bilaterals"]["daily_cap"] == 2


def test_both_editions_have_their_lines_and_the_chain_holds(desk):
    client = desk()

    _made(client)

    told = Line.objects.select_related("held").get(scope="rasht2025", event="forum.edition.followed")
    assert told.held.values["after"]["slug"] == "next2028"
    assert told.held.values["after"]["parts"]["parties"] == Edition.objects.get(slug="next2028").party_set.count()
    assert Line.objects.filter(scope="next2028", event="forum.edition.added").count() == 1
    assert Line.objects.filter(scope="next2028", event="forum.party.added").exists()
    assert audit.verify().is_whole


def test_who_makes_it_enters_it(desk):
    client = desk()

    new = _made(client)

    held = Grant.objects.get(user=client.user, edition="next2028")
    assert (held.role, held.party) == ("head", "")
    assert client.get(f"/desk/{new.slug}/edition/").status_code == 200


def test_who_enters_every_edition_needs_no_other_role(desk):
    client = desk(edition="")

    _made(client)

    assert not Grant.objects.filter(user=client.user, edition="next2028").exists()


@PERMISSIONS
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEAD])
def test_only_the_head_makes_the_next_edition(role, desk):
    client = desk(role)

    assert client.get("/desk/rasht2025/next/").status_code == 403
    assert client.post("/desk/rasht2025/next/", {}).status_code == 403


def test_the_head_of_another_edition_does_not(desk):
    assert desk(edition="atlantic2027").get("/desk/rasht2025/next/").status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("slug", "rasht2025", "Another edition has this short name already"),
        ("slug", "new", "is an address of the system"),
        ("number", "1", "Meeting 1 of this series is there already"),
        ("ends_on", "2028-04-30", "The last day does not come before the first"),
        ("name-en", "", "Write it in at least one language"),
        ("timezone", "Rasht", "There is no time zone"),
    ],
)
def test_a_fault_is_told_and_nothing_is_made(field, value, sentence, desk):
    client = desk()
    sent = _sent(client, "rasht2025", **{field: value})

    response = client.post("/desk/rasht2025/next/", sent)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Edition.objects.count() == 2
    assert not Line.objects.filter(event="forum.edition.followed").exists()


def test_the_page_lists_the_points_that_the_next_host_inherits(desk):
    page = desk(edition="atlantic2027").get("/desk/atlantic2027/next/")

    assert len(page.context["points"]) == int(page.context["n_points"]) > 5


def test_a_persian_form_takes_solar_hijri_days(desk):
    new = _made(desk(language="fa"), starts_on="۱۴۰۷/۰۲/۱۲", ends_on="1407/02/14", opens_at="1407/02/12 10:00")

    assert (new.starts_on.isoformat(), new.ends_on.isoformat()) == ("2028-05-01", "2028-05-03")
    assert new.opens_at.astimezone(new.zone).isoformat() == "2028-05-01T10:00:00+03:30"
