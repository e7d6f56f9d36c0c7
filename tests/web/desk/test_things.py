"""Single things of every kind: shown, added, changed, removed and put back; bad input says what is wrong."""

from __future__ import annotations

import html
import re

import pytest

from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.core.audit.queries import verify
from ejlas.core.text import Text
from ejlas.forum.models import Party
from ejlas.programme.models import Bilateral, Room, Session
from ejlas.web.ui.kinds import BY_NAME, KINDS
from tests.factories.pages import form_data
from tests.factories.summits import SUMMITS
from tests.marks import FORMS

EVERY_KIND = [(slug, kind.name) for slug in SUMMITS for kind in KINDS]
SHOWN_TWICE = "barcos-de-regresso"  # begins in an hour that comes twice
LANGUAGE = {"rasht2025": "fa", "atlantic2027": "en"}


def _address(slug: str, kind: str, *parts: str) -> str:
    return "/".join(["/desk", slug, BY_NAME[kind].address, *parts, ""])


def _things(kind: str, edition, user):
    return BY_NAME[kind].things(user, edition)


def _states(thing):
    """Yield how each field stands: chosen as this, worded in these languages, with none, one or more, empty or not."""
    for field in thing._meta.concrete_fields:
        value = getattr(thing, field.attname)
        if field.choices:
            yield field.name, value
        elif isinstance(value, Text):
            yield field.name, frozenset(value.values)
        elif isinstance(value, (list, tuple)):
            yield field.name, min(len(value), 2)
        else:
            yield field.name, value in (None, "", {})


def _different(things):
    """Yield the things in which some field stands as in none before; a form meets nothing new in the others."""
    seen = set()
    for thing in things:
        states = set(_states(thing))
        if states - seen:
            yield thing
        seen |= states


@FORMS
@pytest.mark.parametrize(("slug", "kind"), EVERY_KIND)
def test_every_form_sent_untouched_changes_nothing(slug, kind, desk, summits):
    client = desk(edition=slug, language=LANGUAGE[slug])
    before = Line.objects.count()

    for thing in _different(_things(kind, summits[slug], client.user)):
        address = _address(slug, kind, "of", thing.slug, "change")
        response = client.post(address, form_data(client.get(address).content.decode()))
        faults = response.context["form"].errors if response.context else {}
        assert response.status_code == 302, (thing.slug, faults)

    assert Line.objects.count() == before


def test_a_moment_in_the_hour_that_the_clock_shows_twice_is_kept(desk, summits):
    session = Session.objects.get(edition=summits["atlantic2027"], slug=SHOWN_TWICE)
    client, address = desk(edition="atlantic2027"), _address("atlantic2027", "session", "of", SHOWN_TWICE, "change")

    client.post(address, form_data(client.get(address).content.decode()))

    assert Session.objects.get(pk=session.pk).starts_at == session.starts_at


@pytest.mark.parametrize(("slug", "kind"), EVERY_KIND)
def test_every_kind_is_shown_with_its_history(slug, kind, desk, summits):
    client = desk(Role.AUDITOR, edition=slug, language=LANGUAGE[slug])
    thing = _things(kind, summits[slug], client.user).first()

    page = client.get(_address(slug, kind, "of", thing.slug))
    history = client.get(_address(slug, kind, "of", thing.slug, "history"))

    assert page.status_code == history.status_code == 200
    assert f"/of/{thing.slug}/change/" not in page.content.decode()
    assert [line.act for line in history.context["lines"]]


# What makes a copy of a thing another one.
OTHERWISE = {
    "point": {"number": "977"},
    "party": {"role": "guest"},
    "session": {"room": "", "venue": ""},
    # What is added by hand is a medium; a party's delegation is opened with its party.
    "delegation": {"name-fa": "موج", "name-en": "The Wave"},
    "zone": {"letter": "Z"},
}
# A person is never removed, only withdrawn; what is added to the letters came in, and keeps its number.
REMOVED = [pair for pair in EVERY_KIND if pair[1] not in ("person", "letter")]


