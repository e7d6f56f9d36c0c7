"""Things over the API: the same permissions, forms and operations as on the pages, for both summits."""

from __future__ import annotations

import pytest

from ejlas.accounts.permissions import may
from ejlas.accounts.rules import Role, Scope
from ejlas.core.audit.models import Line
from ejlas.programme.models import Session
from ejlas.web.ui.kinds import KINDS
from tests.factories.people import person
from tests.factories.summits import SUMMITS
from tests.marks import PERMISSIONS
from tests.web.api.conftest import Program, key_of, program_of

SESSIONS = "editions/rasht2025/sessions"
NEW = {
    "title": {"en": "A late panel", "fa": "نشست پایانی"},
    "kind": "panel",
    "starts_at": "2025-11-19T18:00:00+03:30",
    "ends_at": "2025-11-19T19:00:00+03:30",
    "timing": "assumed",
}


@pytest.mark.parametrize("slug", SUMMITS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_listed_shown_and_written_back_unchanged(summits, slug, kind):
    program = program_of(Role.HEAD, edition=slug)

    listed = program.get(f"editions/{slug}/{kind.address}?limit=200").json()
    things = listed["items"]

    assert listed["total"] == len(things)
    for thing in things[:2]:
        address = f"editions/{slug}/{kind.address}/{thing['slug']}"
        assert program.get(address).json() == thing
        n_lines = Line.objects.count()
        again = program.put(address, thing)
        assert again.status_code == 200, again.json()["errors"]
        assert again.json() == thing
        assert program.patch(address, {}).json() == thing
        assert Line.objects.count() == n_lines


def test_thing_is_added_changed_removed_and_put_back(head):
    added = head.post(SESSIONS, NEW)
    place = f"{SESSIONS}/a-late-panel"
    changed = head.patch(place, {"title": {"ru": "Поздняя панель"}}, if_match=added["ETag"])
    removed = head.delete(place, if_match=changed["ETag"])
    gone = head.get(place)
    back = head.post(f"{place}/put-back", {"line": removed.json()["line"]})

    assert (added.status_code, added["Location"]) == (201, f"http://localhost/api/v1/{place}")
    assert added.json()["starts_at"] == "2025-11-19T18:00:00+03:30"
    assert changed.json()["title"] == {"en": "A late panel", "fa": "نشست پایانی", "ru": "Поздняя панель"}
    assert changed.json()["revision"] == 2
    assert gone.status_code == 404
    assert back.json()["title"] == changed.json()["title"]
    history = head.get(f"{place}/history").json()
    assert [line["event"].rpartition(".")[2] for line in history["items"]] == ["added", "removed", "changed", "added"]
    assert history["items"][2]["after"]["title"]["ru"] == "Поздняя панель"


def test_wording_is_taken_away_by_an_empty_one_and_confirmed_by_a_new_one(head):
    place = (
        f"{SESSIONS}/{head.post(SESSIONS, {**NEW, 'title': {'en': 'A', 'tk': 'B', 'unsure': ['tk']}}).json()['slug']}"
    )

    taken = head.patch(place, {"title": {"en": "C", "ru": ""}}).json()["title"]
    confirmed = head.patch(place, {"title": {"tk": "D"}}).json()["title"]

    assert taken == {"en": "C", "tk": "B", "unsure": ["tk"]}
    assert confirmed == {"en": "C", "tk": "D"}


def test_stale_revision_answers_both_states_and_changes_nothing(head):
    place = f"{SESSIONS}/{head.post(SESSIONS, NEW).json()['slug']}"
    stale = head.get(place)["ETag"]
    theirs = head.patch(place, {"title": {"en": "Theirs"}}).json()

    for answer in (
        head.patch(place, {"title": {"en": "Mine"}}, if_match=stale),
        head.patch(place, {"title": {"en": "Mine"}, "revision": 1}),
        head.put(place, {**NEW, "title": {"en": "Mine"}}, if_match='"1"'),
    ):
        told = answer.json()
        assert (answer.status_code, told["type"]) == (409, "urn:ejlas:problem:changed-meanwhile")
        assert told["theirs"] == theirs
        assert told["yours"]["title"]["en"] == "Mine"
    assert head.delete(place, if_match=stale).status_code == 409
    assert head.get(place).json() == theirs


def test_what_was_read_is_not_sent_again(head):
    for place in (SESSIONS, f"{SESSIONS}/opening", "editions", "me"):
        first = head.get(place)
        again = head.get(place, if_none_match=first["ETag"])

        assert first.status_code in {200, 404}
        if first.status_code == 200:
            assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("language", "required", "date"),
    [
        ("en", "This field is required.", "The end does not come after the start."),
        ("fa", None, None),
        ("ru", None, None),
    ],
)
def test_faults_stand_beside_their_fields_in_the_readers_language(summits, language, required, date):
    program = program_of(Role.HEAD, language=language)

    missing = program.post(SESSIONS, {"kind": "panel"})
    backwards = program.post(SESSIONS, {**NEW, "ends_at": NEW["starts_at"]})

    assert (missing.status_code, backwards.status_code) == (422, 422)
    assert missing["Content-Type"] == "application/problem+json"
    assert {"title", "starts_at", "ends_at"} <= set(missing.json()["errors"])
    assert list(backwards.json()["errors"]) == ["ends_at"]
    if required:
        assert missing.json()["errors"]["title"] == [required]
        assert backwards.json()["errors"]["ends_at"] == [date]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "dance"}, "kind"),
        ({"kind": 3}, "kind"),
        ({"title": "words"}, "title"),
        ({"title": {"xx-nowhere": "words"}}, "title.xx-nowhere"),
        ({"title": {"en": 3}}, "title.en"),
        ({"starts_at": "2025-11-19 18:00"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "starts_at"),
        ({"room": "no-such-room"}, "room"),
        ({"parties": ["nobody"]}, "parties"),
        ({"binding": "perhaps"}, "binding"),
        ({"colour": "red"}, "colour"),
        ({"appearances": [{"speaker": "nobody", "role": "chair"}]}, "appearances"),
        ({"revision": -1}, "revision"),
    ],
)
def test_wrong_value_is_named(head, given, field):
    answer = head.post(SESSIONS, {**NEW, **given})

    assert answer.status_code == 422, answer.json()
    assert list(answer.json()["errors"]) == [field]
    assert Session.objects.filter(slug="a-late-panel").count() == 0


