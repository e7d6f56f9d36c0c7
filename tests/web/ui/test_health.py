"""Addresses for machines that watch: they tell whether pages can be served, and no secret."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from ejlas.core.workers import operations
from ejlas.web.ui import health

TOKEN = "a token that nobody guesses"


@pytest.fixture
def client():
    return Client(headers={"host": "10.1.2.3:8000"})


def test_live_answers_under_any_host_name_without_a_database(client, django_assert_num_queries):
    answer = client.get("/health/live")

    assert (answer.status_code, answer.json()) == (200, {"live": True})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready_names_what_it_looked_at(client):
    operations.beat(name="a", place="here", process=1, at=timezone.now())

    answer = client.get("/health/ready")

    checks = {"database": "ok", "migrations": "ok", "disk": "ok", "cache": "ok", "worker": "ok"}
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "checks": checks})


@pytest.mark.django_db
def test_missing_migration_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'forum' AND name LIKE '0002%%'")

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"] == "missing"


@pytest.mark.django_db
def test_full_disk_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 1 << 60)

    assert client.get("/health/ready").json()["checks"]["disk"] == "full"


@pytest.mark.django_db
def test_absent_or_silent_worker_is_told_and_pages_go_on(client):
    without = client.get("/health/ready")
    operations.beat(name="a", place="here", process=1, at=timezone.now() - timezone.timedelta(minutes=5))

    silent = client.get("/health/ready")

    assert (without.status_code, without.json()["checks"]["worker"]) == (200, "none")
    assert (silent.status_code, silent.json()["checks"]["worker"]) == (200, "silent")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("token", "sent", "remote", "extra", "status"),
    [
        ("", "", "127.0.0.1", {}, 200),
        ("", "", "::1", {}, 200),
        ("", "", "203.0.113.9", {}, 403),
        ("", "", "127.0.0.1", {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, 403),
        (TOKEN, "", "127.0.0.1", {}, 403),
        (TOKEN, "Bearer wrong", "127.0.0.1", {}, 403),
        (TOKEN, f"Bearer {TOKEN}", "203.0.113.9", {}, 200),
    ],
)
def test_figures_are_for_the_token_or_this_machine(token, sent, remote, extra, status, client, settings):
    settings.METRICS_TOKEN = token

    answer = client.get("/health/metrics", REMOTE_ADDR=remote, headers={"authorization": sent}, **extra)

    assert answer.status_code == status
    assert (b"ejlas_database_up 1.0" in answer.content) == (status == 200)


@pytest.mark.django_db
def test_figures_count_requests_by_view_and_class_of_status(client):
    before = _count(client, 'ejlas_requests_total{status="4xx",view="none"}')
    for _ in range(3):
        Client(headers={"host": "localhost"}).get("/no/such/page/at/all.txt")

    assert _count(client, 'ejlas_requests_total{status="4xx",view="none"}') == before + 3


def _count(client, name):
    lines = client.get("/health/metrics").content.decode().splitlines()
    return next((float(line.rpartition(" ")[2]) for line in lines if line.startswith(name)), 0.0)


@pytest.mark.django_db
def test_no_secret_and_no_address_is_told(client, settings):
    told = client.get("/health/ready").content + client.get("/health/metrics").content

    assert settings.SECRET_KEY.encode() not in told
    assert str(settings.VAR).encode() not in told
    assert b"sqlite" not in told
    assert b"postgresql" not in told
    assert json.loads(client.get("/health/live").content) == {"live": True}