@pytest.mark.parametrize(("slug", "kind"), REMOVED)
def test_a_thing_is_added_found_and_removed_and_put_back(slug, kind, desk, summits):
    client = desk(edition=slug)
    things = _things(kind, summits[slug], client.user)
    model_thing = things.first()
    data = form_data(client.get(_address(slug, kind, "of", model_thing.slug, "change")).content.decode())
    data |= OTHERWISE.get(kind, {})
    if kind == "badge":
        # What is added by hand is a token, which belongs to a delegation.
        data["delegation"] = str(model_thing.delegation_id)
    known = set(things.values_list("slug", flat=True))

    added = client.post(_address(slug, kind, "add"), data)
    assert added.status_code == 302, added.context["form"].errors
    new = (set(things.all().values_list("slug", flat=True)) - known).pop()
    asked = client.get(_address(slug, kind, "of", new, "remove"))
    removed = client.post(_address(slug, kind, "of", new, "remove"), form_data(asked.content.decode(), "class"))
    gone = not things.filter(slug=new).exists()
    line = Line.objects.filter(subject=new, event__endswith=".removed").get()
    client.post(f"/desk/{slug}/put-back/", {"line": line.number})

    assert added.url == _address(slug, kind, "of", new)
    assert removed.url == _address(slug, kind)
    assert gone
    back = things.get(slug=new)
    names = [name for name in BY_NAME[kind].form.base_fields if name != "revision"]
    columns = {column.name for column in BY_NAME[kind].model._meta.concrete_fields}
    held = line.held.values["before"]
    assert {name for name in names if name in columns} <= held.keys()
    assert back.slug == new
    assert verify().is_whole


def test_a_change_is_a_line_that_says_before_and_after_and_can_be_undone(desk, summits):
    client = desk()
    address = _address("rasht2025", "session", "of", "lunch-day-1", "change")
    session = Session.objects.filter(edition=summits["rasht2025"], kind="reception").first()
    address = _address("rasht2025", "session", "of", session.slug, "change")
    data = form_data(client.get(address).content.decode()) | {"title-en": "A longer lunch"}

    client.post(address, data)
    line = Line.objects.order_by("-number").first()
    after = Session.objects.get(pk=session.pk)
    history = client.get(_address("rasht2025", "session", "of", session.slug, "history")).content.decode()
    client.post("/desk/rasht2025/put-back/", {"line": line.number})

    assert after.title.values["en"] == "A longer lunch"
    assert (line.event, line.actor) == ("programme.session.changed", client.user.name)
    assert set(line.held.values["before"]) == {"title"}
    assert "A longer lunch" in history
    assert Session.objects.get(pk=session.pk).title == session.title


def test_a_moment_is_read_in_both_calendars_at_the_place(desk, summits):
    client = desk(language="fa")
    session = Session.objects.filter(edition=summits["rasht2025"], room=None).first()
    address = _address("rasht2025", "session", "of", session.slug, "change")
    data = form_data(client.get(address).content.decode())

    shown = data["starts_at"][0]
    client.post(address, data | {"starts_at": "۱۴۰۴/۰۸/۲۸ ۱۵:۰۰", "ends_at": "2025-11-19 16:00"})

    session.refresh_from_db()
    assert re.fullmatch(r"[۰-۹]{4}/[۰-۹]{2}/[۰-۹]{2} [۰-۹]{2}:[۰-۹]{2}", shown)
    assert session.starts_at.isoformat() == "2025-11-19T11:30:00+00:00"
    assert session.ends_at.isoformat() == "2025-11-19T12:30:00+00:00"


