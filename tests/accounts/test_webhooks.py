"""Webhooks: every line told once, signed, tried again, paused after many failures; over a real server."""

from __future__ import annotations

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django_tasks_db.models import DBTaskResult

from ejlas.accounts import operations, queries, rules
from ejlas.accounts.forms import WebhookForm
from ejlas.accounts.models import User, Webhook, WebhookDelivery
from ejlas.accounts.operations import deliveries
from ejlas.core import rotation
from ejlas.core.audit import operations as audit
from ejlas.core.audit.models import Head, Line
from ejlas.core.mail.sending import Message
from ejlas.core.outgoing import Fault, Outcome

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db
AT = datetime(2025, 11, 18, 5, 30, tzinfo=UTC)


class Receiver:
    """A real server that keeps what it is sent, and answers what it is told to."""

    def __init__(self):
        self.got, self.status = [], 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(receiver.status)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}/hook"

    def numbers(self):
        return [json.loads(body)["number"] for _headers, body in self.got]


@pytest.fixture
def receiver():
    receiver = Receiver()
    threading.Thread(target=receiver.server.serve_forever, daemon=True).start()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


@pytest.fixture
def head() -> User:
    return User.objects.create(email="head@example.org", name="Head", language="fa")


def hook(head, address, *, edition="rasht2025", events=()) -> Webhook:
    return operations.add_webhook(edition=edition, address=address, events=events, allow_private=True, by=head, at=AT)


def happen(*events, edition="rasht2025", slug="opening") -> None:
    with transaction.atomic():
        entries = [audit.Entry(event, event.split(".")[1], slug, {"after": {"name": "secret"}}) for event in events]
        audit.record(entries, scope=edition, by="Head", at=AT)


def deliver(at=AT) -> int:
    return operations.deliver_webhooks(now=lambda: at, allow_private=True)


def test_change_is_told_once_without_what_stands_in_it(receiver, head):
    hook(head, receiver.address)
    happen("programme.session.changed")

    assert (deliver(), deliver()) == (1, 0)

    ((headers, body),) = receiver.got
    told = json.loads(body)
    delivery = WebhookDelivery.objects.get()
    assert told == {
        "id": str(delivery.identifier),
        "number": delivery.number,
        "at": "2025-11-18T05:30:00Z",
        "event": "programme.session.changed",
        "edition": "rasht2025",
        "subject": {"kind": "session", "slug": "opening"},
    }
    assert headers["content-type"] == "application/json"
    assert (delivery.state, delivery.answer, delivery.n_tries) == ("delivered", 200, 1)


def test_signature_holds_as_the_guide_says_and_fails_for_anything_else(receiver, head, monkeypatch):
    webhook = hook(head, receiver.address)
    happen("programme.session.changed")
    deliver()
    (snippet,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/guides/webhooks.md").read_text(), re.DOTALL)
    room = {}
    exec(snippet, room)  # what the guide tells others to run
    monkeypatch.setattr(room["time"], "time", lambda: AT.timestamp() + 10)
    verify = room["is_from_ejlas"]
    ((headers, body),) = receiver.got

    assert verify(webhook.secret, headers, body)
    assert not verify(webhook.secret, headers, body + b" ")
    assert not verify(webhook.secret, {**headers, "webhook-id": "other"}, body)
    assert not verify(hook(head, receiver.address).secret, headers, body)
    monkeypatch.setattr(room["time"], "time", lambda: AT.timestamp() + 301)
    assert not verify(webhook.secret, headers, body)


def test_example_of_the_guide_is_what_is_sent(receiver, head):
    (example,) = re.findall(r"```json\n(.*?)```", (ROOT / "docs/guides/webhooks.md").read_text(), re.DOTALL)
    hook(head, receiver.address)
    happen("programme.session.changed")
    deliver()

    sent = json.loads(receiver.got[0][1])

    assert {**json.loads(example), "id": sent["id"], "number": sent["number"]} == sent


def test_webhook_hears_of_its_edition_its_events_and_no_person(receiver, head):
    hook(head, receiver.address, events=["programme.session", "forum"])
    happen("programme.session.added", "programme.sessions.added", "programme.room.added", "forum.party.changed")
    happen("programme.session.added", edition="atlantic2027")
    happen("accounts.grant.added", "audit.values.purged")
    everything = hook(head, receiver.address)
    happen("accounts.grant.added", "programme.room.added")

    deliver()

    told = [json.loads(body) for _headers, body in receiver.got]
    assert sorted(line["event"] for line in told) == [
        "forum.party.changed",
        "programme.room.added",
        "programme.session.added",
    ]
    assert {line["edition"] for line in told} == {"rasht2025"}
    assert everything.deliveries.count() == 1


def test_nothing_from_before_the_webhook_is_told(receiver, head):
    happen("programme.session.added")
    hook(head, receiver.address)

    assert deliver() == 0


def test_failure_is_tried_again_for_a_day_then_stands_as_failed(receiver, head):
    hook(head, receiver.address)
    happen("programme.session.changed")
    receiver.status, at, tries = 500, AT, []

    while (delivery := WebhookDelivery.objects.first()) is None or delivery.state == "waiting":
        at = delivery.next_at if delivery else AT
        tries.append(at)
        deliver(at)

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.answer, delivery.fault) == ("failed", 500, "answer")
    assert [after - before for before, after in pairwise(tries)] == list(rules.DELIVERY_WAITS)
    assert timedelta(hours=23) < tries[-1] - tries[0] < timedelta(hours=25)
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1