def test_rule_of_the_house_that_stands_against_it_is_told(head):
    party = head.get("editions/rasht2025/venues").json()["items"][0]["slug"]

    refused = head.delete(f"editions/rasht2025/venues/{party}")

    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:ejlas:problem:still-needed"


# --- Who may ---


def test_nobody_and_a_wrong_key_are_told_so(summits):
    for program in (Program(), Program("ejlas_00000000_" + "0" * 64), Program("nonsense")):
        for answer in (program.get(SESSIONS), program.post(SESSIONS, NEW), program.get(""), program.get("me")):
            assert answer.status_code == 401
            assert answer["WWW-Authenticate"] == "Bearer"
            assert answer["Content-Type"] == "application/problem+json"


def test_edition_at_which_one_is_nothing_is_not_there(summits):
    stranger = program_of(Role.HEAD, edition="atlantic2027")
    thing = Session.objects.filter(edition__slug="rasht2025").first()
    asked = [
        ("GET", SESSIONS),
        ("POST", SESSIONS),
        ("GET", f"{SESSIONS}/{thing.slug}"),
        ("PATCH", f"{SESSIONS}/{thing.slug}"),
        ("DELETE", f"{SESSIONS}/{thing.slug}"),
        ("GET", f"{SESSIONS}/{thing.slug}/history"),
        ("GET", "editions/rasht2025"),
        ("GET", "editions/rasht2025/runs"),
        ("GET", "editions/rasht2025/grants"),
        ("GET", "editions/rasht2025/webhooks"),
        ("GET", "editions/rasht2025/publications"),
        ("GET", "editions/rasht2025/wordings"),
        ("GET", "editions/nowhere/sessions"),
    ]

    answers = [
        stranger.ask(method, place, NEW if method == "POST" else None if method == "GET" else {})
        for method, place in asked
    ]

    assert [answer.status_code for answer in answers] == [404] * len(asked)
    assert all(thing.title.values["en"] not in answer.content.decode() for answer in answers)