BAD = [
    ("party", {"name-fa": "", **{f"name-{code}": "" for code in ("en", "ru", "az", "tk", "kk")}}, "name"),
    ("party", {"country": "XX"}, "country"),
    ("party", {"iso": "IR-99"}, "iso"),
    ("party", {"country": "RU"}, "iso"),
    ("party", {"latitude": "91"}, "latitude"),
    ("party", {"longitude": ""}, "longitude"),
    ("party", {"rank_class": "12"}, "rank_class"),
    ("party", {"rank_class": "x"}, "rank_class"),
    ("party", {"languages": ["fa", "fa"]}, "languages"),
    ("party", {"languages": ["xx"]}, "languages"),
    ("party", {"languages": []}, "languages"),
    ("party", {"kind": "planet"}, "kind"),
    ("party", {"sources": ["nowhere"]}, "sources"),
    ("party", {"arrives_at": "2025-11-18T10:00", "departs_at": "2025-11-17T10:00"}, "departs_at"),
    ("party", {"arrives_at": "soon"}, "arrives_at"),
    ("party", {"arrives_at": "1404/12/31 10:00"}, "arrives_at"),
    ("session", {"ends_at": "2025-11-01T10:00"}, "ends_at"),
    ("session", {"starts_at": ""}, "starts_at"),
    ("session", {"kind": ""}, "kind"),
    ("session", {"parties": ["atlantis"]}, "parties"),
    ("room", {"seats": "0"}, "seats"),
    ("room", {"seats": "many"}, "seats"),
    ("room", {"opens": "25:00"}, "opens"),
    ("room", {"opens": "18:00", "closes": "08:00"}, "closes"),
    ("interpreter", {"languages": ["fa"]}, "languages"),
    ("interpreter", {"daily_min": "5"}, "daily_min"),
    ("bilateral", {"parties": ["gilan"]}, "parties"),
    ("bilateral", {"length_min": "31"}, "length_min"),
    ("bilateral", {"weight": "0"}, "weight"),
    ("source", {"url": "javascript:alert(1)"}, "url"),
    ("source", {"language": "klingon"}, "language"),
    ("source", {"title": ""}, "title"),
    ("claim", {f"subject-{code}": "" for code in ("fa", "en", "ru", "az", "tk", "kk")}, "subject"),
    ("milestone", {"date": ""}, "date"),
    ("milestone", {"date": "2025-02-30"}, "date"),
    ("point", {"number": ""}, "number"),
    ("text", {"adopted_on": "yesterday"}, "adopted_on"),
]


@FORMS
@pytest.mark.parametrize(("kind", "wrong", "field"), BAD)
def test_bad_input_is_said_at_its_field_and_nothing_is_written_or_lost(kind, wrong, field, desk, summits):
    client = desk()
    thing = _things(kind, summits["rasht2025"], client.user).first()
    address = _address("rasht2025", kind, "of", thing.slug, "change")
    data = form_data(client.get(address).content.decode()) | wrong
    before = Line.objects.count()

    response = client.post(address, data)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    page = response.content.decode()
    assert f'href="#id_{field}' in page
    again = form_data(page)
    assert {name: value for name, value in again.items() if name in wrong and value != [""]} == {
        name: value if isinstance(value, list) else [value]
        for name, value in wrong.items()
        if name in again and again[name] != [""]
    }
    assert Line.objects.count() == before


INJECTED = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% load i18n %}",
    "'; DROP TABLE forum_party; --",
    "\u202egnidaer\u202c تهران",
    "نام خانوادگی \u2066abc\u2069",
    "Ə" * 3000,
]
# Each of them is in every field of every page, and none hides another: a page escapes letter by letter.
ALL_INJECTED = " ".join(INJECTED)


@pytest.mark.same_on_any_database("Templates escape what any database gives them")
@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_injected_words_are_shown_as_words(kind, desk, summits):
    client = desk()
    thing = _things(kind, summits["rasht2025"], client.user).first()
    address = _address("rasht2025", kind, "of", thing.slug, "change")
    data = form_data(client.get(address).content.decode())
    texts = [name for name in data if re.fullmatch(r"[a-z_.0-9]+-(en|fa|ru|az|tk|kk)", name)]
    data |= dict.fromkeys(texts, ALL_INJECTED)

    response = client.post(address, data)
    pages = [
        client.get(path).content.decode()
        for path in (
            _address("rasht2025", kind, "of", thing.slug),
            _address("rasht2025", kind),
            address,
            _address("rasht2025", kind, "of", thing.slug, "history"),
        )
    ]

    assert response.status_code == 302, response.context["form"].errors
    assert all("<script>alert" not in page and "<img src=x" not in page for page in pages)
    assert all("\u202e" not in page for page in pages)
    kept = [words for words in INJECTED if not re.search("[\u202a-\u202e\u2066-\u2069]", words)]
    assert not texts or all(html.escape(words) in pages[2] for words in kept)
    assert Party.objects.exists()