def test_delivery_that_waits_does_not_hold_up_those_behind_it(receiver, head):
    hook(head, receiver.address)
    happen("programme.session.changed")
    receiver.status = 500
    deliver()
    receiver.status = 200
    happen("programme.session.removed")

    deliver(AT + timedelta(seconds=1))

    states = list(WebhookDelivery.objects.order_by("number").values_list("state", flat=True))
    assert states == ["waiting", "delivered"]


def test_address_that_is_silent_does_not_hold_up_others(receiver, head):
    hook(head, "http://127.0.0.1:9/")
    hook(head, receiver.address)
    happen("programme.session.added", "programme.session.changed")

    assert deliver() == 2

    silent = WebhookDelivery.objects.filter(fault=Fault.CONNECTION)
    assert [(delivery.answer, delivery.n_tries) for delivery in silent] == [(None, 1)]


def test_many_failures_pause_it_with_a_mail_and_nothing_is_lost(receiver, head, django_capture_on_commit_callbacks):
    webhook = hook(head, receiver.address)
    receiver.status = 503
    for _ in range(rules.MOST_FAILURES):
        happen("programme.session.changed")
    with django_capture_on_commit_callbacks(execute=True):
        deliver()
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.n_failures, webhook.paused_at) == (False, 20, AT)
    (mail,) = _mails()
    assert (mail.to, mail.language) == ("head@example.org", "fa")
    happen("programme.session.removed")
    receiver.status = 200
    assert deliver(AT + timedelta(hours=1)) == 0

    operations.resume_webhook(webhook=webhook, from_now=False, by=head, at=AT)
    deliver(AT)

    last = Line.objects.filter(scope="rasht2025", event__startswith="programme").order_by("number")
    assert sorted(set(receiver.numbers())) == list(last.values_list("number", flat=True))
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.n_failures, webhook.paused_at) == (True, 0, None)


def test_resumed_from_now_on_it_skips_what_happened_meanwhile(receiver, head):
    webhook = hook(head, receiver.address)
    operations.pause_webhook(webhook=webhook, by=head, at=AT)
    happen("programme.session.added")

    operations.resume_webhook(webhook=webhook, from_now=True, by=head, at=AT)
    happen("programme.session.removed")
    deliver()

    assert [json.loads(body)["event"] for _headers, body in receiver.got] == ["programme.session.removed"]


def test_delivery_is_sent_again_by_hand_under_the_same_number(receiver, head):
    webhook = hook(head, receiver.address)
    happen("programme.session.changed")
    deliver()

    operations.send_delivery_again(delivery=queries.deliveries_of(webhook)[0], by=head, at=AT)
    deliver()

    assert len(receiver.got) == 2
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1


def test_address_of_the_own_network_is_refused_also_when_it_stands_already(receiver, head):
    with pytest.raises(operations.AddressRefused):
        operations.add_webhook(
            edition="rasht2025", address=receiver.address, events=[], allow_private=False, by=head, at=AT
        )
    hook(head, receiver.address)
    happen("programme.session.changed")

    operations.deliver_webhooks(now=lambda: AT, allow_private=False)

    assert receiver.got == []
    assert WebhookDelivery.objects.get().fault == Fault.ADDRESS