def test_what_one_may_see_and_not_change_is_refused(summits):
    auditor = program_of(Role.AUDITOR)
    thing = auditor.get(SESSIONS).json()["items"][0]

    answers = [
        auditor.post(SESSIONS, NEW),
        auditor.put(f"{SESSIONS}/{thing['slug']}", NEW),
        auditor.patch(f"{SESSIONS}/{thing['slug']}", {}),
        auditor.delete(f"{SESSIONS}/{thing['slug']}"),
        auditor.post(f"{SESSIONS}/{thing['slug']}/put-back", {"line": 1}),
        auditor.post("editions/rasht2025/publications"),
        auditor.post("editions/rasht2025/runs"),
    ]

    assert [answer.status_code for answer in answers] == [403] * len(answers)


@PERMISSIONS
@pytest.mark.parametrize("role", list(Role))
def test_each_role_reads_the_kinds_it_may_see_and_no_other(summits, role):
    user = person(role, password=None)
    program = Program(key_of(user))

    statuses = {kind.name: program.get(f"editions/rasht2025/{kind.address}").status_code for kind in KINDS}

    assert statuses == {kind.name: 200 if may(user, kind.view, summits["rasht2025"]) else 403 for kind in KINDS}


def test_key_is_used_for_no_more_than_its_scopes(summits):
    reader = program_of(Role.HEAD, scopes=[Scope.READ])
    writer = program_of(Role.HEAD, scopes=[Scope.WRITE])
    thing = reader.get(SESSIONS).json()["items"][0]["slug"]

    refused = [
        reader.post(SESSIONS, NEW),
        reader.patch(f"{SESSIONS}/{thing}", {}),
        reader.delete(f"{SESSIONS}/{thing}"),
        writer.post("editions/rasht2025/runs"),
        writer.post("editions/rasht2025/publications"),
        writer.get("editions/rasht2025/grants"),
        writer.get("editions/rasht2025/webhooks"),
    ]

    assert [answer.status_code for answer in refused] == [403] * len(refused)
    assert {answer.json()["type"] for answer in refused} == {"urn:ejlas:problem:scope-too-small"}
    assert writer.post(SESSIONS, NEW).status_code == 201


# --- Lists ---


def test_list_is_cut_into_pages_that_lead_to_one_another(head):
    whole = head.get(f"{SESSIONS}?limit=200").json()
    found, address = [], f"{SESSIONS}?limit=3"
    while address:
        page = head.get(address.removeprefix("http://localhost")).json()
        found += [thing["slug"] for thing in page["items"]]
        address = page["next"]

    assert found == [thing["slug"] for thing in whole["items"]]
    assert page["total"] == whole["total"] == len(found)
    assert head.get(f"{SESSIONS}?limit=3&offset=3").json()["previous"].endswith("limit=3&offset=0")


def test_list_is_searched_across_scripts_filtered_and_sorted(head):
    parties = "editions/rasht2025/parties"

    found = head.get(f"{parties}?q=گیلان").json()["items"]
    latin = head.get(f"{parties}?q=gilan").json()["items"]
    hosts = head.get(f"{parties}?role=host").json()["items"]
    up = [thing["slug"] for thing in head.get(f"{parties}?sort=name").json()["items"]]
    down = [thing["slug"] for thing in head.get(f"{parties}?sort=-name").json()["items"]]
    ranks = [thing["rank_class"] for thing in head.get(f"{parties}?sort=-rank_class").json()["items"]]

    assert "gilan" in {thing["slug"] for thing in found} & {thing["slug"] for thing in latin}
    assert {thing["role"] for thing in hosts} == {"host"}
    assert down == up[::-1]
    assert ranks == sorted(ranks, reverse=True)


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "offset=-1", "sort=shoe", "nothing=1", "q=" + "a" * 300]
)
def test_question_that_is_not_understood_is_refused(head, query):
    answer = head.get(f"{SESSIONS}?{query}")

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [query.partition("=")[0]]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_list_asks_the_database_as_often_for_one_thing_as_for_all(summits, kind, django_assert_max_num_queries):
    program = program_of(Role.HEAD)
    program.get("me")

    counts = []
    for limit in (1, 200):
        with django_assert_max_num_queries(12) as captured:
            program.get(f"editions/rasht2025/{kind.address}?limit={limit}&sort=name")
        counts.append(len(captured))

    assert counts[0] == counts[1]
