"""Rows in the index: noted by what changes them, gone with them, made again where the index is missing."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from ejlas.accounts import queries as accounts
from ejlas.core import changes
from ejlas.core.index import operations, queries
from ejlas.core.index.models import Entry, Key, Make, Scope, Wording
from ejlas.core.index.rules import WordingState
from ejlas.core.text import Text
from ejlas.forum.models import Edition, Forum, Party
from ejlas.forum.operations import set_edition, set_forum
from ejlas.journeys.summit_file.load import load
from ejlas.outcomes.models import OutcomeText, Point
from ejlas.programme.models import Bilateral, Room, Session, Venue
from tests.core.index.things import AT, LATER
from tests.factories.summits import SUMMITS, summit

pytestmark = pytest.mark.django_db


def _load(slug: str) -> Edition:
    load(summit(slug), by=accounts.system_account(), at=AT)
    return Edition.objects.get(slug=slug)


def _held() -> list[tuple[object, ...]]:
    entries = [(e.scope, e.kind, e.slug, str(e.title), e.terms) for e in Entry.objects.all()]
    keys = [(k.scope, k.kind, k.slug, k.language, bytes(k.key)) for k in Key.objects.all()]
    wordings = [
        (w.scope, w.kind, w.entry.slug, w.field, w.language, w.state) for w in Wording.objects.select_related("entry")
    ]
    return sorted(entries) + sorted(keys) + sorted(wordings)


def _addresses(rows) -> set[tuple[str, str]]:
    return {(entry.kind, entry.slug) for entry in rows}


@pytest.mark.parametrize("slug", SUMMITS)
def test_everything_that_a_file_brings_is_in_the_index(slug):
    edition = _load(slug)

    held = _addresses(Entry.objects.filter(scope=slug))

    wanted = {("edition", slug)}
    for model in queries.indexed_models():
        if model not in (Forum, Edition):
            wanted |= {(model.kind_in_index(), row.slug) for row in model.rows_to_index(slug)}
    assert held == wanted
    assert {"party", "session", "bilateral", "text", "point", "venue", "room"} <= {kind for kind, _slug in held}
    assert _addresses(Entry.objects.filter(scope="")) == {("forum", edition.forum.slug)}
    assert set(Wording.objects.filter(scope="").values_list("language", flat=True)) == set(edition.languages)


@pytest.mark.parametrize("slug", SUMMITS)
def test_what_changes_keep_up_to_date_is_what_a_rebuild_makes(slug):
    edition = _load(slug)
    party = edition.party_set.first()
    words = {**party.name.values, edition.languages[0]: "Wonderland"}
    changes.change(party, {"name": Text(words, party.name.unsure)}, event="forum.party", at=LATER)
    changes.remove(edition.session_set.last(), event="programme.session")
    kept = _held()
    assert WordingState.BEHIND in {row[-1] for row in kept}
    Entry.objects.all().delete()

    n_things = operations.rebuild(at=LATER)

    # What was behind cannot be known again.
    current = [(*row[:-1], "present" if row[-1] == WordingState.BEHIND else row[-1]) for row in kept]
    assert _held() == current
    assert n_things == Entry.objects.count()
    assert queries.stands()


def test_a_bilateral_is_called_by_its_parties_and_follows_their_names():
    edition = _load("rasht2025")
    bilateral = edition.bilateral_set.first()
    party = edition.party_set.get(slug=bilateral.parties[0])

    changes.change(party, {"name": Text.of(en="Wonderland")}, event="forum.party", at=LATER)

    found = list(queries.matching("rasht2025", "bilateral", "wonderland"))
    assert bilateral.slug in found
    assert set(found) == {row.slug for row in edition.bilateral_set.all() if party.slug in row.parties}


def test_a_party_is_found_across_scripts_by_its_name_and_by_its_seat():
    _load("rasht2025")
    party = Party.objects.get(seat__en="Makhachkala")

    assert [found.slug for found in queries.search("دربند داغستان", kinds=["party"])] == []
    assert [found.slug for found in queries.search("داغستان", kinds=["party"])] == [party.slug]
    assert [found.slug for found in queries.search("Махачкала", kinds=["party"])] == [party.slug]


def test_removing_a_row_takes_what_goes_with_it_out():
    edition = _load("rasht2025")
    text = OutcomeText.objects.filter(points__isnull=False).first()
    points = {point.slug for point in text.points.all()}

    changes.remove(text, event="outcomes.text")

    held = Entry.objects.filter(scope=edition.slug)
    assert points
    assert not held.filter(kind="point", slug__in=points).exists()
    assert not held.filter(kind="text", slug=text.slug).exists()
    assert Point.objects.count() == held.filter(kind="point").count()


def test_removing_an_edition_leaves_nothing_of_it_and_the_other_whole():
    for slug in SUMMITS:
        _load(slug)
    other = Entry.objects.filter(scope=SUMMITS[1]).count()
    edition = Edition.objects.get(slug=SUMMITS[0])
    Bilateral.objects.filter(edition=edition).delete()
    Session.objects.filter(edition=edition).delete()

    changes.remove(edition, event="forum.edition")

    assert not Venue.objects.filter(edition__slug=SUMMITS[0]).exists()
    assert not Room.objects.filter(edition__slug=SUMMITS[0]).exists()
    assert set(Entry.objects.values_list("scope", flat=True)) == {"", SUMMITS[1]}
    assert set(Key.objects.values_list("scope", flat=True)) == {"", SUMMITS[1]}
    assert Entry.objects.filter(scope=SUMMITS[1]).count() == other
    assert [scope.slug for scope in Scope.objects.all()] == [SUMMITS[1]]


def test_a_new_language_of_an_edition_is_missing_everywhere_and_a_dropped_one_asked_for_no_more():
    edition = _load("rasht2025")
    before = Wording.objects.filter(scope="rasht2025", language="en").count()
    fields = {"languages": ["fa", "en", "de"]}

    changes.change(edition, fields, event="forum.edition", at=LATER)

    languages = set(Wording.objects.filter(scope="rasht2025").values_list("language", flat=True))
    assert languages == {"fa", "en", "de"}
    missing = queries.wordings("rasht2025", language="de", states=[WordingState.MISSING])
    assert missing.count() == before
    assert "de" in set(Key.objects.filter(scope="rasht2025").values_list("language", flat=True))
    assert "de" in set(Wording.objects.filter(scope="", kind="forum").values_list("language", flat=True))


def test_a_changed_wording_of_a_row_sets_the_others_back_since_then():
    edition = _load("rasht2025")
    party = edition.party_set.get(seat__en="Makhachkala")
    words = {**party.name.values, "ru": "Дагестан"}

    changes.change(party, {"name": Text(words, party.name.unsure)}, event="forum.party", at=LATER)

    states = queries.wordings_of("rasht2025", "party", party.slug)["name"]
    assert states["ru"].state == WordingState.PRESENT
    assert (states["fa"].state, states["fa"].changed_at) == (WordingState.BEHIND, LATER)


def test_migrate_fills_the_index_of_a_database_that_had_none():
    owner, _done = set_forum(
        fields={"slug": "caspian", "name": Text.of(en="Caspian")}, by=accounts.system_account(), at=AT
    )
    fields = {
        "slug": "c1", "number": 1, "starts_on": AT.date(), "ends_on": AT.date(), "timezone": "Asia/Tehran",
        "country": "IR", "name": Text.of(en="First"), "languages": ["en", "fa"], "calendars": ["gregorian"],
    }  # fmt: skip
    set_edition(forum=owner, fields=fields, by=accounts.system_account(), at=AT)
    kept = _held()
    for model in (Entry, Scope, Make):
        model.objects.all().delete()

    call_command("migrate", verbosity=0)

    assert queries.stands()
    assert _held() == kept
    assert [found.slug for found in queries.search("کاسپین")] == ["caspian"]


def test_migrate_leaves_an_index_of_this_make_alone_and_makes_one_of_an_older_make_again():
    operations.rebuild(at=AT)
    set_forum(fields={"slug": "caspian", "name": Text.of(en="Caspian")}, by=accounts.system_account(), at=AT)
    Entry.objects.update(terms="")

    call_command("migrate", verbosity=0)
    left = Entry.objects.get().terms
    Make.objects.update(number=0)
    Entry.objects.update(digest="")
    call_command("migrate", verbosity=0)

    assert left == ""
    assert "caspian" in Entry.objects.get().terms.split()
