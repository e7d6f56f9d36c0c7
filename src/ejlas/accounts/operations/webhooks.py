"""Telling an address of changes: adding, changing and removing webhooks."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts import rules
from ejlas.accounts.models import User, Webhook, WebhookDelivery
from ejlas.core.audit import operations as audit
from ejlas.core.audit import queries as trail
from ejlas.core.errors import RuleBroken, marked
from ejlas.core.outgoing import address_fault


class AddressRefused(RuleBroken):
    """A webhook goes to a machine outside, and is encrypted on the way."""

    message = marked("This address cannot be told; write one that begins with https:// and is not in your own network.")


class UnknownEvent(RuleBroken):
    """A webhook hears of things, not of persons."""

    message = marked("No webhook can hear of “%(event)s”.")


@transaction.atomic
def add_webhook(
    *, edition: str, address: str, events: Iterable[str], allow_private: bool, by: User, at: datetime
) -> Webhook:
    """Tell an address of what changes at an edition from now on. Raises AddressRefused, UnknownEvent."""
    wanted = _checked(address, events, allow_private=allow_private)
    webhook = Webhook.objects.create(
        edition=edition,
        **wanted,
        secret=_new_secret(),
        cursor=trail.last_number(),
        owner=by,
        created_at=at,
    )
    _record("accounts.webhook.added", webhook, {"after": wanted}, by=by.name, at=at)
    return webhook


@transaction.atomic
def change_webhook(
    *, webhook: Webhook, address: str, events: Iterable[str], allow_private: bool, by: User, at: datetime
) -> Webhook:
    """Change the address of a webhook, or what it hears of. Raises AddressRefused, UnknownEvent."""
    wanted = _checked(address, events, allow_private=allow_private)
    webhook = _locked(webhook)
    before = {name: getattr(webhook, name) for name in wanted}
    changed = [name for name in wanted if before[name] != wanted[name]]
    if changed:
        for name in changed:
            setattr(webhook, name, wanted[name])
        webhook.save(update_fields=changed)
        sides = {"before": {n: before[n] for n in changed}, "after": {n: wanted[n] for n in changed}}
        _record("accounts.webhook.changed", webhook, sides, by=by.name, at=at)
    return webhook


@transaction.atomic
def renew_webhook_secret(*, webhook: Webhook, by: User, at: datetime) -> Webhook:
    """Sign with a new secret from now on; the old one is gone."""
    webhook = _locked(webhook)
    webhook.secret = _new_secret()
    webhook.save(update_fields=["secret"])
    _record("accounts.webhook.changed", webhook, {"after": {"secret": "renewed"}}, by=by.name, at=at)
    return webhook


@transaction.atomic
def pause_webhook(*, webhook: Webhook, by: User, at: datetime) -> Webhook:
    """Tell nothing until it is resumed; what happens meanwhile is told then."""
    webhook = _locked(webhook)
    if webhook.is_active:
        webhook.is_active = False
        webhook.save(update_fields=["is_active"])
        _record("accounts.webhook.paused", webhook, {}, by=by.name, at=at)
    return webhook


@transaction.atomic
def resume_webhook(*, webhook: Webhook, from_now: bool, by: User, at: datetime) -> Webhook:
    """Tell again: what happened meanwhile too, or only what happens from now on."""
    webhook = _locked(webhook)
    waiting = webhook.deliveries.filter(state=rules.DeliveryState.WAITING)
    if from_now:
        webhook.cursor = trail.last_number()
        waiting.update(state=rules.DeliveryState.FAILED, next_at=None)
    else:
        waiting.update(next_at=at)
    if not webhook.is_active:
        _record("accounts.webhook.resumed", webhook, {"from_now": from_now}, by=by.name, at=at)
    webhook.is_active, webhook.paused_at, webhook.n_failures = True, None, 0
    webhook.save(update_fields=["is_active", "paused_at", "n_failures", "cursor"])
    return webhook


@transaction.atomic
def remove_webhook(*, webhook: Webhook, by: User, at: datetime) -> None:
    """Tell this address nothing any more, and forget what was told."""
    webhook = _locked(webhook)
    values = {"before": {"address": webhook.address, "events": webhook.events}}
    _record("accounts.webhook.removed", webhook, values, by=by.name, at=at)
    webhook.delete()


@transaction.atomic
def send_delivery_again(*, delivery: WebhookDelivery, by: User, at: datetime) -> WebhookDelivery:
    """Put a delivery into the queue once more, also one that was taken; it keeps its number."""
    delivery = WebhookDelivery.objects.select_for_update(of=("self",)).select_related("webhook").get(pk=delivery.pk)
    delivery.state, delivery.next_at, delivery.n_tries = rules.DeliveryState.WAITING, at, 0
    delivery.save(update_fields=["state", "next_at", "n_tries"])
    _record("accounts.webhook.sent_again", delivery.webhook, {"number": delivery.number}, by=by.name, at=at)
    return delivery


def _checked(address: str, events: Iterable[str], *, allow_private: bool) -> dict[str, Any]:
    if len(address) > 500 or address_fault(address, allow_private=allow_private):
        raise AddressRefused
    prefixes = sorted(set(events))
    for prefix in prefixes:
        if not rules.is_event_prefix(prefix):
            raise UnknownEvent(event=prefix)
    return {"address": address, "events": prefixes}


def _new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def _locked(webhook: Webhook) -> Webhook:
    return Webhook.objects.select_for_update().get(pk=webhook.pk)


def _record(event: str, webhook: Webhook, values: dict[str, Any], *, by: str, at: datetime) -> None:
    audit.record([audit.Entry(event, "webhook", str(webhook.pk), values)], scope=webhook.edition, by=by, at=at)
