"""Who comes in, how often, and how every fault is answered."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import InterfaceError
from django.test import Client
from django.utils import timezone

from ejlas.accounts import operations
from ejlas.accounts.models import ApiKey, Grant, User
from ejlas.accounts.rules import Role, Scope
from ejlas.web.api import auth, limits
from tests.factories.people import browser_of, person
from tests.web.api.conftest import Program, key_of, program_of


@pytest.fixture
def user(summits):
    return person(Role.HEAD)


def test_person_is_told_who_asks(user):
    told = Program(key_of(user, Scope.WRITE)).get("me").json()

    assert (told["name"], told["email"], told["language"]) == (user.name, user.email, "en")
    assert told["roles"] == [{"role": "head", "edition": "rasht2025", "party": "", "body": ""}]
    assert told["key"]["scopes"] == ["read", "write"]
    assert told["key"]["prefix"] == ApiKey.objects.get().prefix
    assert "hash" not in told["key"]


def test_ended_and_revoked_keys_and_those_of_people_shut_out_open_nothing(user):
    token = key_of(user)
    ended, revoked = key_of(user), key_of(user)
    ApiKey.objects.filter(prefix=ended.split("_")[1]).update(ends_at=timezone.now() - timedelta(seconds=1))
    program = Program(token)
    assert program.delete(f"me/keys/{revoked.split('_')[1]}").status_code == 200

    assert [Program(each).get("me").status_code for each in (token, ended, revoked)] == [200, 401, 401]
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert program.get("me").status_code == 401


def test_role_that_was_withdrawn_is_gone_at_the_next_request(user):
    program = Program(key_of(user))
    assert program.get("editions/rasht2025/sessions").status_code == 200
    other = person(Role.HEAD)

    operations.withdraw_role(grant=Grant.objects.get(user=user), by=other, at=timezone.now())

    assert program.get("editions/rasht2025/sessions").status_code == 404
    assert program.get("editions").json()["items"] == []


def test_signed_in_browser_reads_and_writes_with_its_token_against_forgery(user):
    browser = browser_of(user)
    forger = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    forger.cookies = browser.cookies
    place = "/api/v1/editions/rasht2025/venues"
    venue = {"data": json.dumps({"name": {"en": "Harbour"}}), "content_type": "application/json"}

    read = forger.get(place)
    forged = forger.post(place, **venue)
    page = forger.get("/account/keys/")
    good = forger.post(place, **venue, headers={"x-csrftoken": str(page.context["csrf_token"])})

    assert read.status_code == 200
    assert (forged.status_code, forged.json()["type"]) == (403, "urn:ejlas:problem:forged")
    assert good.status_code == 201


def test_wrong_key_is_not_forgiven_for_the_sake_of_a_session(user):
    browser = browser_of(user)

    assert browser.get("/api/v1/me", headers={"authorization": "Bearer nonsense"}).status_code == 401


def test_key_that_asks_too_often_waits(user, settings):
    settings.API_PER_MINUTE = 3
    program, other = Program(key_of(user)), Program(key_of(user))

    answers = [program.get("me") for _ in range(5)]

    assert [answer.status_code for answer in answers][:3] == [200] * 3
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1]["Retry-After"]) <= 61
    assert other.get("me").status_code == 200


def test_count_that_the_cache_dropped_begins_anew(settings):
    settings.REDIS_URL = "redis://127.0.0.1:6379/9"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.API_PER_MINUTE = 1

    assert [limits.seconds_to_wait("0" * 8) for _ in range(3)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"name": {"en": "\\u0000"}}', 400),
        (b'{"name": {"en": "\\ud800"}}', 400),
        (b'{"latitude": NaN}', 400),
        (b"[" * 200_000, 400),
        (b"[]", 422),
        (b"null", 422),
        (b'"' + b"x" * 3_000_000 + b'"', 413),
    ],
)
def test_body_that_cannot_be_read_is_refused_in_words(user, body, status):
    program = Program(key_of(user))

    answer = program.client.post(
        "/api/v1/editions/rasht2025/venues",
        data=body,
        content_type="application/json",
        headers=program.headers,
    )

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "place", "status"),
    [
        ("GET", "nothing/here", 404),
        ("GET", "/api/v2/", 404),
        ("GET", "/api/", 404),
        ("PUT", "me", 405),
        ("DELETE", "editions/rasht2025/sessions", 405),
        ("GET", "editions/rasht2025/ministers", 404),
        ("GET", "editions/rasht2025/sessions/a%00b", 404),
        ("GET", "editions/rasht2025/runs/99999999999999999999", 404),
        ("GET", "editions/rasht2025/runs/x", 404),
    ],
)
def test_every_fault_is_a_problem(user, method, place, status):
    answer = Program(key_of(user)).ask(method, place)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_fault_of_ours_is_told_as_one_and_what_passes_says_when(user, monkeypatch):
    program = Program(key_of(user))
    program.client.raise_request_exception = False

    monkeypatch.setattr(auth.forum, "edition", lambda slug: 1 / 0)
    ours = program.get("editions/rasht2025")

    def away(slug):
        raise InterfaceError

    monkeypatch.setattr(auth.forum, "edition", away)
    passing = program.get("editions/rasht2025")

    assert (ours.status_code, ours["Content-Type"]) == (500, "application/problem+json")
    assert "division" not in ours.content.decode()
    assert (passing.status_code, passing["Retry-After"]) == (503, "10")
    assert passing["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("language", ["fa", "ru", "az", "tk", "kk"])
def test_problem_speaks_the_readers_language_else_that_of_the_person(user, language):
    User.objects.filter(pk=user.pk).update(language=language)
    place, token = "editions/rasht2025/venues", key_of(user)

    own = Program(token, language="").post(place).json()["errors"]["name"]
    asked = Program(token, language=language).post(place).json()["errors"]["name"]
    english = Program(token, language="en").post(place).json()["errors"]["name"]

    assert english == ["This field is required."]
    assert own == asked != english


def test_description_and_documentation_load_nothing_from_elsewhere(summits):
    client = Client(headers={"host": "localhost"})

    described = client.get("/api/v1/openapi.json").json()
    page = client.get("/api/v1/docs")

    assert described["openapi"].startswith("3.1")
    assert {"get", "post"} == set(described["paths"]["/api/v1/editions/{edition}/sessions"])
    text = page.content.decode()
    assert "GET /api/v1/editions/{edition}/sessions" in text
    assert "https://" not in text
    assert "<style" not in text
    assert page["Content-Security-Policy"]


def test_search_finds_only_where_and_what_the_person_may_see(summits):
    media = program_of(Role.MEDIA_DESK)
    head = program_of(Role.HEAD, edition="rasht2025")

    found = head.get("search?q=gilan").json()["items"]
    kinds = {each["kind"] for each in media.get("search?q=a&limit=100").json()["items"]}

    assert {"party"} <= {each["kind"] for each in found}
    assert {each["edition"] for each in found} == {"rasht2025"}
    assert not kinds & {"bilateral", "interpreter"}
    assert head.get("search?q=gilan&edition=atlantic2027").json() == {"items": []}
    assert head.get(found[0]["address"].removeprefix("http://localhost")).status_code == 200


def test_wordings_tell_what_is_missing(summits):
    head = program_of(Role.HEAD)

    page = head.get("editions/rasht2025/wordings?state=missing&language=tk&limit=200").json()

    assert page["total"] >= len(page["items"])
    assert {each["state"] for each in page["items"]} <= {"missing"}
    assert head.get("editions/rasht2025/wordings?state=perhaps").status_code == 422