def test_worker_that_was_killed_while_it_sent_leaves_its_delivery_to_the_next(receiver, head):
    hook(head, receiver.address)
    happen("programme.session.changed")
    deliveries.make_deliveries(at=AT)
    assert deliveries.take_delivery(at=AT, without=set()) is not None  # and then it was killed

    assert deliver(AT + timedelta(seconds=30)) == 0
    assert deliver(AT + deliveries.CLAIM) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_neither_lose_nor_double_a_line(receiver, head):
    Head.objects.get_or_create(pk=1)
    hook(head, receiver.address)

    def work(_number):
        try:
            for _ in range(5):
                happen("programme.session.changed")
                deliver()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, range(2)))
    deliver()

    lines = Line.objects.filter(event="programme.session.changed").order_by("number")
    assert sorted(receiver.numbers()) == list(lines.values_list("number", flat=True))
    assert len(receiver.got) == 10


def test_secret_stands_encrypted_is_renewed_and_is_in_no_line_of_the_trail(head):
    webhook = hook(head, "http://127.0.0.1:9/")
    first = webhook.secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_webhook")
        (stored,) = cursor.fetchone()

    renewed = operations.renew_webhook_secret(webhook=webhook, by=head, at=AT).secret

    assert first.startswith("whsec_")
    assert first not in stored
    assert renewed != first
    told = str(list(Line.objects.select_related("held").values_list("held__values", flat=True)))
    assert first not in told
    assert renewed not in told
    assert (Webhook, "secret") in list(rotation.encrypted_fields())


def test_change_and_removal_are_in_the_trail(head):
    webhook = hook(head, "http://127.0.0.1:9/")
    same = {"webhook": webhook, "allow_private": True, "by": head, "at": AT}
    operations.change_webhook(address="http://127.0.0.1:9/", events=[], **same)
    operations.change_webhook(address="http://127.0.0.1:9/a", events=["programme"], **same)
    operations.remove_webhook(webhook=webhook, by=head, at=AT)

    lines = Line.objects.filter(subject_kind="webhook").order_by("number")

    assert [line.event.rpartition(".")[2] for line in lines] == ["added", "changed", "removed"]
    assert {line.scope for line in lines} == {"rasht2025"}


@pytest.mark.parametrize("event", ["accounts", "accounts.grant", "", "a.b.c.d", "programme session", "programme."])
def test_event_that_no_webhook_hears_of_is_refused(head, event):
    with pytest.raises(operations.UnknownEvent):
        hook(head, "http://127.0.0.1:9/", events=[event])


def test_list_counts_in_one_query_and_never_opens_a_secret(head, django_assert_num_queries, settings):
    for _ in range(3):
        webhook = hook(head, "http://127.0.0.1:9/")
    happen("programme.session.changed")
    deliver()
    settings.FIELD_KEYS = ["A" * 43 + "="]

    with django_assert_num_queries(1):
        listed = queries.webhooks_of("rasht2025")

    assert [(row.n_waiting, row.n_failed, row.last_at) for row in listed] == [(1, 0, AT)] * 3
    assert queries.webhooks_of("atlantic2027") == []
    assert queries.delivery_of(webhook, 0) is None


def test_delivered_is_forgotten_after_a_month(receiver, head):
    hook(head, receiver.address)
    happen("programme.session.changed")
    deliver()

    deliver(AT + timedelta(days=31))

    assert WebhookDelivery.objects.count() == 0


def test_form_names_the_wrong_event_and_the_wrong_address():
    wrong = WebhookForm({"address": "http://10.0.0.7/", "events": "programme accounts.grant"})
    good = WebhookForm({"address": "https://hook.example.org/", "events": "programme\nforum.party"})

    assert set(wrong.errors) == {"address", "events"}
    assert "accounts.grant" in str(wrong.errors["events"])
    assert good.is_valid()
    assert good.cleaned_data["events"] == ["programme", "forum.party"]


def test_good_outcome_after_failures_starts_the_count_anew(receiver, head):
    webhook = hook(head, receiver.address)
    happen("programme.session.added", "programme.session.changed")
    deliveries.make_deliveries(at=AT)
    for outcome in (Outcome(500, Fault.ANSWER), Outcome(200)):
        delivery = deliveries.take_delivery(at=AT, without=set())
        deliveries.note_outcome(delivery=delivery, outcome=outcome, at=AT)

    webhook.refresh_from_db()

    assert webhook.n_failures == 0


def _mails() -> list[Message]:
    queued = DBTaskResult.objects.filter(task_path="ejlas.core.mail.tasks.deliver")
    return [Message.opened(result.args_kwargs["kwargs"]["sealed"]) for result in queued]