def test_a_room_holds_one_session_at_a_time(desk, summits):
    client = desk()
    taken = Session.objects.filter(edition=summits["rasht2025"], room__isnull=False).first()
    data = form_data(client.get(_address("rasht2025", "session", "of", taken.slug, "change")).content.decode())

    response = client.post(_address("rasht2025", "session", "add"), data)

    assert response.status_code == 422
    assert f"taken at this time by “{taken.slug}”" in response.content.decode()


@pytest.mark.parametrize(
    ("kind", "find", "words"),
    [
        ("party", lambda edition: edition.party_set.get(slug="gilan"), "other things need it"),
        ("source", lambda edition: edition.source_set.get(slug=edition.party_set.first().sources[0]), "need it"),
        ("venue", lambda edition: Room.objects.filter(edition=edition).first().venue, "need it"),
        ("text", lambda edition: edition.outcometext_set.exclude(points=None).first(), "need it"),
        ("room", lambda edition: Session.objects.filter(edition=edition).exclude(room=None).first().room, "need it"),
    ],
)
def test_what_others_need_cannot_be_removed(kind, find, words, desk, summits):
    client = desk()
    thing = find(summits["rasht2025"])

    response = client.post(_address("rasht2025", kind, "of", thing.slug, "remove"), follow=True)

    assert words in response.content.decode()
    assert _things(kind, summits["rasht2025"], client.user).filter(pk=thing.pk).exists()


@pytest.mark.same_on_any_database("The edition is asked for by its key, on which no two databases differ")
@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_a_thing_of_another_edition_is_not_there(kind, desk, summits):
    client = desk()
    foreign = BY_NAME[kind].model.objects
    other = (
        foreign.filter(text__edition=summits["atlantic2027"])
        if kind == "point"
        else foreign.filter(edition=summits["atlantic2027"])
    )
    known = set(_things(kind, summits["rasht2025"], client.user).values_list("slug", flat=True))
    # Of some kinds both editions begin with the same.
    if set(other.values_list("slug", flat=True)) <= known:
        other.filter(pk=other.first().pk).update(slug="elsewhere")
    slug = next(slug for slug in other.values_list("slug", flat=True) if slug not in known)

    statuses = {
        client.get(_address("rasht2025", kind, "of", slug, *more)).status_code
        for more in ((), ("change",), ("remove",), ("history",))
    }

    assert statuses == {404}


def test_a_bilateral_keeps_its_place_when_its_wish_is_changed(desk, summits):
    client = desk()
    edition = summits["rasht2025"]
    bilateral = edition.bilateral_set.first()
    room = edition.room_set.filter(kind="meeting").first()
    Bilateral.objects.filter(pk=bilateral.pk).update(state="placed", starts_at="2025-11-18T08:00Z", room=room)
    address = _address("rasht2025", "bilateral", "of", bilateral.slug, "change")

    client.post(address, form_data(client.get(address).content.decode()) | {"weight": "7"})

    bilateral.refresh_from_db()
    assert (bilateral.weight, bilateral.state, bilateral.room) == (7, "placed", room)


def test_a_person_who_is_removed_stays_as_withdrawn_and_comes_back(desk, summits):
    client = desk()
    person = _things("person", summits["rasht2025"], client.user).first()

    client.post(_address("rasht2025", "person", "of", person.slug, "remove"))
    withdrawn = _things("person", summits["rasht2025"], client.user).get(pk=person.pk).state
    client.post("/desk/rasht2025/put-back/", {"line": Line.objects.order_by("-number").first().number})

    assert withdrawn == "withdrawn"
    assert _things("person", summits["rasht2025"], client.user).get(pk=person.pk).state == person.state
