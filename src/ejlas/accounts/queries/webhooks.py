"""Questions about webhooks and what was told to each."""

from __future__ import annotations

from django.db.models import Count, Max, Q, QuerySet

from ejlas.accounts.models import Webhook, WebhookDelivery
from ejlas.accounts.rules import DeliveryState


def webhooks_of(edition: str) -> list[Webhook]:
    """Return the webhooks of an edition without their secrets, with `n_waiting`, `n_failed` and `last_at`.

    One SQL query.
    """
    counted = Webhook.objects.filter(edition=edition).annotate(
        n_waiting=Count("deliveries", filter=Q(deliveries__state=DeliveryState.WAITING)),
        n_failed=Count("deliveries", filter=Q(deliveries__state=DeliveryState.FAILED)),
        last_at=Max("deliveries__last_tried_at"),
    )
    return list(counted.defer("secret").select_related("owner"))


def webhook_of(edition: str, key: int) -> Webhook | None:
    """Return a webhook of an edition with its secret, or None. Raises KeyMissing, SecretDamaged."""
    return Webhook.objects.select_related("owner").filter(edition=edition, pk=key).first()


def deliveries_of(webhook: Webhook) -> list[WebhookDelivery]:
    """Return the last 200 deliveries of a webhook, the newest line first. One SQL query."""
    return list(webhook.deliveries.all()[:200])


def all_deliveries_of(webhook: Webhook, state: DeliveryState | None = None) -> QuerySet[WebhookDelivery]:
    """Return the deliveries of a webhook, the newest line first, for a list in pages."""
    deliveries = webhook.deliveries.all()
    return deliveries.filter(state=state) if state else deliveries


def delivery_of(webhook: Webhook, key: int) -> WebhookDelivery | None:
    """Return a delivery of a webhook, or None."""
    return webhook.deliveries.filter(pk=key).first()
