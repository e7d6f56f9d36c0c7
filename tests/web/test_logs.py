"""The log of a whole run tells what happened and never who: no name, address, e-mail, token or question."""

from __future__ import annotations

import json
import logging
import sys

from ejlas.core.logs import JsonFormatter
from tests.factories.processes import Visitor, ejlas, made, serving
from tests.factories.summits import FILES

EMAIL, NAME, PASSWORD = "parisa.rezvani@example.org", "Parisa Rezvani", "a long and quiet river"
PERSONAL = (
    "parisa",
    "rezvani",
    "example.org",
    "quiet",
    "127.0.0.1",
    "203.0.113.9",
    "گیلان",
    "secret-token",
    "topsecret",
)
FIELDS = {"time", "level", "logger", "process", "event"}


def test_log_of_a_run_holds_no_personal_data(tmp_path):
    ejlas("load", FILES["rasht2025"], var=made(tmp_path))
    ejlas("publish", "rasht2025", var=tmp_path)
    head = ("setup", "--email", EMAIL, "--name", NAME, "--language", "fa", "--password-stdin", "--no-input")
    ejlas(*head, var=tmp_path, typed=f"{PASSWORD}\n")
    with serving(tmp_path, EJLAS_PROXIES="127.0.0.0/8") as server:
        visitor = Visitor(server)
        forwarded = {"X_Forwarded_For": "203.0.113.9", "X_Request_ID": "a1b2c3d4e5f6", "User_Agent": "Parisa"}
        server.ask("/fa/rasht2025/programme/?q=parisa.rezvani@example.org", **forwarded)
        server.ask("/account/link/secret-token/", **forwarded)
        server.ask("/nowhere/rezvani?name=Parisa")
        server.ask("/", Host="parisa.example.org")
        server.ask("/account/login/", "POST", f"login={EMAIL}")
        server.ask("/%ff%00", Cookie="session=topsecret")
        visitor.send("/account/login/", login=EMAIL, password="a wrong and loud river")
        signed_in = visitor.send("/account/login/", login=EMAIL, password=PASSWORD)
        visitor.ask("/account/")
        visitor.ask("/account/sign-ins/")
    log = server.log.read_text()

    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    answered = [line for line in lines if line["event"] == "answered"]
    written = "\n".join(line for line in log.lower().splitlines() if not line.startswith("serving on"))
    assert signed_in.status == 302
    assert "a1b2c3d4e5f6" in {line["request"] for line in answered}
    assert all(line.keys() >= FIELDS for line in lines)
    assert {(line["view"], line["status"]) for line in answered} >= {
        ("public:programme", 200),
        ("none", 404),
        ("account_login", 302),
    }
    assert all({"view", "status", "ms", "request", "method"} <= line.keys() for line in answered)
    assert [word for word in PERSONAL if word in written] == []


def _line(logger, message, *arguments, fault=None, **fields):
    info = (type(fault), fault, fault.__traceback__) if fault else None
    record = logging.LogRecord(logger, logging.ERROR, __file__, 7, message, arguments, info)
    record.fields = fields
    return json.loads(JsonFormatter().format(record))


def test_what_a_library_puts_into_its_words_is_left_out():
    with_values = _line("django.security", "Invalid session of %s", "parisa@example.org")
    written_out = _line("allauth", "parisa@example.org was refused")

    assert with_values["event"] == "Invalid session of %s"
    assert written_out["event"] == "test_logs:7"


def test_of_a_fault_the_kind_and_the_places_are_kept():
    try:
        int("parisa@example.org")
    except ValueError:
        line = _line("django.request", "%s: %s", "Internal Server Error", "/account/", fault=sys.exc_info()[1])

    assert line["exception"] == "builtins.ValueError"
    assert line["at"][-1].startswith("web/test_logs.py:")
    assert "parisa" not in json.dumps(line)


def test_our_own_words_are_kept_with_their_fields():
    line = _line("ejlas.worker", "a duty failed", duty="core.workers.forget_finished")

    assert (line["event"], line["duty"]) == ("a duty failed", "core.workers.forget_finished")
