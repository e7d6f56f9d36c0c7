"""The API holds what its description says: many questions, right and wrong, and no fault of ours among the answers."""

from __future__ import annotations

import logging

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS, load_all_checks, not_a_server_error

from ejlas.accounts.rules import Role
from ejlas.programme.models import Session
from tests.factories.people import person
from tests.web.api.conftest import key_of

# What is described is the same on any database; on the second, the first questions find what only it would refuse.
EXAMPLES = 6 if connection.vendor == "sqlite" else 3


@pytest.fixture
def description(summits, monkeypatch):
    monkeypatch.setattr("django.conf.settings.API_PER_MINUTE", 100_000)
    logging.getLogger("ejlas.request").setLevel(logging.ERROR)
    # As the client of the tests does: the connection holds the transaction of the test.
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), headers={"Host": "localhost"})
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)
    logging.getLogger("ejlas.request").setLevel(logging.NOTSET)


@pytest.mark.parametrize("part", ["editions/{edition}/[a-p]", "editions/{edition}/[q-z]", "(?!editions/{edition}/)"])
def test_every_address_answers_as_it_is_described(description, part):
    """Ask each address what its description allows and what not, at an edition and about things that are there."""
    load_all_checks()
    names = ("status_code_conformance", "content_type_conformance", "response_schema_conformance")
    checks = [not_a_server_error, *(CHECKS.get_one(name) for name in names)]
    token = key_of(person(Role.HEAD, password=None))
    there = sorted(Session.objects.filter(edition__slug="rasht2025").values_list("slug", flat=True))
    asked = 0

    for found in description.include(
        path_regex=f"^/api/v1/{part.replace('{', '[{]').replace('}', '[}]')}"
    ).get_all_operations():
        operation = found.ok()
        asked += 1

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case):
            if "edition" in (case.path_parameters or {}):
                case.path_parameters["edition"] = "rasht2025"
            if "slug" in (case.path_parameters or {}):
                case.path_parameters["slug"] = there[len(str(case.query)) % len(there)]
            response = case.call(
                headers={**(case.headers or {}), "Host": "localhost", "Authorization": f"Bearer {token}"}
            )
            case.validate_response(response, checks=checks)

        ask()

    assert asked > 3
