"""Public pages over the database: as many SQL queries for any number of sessions, one for what is kept, none stale."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ejlas.accounts import queries as accounts
from ejlas.core.text import Text
from ejlas.forum import operations, queries
from ejlas.journeys.publish_edition import publish_edition
from ejlas.programme.models import Session
from ejlas.web.public import answers, publications
from tests.factories.content import content
from tests.factories.summits import SUMMITS, summit

AT = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)
PATHS = (
    "/fa/rasht2025/",
    "/fa/rasht2025/programme/",
    "/fa/rasht2025/programme/?kind=panel",
    "/fa/rasht2025/programme/print/",
    "/fa/rasht2025/parties/",
    "/fa/rasht2025/declaration/",
    "/fa/rasht2025/data/",
    "/fa/rasht2025/versions/",
    "/rasht2025/versions.json",
    "/rasht2025/programme.ics",
    "/rasht2025/programme.json",
    "/rasht2025/programme.xlsx",
    "/rasht2025/schedule.xml",
)

pytestmark = pytest.mark.usefixtures("summits")


@pytest.fixture
def client():
    return Client(headers={"host": "localhost", "accept-encoding": "br"})


@pytest.fixture(autouse=True)
def nothing_kept():
    answers.forget()
    publications.forget()


def _publish(slug):
    return publish_edition(edition=queries.edition(slug), note="", by=accounts.system_account(), at=AT)


def _publish_of_size(n_sessions):
    edition = queries.edition("rasht2025")
    made = content(n_sessions=n_sessions)
    operations.publish(edition=edition, content=made, note="", by=accounts.system_account(), at=AT)


def test_first_request_costs_as_many_queries_for_1_session_as_for_300(client):
    _publish("rasht2025")
    counts = {path: [] for path in PATHS}

    for size in (1, 300):
        _publish_of_size(size)
        for path in PATHS:
            answers.forget()
            publications.forget()
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(path)
                counts[path].append(len(captured))
            assert answer.status_code == 200, path

    assert {path: both for path, both in counts.items() if not 0 < both[0] == both[1] <= 10} == {}


def test_following_request_costs_one_query_and_nothing_changed_is_304(client):
    _publish("rasht2025")

    for path in PATHS:
        first = client.get(path)
        with CaptureQueriesContext(connection) as captured:
            second = client.get(path)
            n_queries = len(captured)
        unchanged = client.get(path, headers={"if-none-match": first.headers["ETag"]})

        assert n_queries == 1, path
        assert second.content == first.content, path
        assert (unchanged.status_code, unchanged.content) == (304, b""), path


def test_every_answer_carries_the_policy(client):
    _publish("rasht2025")

    answers_given = [client.get(address) for address in (*PATHS, "/nowhere/", "/static/ui/mark.svg", "/robots.txt")]
    policies = [answer.headers.get("Content-Security-Policy", "") for answer in answers_given]

    assert all(b"".join(answer) for answer in answers_given)  # read to its end, a file is closed
    assert all("default-src 'none'" in policy and "unsafe" not in policy for policy in policies)


def test_new_publication_shows_at_once_and_the_old_tag_no_longer_holds(client):
    _publish("rasht2025")
    old = client.get("/en/rasht2025/programme/")
    _publish_of_size(3)

    new = client.get("/en/rasht2025/programme/", headers={"if-none-match": old.headers["ETag"]})

    assert new.status_code == 200
    assert new.headers["ETag"] != old.headers["ETag"]


@pytest.mark.parametrize("slug", SUMMITS)
def test_unpublished_edition_is_not_shown(slug, client):
    answer = client.get(f"/{summit(slug).edition.languages[0]}/{slug}/programme/")

    assert answer.status_code == 404
    assert "interpreters" not in answer.content.decode("utf-8", errors="ignore")


@pytest.mark.parametrize("slug", SUMMITS)
def test_what_is_not_listed_does_not_leak(slug, client):
    file = summit(slug)
    hidden = file.sessions[0]
    Session.objects.filter(edition__slug=slug, slug=hidden.slug).update(listed=False)
    _publish(slug)
    plain = Client(headers={"host": "localhost"})

    bodies = [
        plain.get(path).content.decode()
        for path in (
            f"/{file.edition.languages[0]}/{slug}/programme/",
            f"/{slug}/programme.json",
            f"/{slug}/programme.ics",
            f"/{slug}/schedule.xml",
        )
    ]

    secrets = [hidden.slug, *(person.slug for person in file.interpreters)]
    assert [(secret) for secret in secrets for body in bodies if secret in body] == []


@pytest.mark.parametrize("slug", SUMMITS)
def test_versions_keep_what_changed_and_cost_as_many_queries_for_many_as_for_two(slug, client):
    _publish(slug)
    by, edition = accounts.system_account(), queries.edition(slug)
    counts = []
    for number in range(2, 9):
        edition.motto = Text.of(en=f"Motto {number}")
        edition.save(update_fields=["motto"])
        publish_edition(edition=edition, note=f"Note {number}", by=by, at=AT)
        answers.forget()
        publications.forget()
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"/en/{slug}/versions/") if slug == "rasht2025" else client.get(f"/pt/{slug}/versions/")
            counts.append(len(captured))
        assert page.status_code == 200

    body = brotli.decompress(page.content).decode()
    assert counts == [counts[0]] * 7
    assert counts[0] <= 5
    assert all(f"Note {number}" in body for number in range(2, 9))


def test_versions_older_than_the_keeping_of_changes_are_compared_when_asked_for(client):
    _publish("rasht2025")
    _publish_of_size(3)

    body = client.get("/rasht2025/versions.json").content

    newest = json.loads(brotli.decompress(body))["versions"][0]
    assert newest["number"] == 2
    assert {"added", "removed"} <= {change["act"] for change in newest["changes"]}
