"""The way of a line of the trail to the addresses that asked for it: nothing lost, nothing told twice by us."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F

from ejlas.accounts import rules
from ejlas.accounts.models import Webhook, WebhookDelivery
from ejlas.core import mail
from ejlas.core.audit import operations as audit
from ejlas.core.audit import queries as trail
from ejlas.core.outgoing import Fault, Outcome, post

BATCH = 2000
ROUND = timedelta(seconds=20)
# A worker that was killed while it sent leaves its delivery to the next after this.
CLAIM = timedelta(minutes=2)
KEPT = timedelta(days=30)


def deliver_webhooks(*, now: Callable[[], datetime], allow_private: bool) -> int:
    """Make deliveries of the new lines and send those that are due, for 20 seconds; return how many were taken.

    An address that does not answer at all is left alone for the rest of the round, so that it does not hold up others.
    """
    began = now()
    make_deliveries(at=began)
    silent: set[int] = set()
    n_taken = 0
    while now() - began < ROUND:
        delivery = take_delivery(at=now(), without=silent)
        if delivery is None:
            break
        moment = now()
        outcome = _send(delivery, at=moment, allow_private=allow_private)
        note_outcome(delivery=delivery, outcome=outcome, at=moment)
        n_taken += outcome.is_good
        if not outcome.is_good and outcome.status is None:
            silent.add(delivery.webhook_id)
    return n_taken


def make_deliveries(*, at: datetime) -> int:
    """Make a delivery of each new line for each webhook that hears of it; return how many."""
    newest = trail.last_number()
    behind = Webhook.objects.filter(is_active=True, cursor__lt=newest).defer("secret")
    n_made = sum(_deliveries_of(webhook.pk, at=at) for webhook in behind)
    WebhookDelivery.objects.filter(state=rules.DeliveryState.DELIVERED, last_tried_at__lt=at - KEPT).delete()
    return n_made


@transaction.atomic
def _deliveries_of(key: int, *, at: datetime) -> int:
    # The row's lock: two workers never read the same lines. Numbers are committed in order, so none comes in behind.
    webhook = Webhook.objects.select_for_update(of=("self",)).defer("secret").filter(pk=key, is_active=True).first()
    if webhook is None:
        return 0
    newest = trail.last_number()
    lines = trail.lines_between(webhook.cursor, newest, scope=webhook.edition, limit=BATCH)
    told = [
        WebhookDelivery(
            webhook=webhook,
            number=line.number,
            event=line.event,
            subject_kind=line.subject_kind,
            subject=line.subject,
            at=line.at,
            next_at=at,
        )
        for line in lines
        if rules.hears(webhook.events, line.event)
    ]
    WebhookDelivery.objects.bulk_create(told)
    webhook.cursor = lines[-1].number if len(lines) == BATCH else newest
    webhook.save(update_fields=["cursor"])
    return len(told)


@transaction.atomic
def take_delivery(*, at: datetime, without: set[int]) -> WebhookDelivery | None:
    """Claim the delivery that has been due longest, so that no other worker sends it meanwhile."""
    due = (
        WebhookDelivery.objects.filter(
            state=rules.DeliveryState.WAITING, next_at__lte=at, webhook__is_active=True, n_tries__lte=_most_tries()
        )
        .exclude(webhook__in=without)
        .order_by("next_at", "number")
    )
    delivery = due.select_for_update(skip_locked=True, of=("self",)).select_related("webhook").first()
    if delivery is not None:
        delivery.n_tries += 1
        delivery.next_at, delivery.last_tried_at = at + CLAIM, at
        delivery.save(update_fields=["n_tries", "next_at", "last_tried_at"])
    return delivery


def _most_tries() -> int:
    return len(rules.DELIVERY_WAITS) + 1


def body_of(delivery: WebhookDelivery) -> bytes:
    """Return what is sent: what happened to which thing, and nothing of the persons in it."""
    told = {
        "id": str(delivery.identifier),
        "number": delivery.number,
        "at": delivery.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "event": delivery.event,
        "edition": delivery.webhook.edition,
        "subject": {"kind": delivery.subject_kind, "slug": delivery.subject},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _send(delivery: WebhookDelivery, *, at: datetime, allow_private: bool) -> Outcome:
    body, timestamp = body_of(delivery), int(at.timestamp())
    identifier = str(delivery.identifier)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Ejlas",
        "webhook-id": identifier,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": rules.signature(
            delivery.webhook.secret or "", identifier=identifier, timestamp=timestamp, body=body
        ),
    }
    return post(delivery.webhook.address, body=body, headers=headers, allow_private=allow_private)


@transaction.atomic
def note_outcome(*, delivery: WebhookDelivery, outcome: Outcome, at: datetime) -> None:
    """Note how a try ended, when the next one is due, and pause a webhook that has failed too often."""
    delivery.answer = outcome.status
    delivery.fault = outcome.fault.value if outcome.fault else ""
    waits = rules.DELIVERY_WAITS
    if outcome.is_good:
        delivery.state, delivery.next_at = rules.DeliveryState.DELIVERED, None
        Webhook.objects.filter(pk=delivery.webhook_id).exclude(n_failures=0).update(n_failures=0)
    elif delivery.n_tries > len(waits):
        delivery.state, delivery.next_at = rules.DeliveryState.FAILED, None
    else:
        delivery.next_at = at + waits[delivery.n_tries - 1]
    delivery.save(update_fields=["state", "next_at", "answer", "fault"])
    if not outcome.is_good:
        _count_failure(delivery, outcome.fault or Fault.ANSWER, at=at)


def _count_failure(delivery: WebhookDelivery, fault: Fault, *, at: datetime) -> None:
    Webhook.objects.filter(pk=delivery.webhook_id).update(n_failures=F("n_failures") + 1)
    webhook = Webhook.objects.select_for_update(of=("self",)).select_related("owner").get(pk=delivery.webhook_id)
    if not webhook.is_active or webhook.n_failures < rules.MOST_FAILURES:
        return
    webhook.is_active, webhook.paused_at = False, at
    webhook.save(update_fields=["is_active", "paused_at"])
    values = {"failures": webhook.n_failures, "fault": fault.value}
    entry = audit.Entry("accounts.webhook.paused", "webhook", str(webhook.pk), values)
    audit.record([entry], scope=webhook.edition, by="Ejlas", at=at)
    if webhook.owner.is_active:
        mail.send(
            to=webhook.owner.email,
            template="accounts/webhook-paused",
            language=webhook.owner.language,
            values={"name": webhook.owner.name, "address": webhook.address, "edition": webhook.edition},
        )
