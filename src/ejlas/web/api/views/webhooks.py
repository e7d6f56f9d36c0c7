"""Addresses that are told of changes at an edition, and what was told to each."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Body, Router
from pydantic import BaseModel, ConfigDict, Field

from ejlas.accounts import operations, queries
from ejlas.accounts.rules import DeliveryState, Scope
from ejlas.web.api import answers, problems
from ejlas.web.api.answers import answer
from ejlas.web.api.auth import edition_for, person_of
from ejlas.web.api.described import gives

router = Router(tags=["Webhooks"])

PLACE = "/editions/{edition}/webhooks"
ONE = f"{PLACE}/{{int:webhook}}"


class WebhookOut(BaseModel):
    """An address that is told of changes; `secret` only where one is shown to who may change it."""

    webhook: int
    address: str
    events: list[str]
    is_active: bool
    paused_at: datetime | None
    owner: str
    created_at: datetime
    secret: str | None


class WebhooksOut(BaseModel):
    """The webhooks of an edition."""

    items: list[WebhookOut]


class WebhookWanted(BaseModel):
    """An address, and the first parts of the events it hears of; none for all."""

    model_config = ConfigDict(extra="forbid")

    address: Annotated[str, Field(max_length=500)]
    events: Annotated[list[str], Field(max_length=50)] = Field(default_factory=list)


class Resumption(BaseModel):
    """Whether what happened meanwhile is skipped."""

    model_config = ConfigDict(extra="forbid")

    from_now: bool = False


class DeliveryOut(BaseModel):
    """One line of the trail on its way to the address."""

    delivery: int
    id: str
    number: int
    event: str
    at: datetime
    state: DeliveryState
    tries: int
    next_at: datetime | None
    last_tried_at: datetime | None
    answer: int | None
    fault: str


class DeliveriesOut(BaseModel):
    """The last deliveries, the newest line first."""

    items: list[DeliveryOut]


def _webhook(row: Any, *, with_secret: bool = False) -> dict[str, Any]:
    return {
        "webhook": row.pk,
        **{name: getattr(row, name) for name in ("address", "events", "is_active")},
        "paused_at": row.paused_at and row.paused_at.isoformat(),
        "owner": row.owner.name,
        "created_at": row.created_at.isoformat(),
        "secret": row.secret if with_secret else None,
    }


def _delivery(row: Any) -> dict[str, Any]:
    plain = ("number", "event", "state", "answer", "fault")
    return {
        "delivery": row.pk,
        "id": str(row.identifier),
        **{name: getattr(row, name) for name in plain},
        "at": row.at.isoformat(),
        "tries": row.n_tries,
        "next_at": row.next_at and row.next_at.isoformat(),
        "last_tried_at": row.last_tried_at and row.last_tried_at.isoformat(),
    }


def _found(request: HttpRequest, edition: str, key: int, permission: str = "accounts.change_webhooks") -> Any:
    found = edition_for(request, edition, permission, Scope.ADMIN)
    row = queries.webhook_of(found.slug, key) if key < 2**63 else None
    if row is None:
        raise problems.not_there()
    return row


@router.get(PLACE, operation_id="list_webhooks", summary="List the webhooks of an edition")
@gives(WebhooksOut)
def list_webhooks(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer the webhooks, without their secrets."""
    found = edition_for(request, edition, "accounts.view_webhooks", Scope.ADMIN)
    answers.known_only(request, ())
    return answer(request, {"items": [_webhook(row) for row in queries.webhooks_of(found.slug)]})


@router.post(PLACE, operation_id="add_webhook", summary="Tell an address of what changes from now on")
@gives(WebhookOut, status=201)
def add_webhook(request: HttpRequest, edition: str, payload: Body[WebhookWanted]) -> HttpResponse:
    """Add a webhook; its secret is in the answer."""
    found = edition_for(request, edition, "accounts.change_webhooks", Scope.ADMIN)
    row = operations.add_webhook(
        edition=found.slug,
        **payload.model_dump(),
        allow_private=settings.WEBHOOKS_PRIVATE,
        by=person_of(request),
        at=timezone.now(),
    )
    place = request.build_absolute_uri(f"{request.path}/{row.pk}")
    return answer(request, _webhook(row, with_secret=True), status=201, Location=place)


@router.get(ONE, operation_id="get_webhook", summary="Show a webhook with its secret")
@gives(WebhookOut)
def show_webhook(request: HttpRequest, edition: str, webhook: int) -> HttpResponse:
    """Answer a webhook, with its secret, to who may change it."""
    return answer(request, _webhook(_found(request, edition, webhook), with_secret=True))


@router.put(ONE, operation_id="change_webhook", summary="Change the address, or what it hears of")
@gives(WebhookOut)
def change_webhook(request: HttpRequest, edition: str, webhook: int, payload: Body[WebhookWanted]) -> HttpResponse:
    """Change a webhook."""
    row = operations.change_webhook(
        webhook=_found(request, edition, webhook),
        **payload.model_dump(),
        allow_private=settings.WEBHOOKS_PRIVATE,
        by=person_of(request),
        at=timezone.now(),
    )
    return answer(request, _webhook(row))


@router.delete(ONE, operation_id="remove_webhook", summary="Tell this address nothing any more")
@gives(WebhookOut)
def remove_webhook(request: HttpRequest, edition: str, webhook: int) -> HttpResponse:
    """Remove a webhook; the answer says what it was."""
    row = _found(request, edition, webhook)
    said = _webhook(row)
    operations.remove_webhook(webhook=row, by=person_of(request), at=timezone.now())
    return answer(request, said)


@router.post(f"{ONE}/secret", operation_id="renew_webhook_secret", summary="Sign with a new secret from now on")
@gives(WebhookOut)
def renew_secret(request: HttpRequest, edition: str, webhook: int) -> HttpResponse:
    """Make a new secret, which is in the answer."""
    row = operations.renew_webhook_secret(
        webhook=_found(request, edition, webhook), by=person_of(request), at=timezone.now()
    )
    return answer(request, _webhook(row, with_secret=True))


@router.post(f"{ONE}/pause", operation_id="pause_webhook", summary="Tell nothing until it is resumed")
@gives(WebhookOut)
def pause_webhook(request: HttpRequest, edition: str, webhook: int) -> HttpResponse:
    """Pause a webhook."""
    row = operations.pause_webhook(webhook=_found(request, edition, webhook), by=person_of(request), at=timezone.now())
    return answer(request, _webhook(row))


@router.post(f"{ONE}/resume", operation_id="resume_webhook", summary="Tell again")
@gives(WebhookOut)
def resume_webhook(request: HttpRequest, edition: str, webhook: int, payload: Body[Resumption]) -> HttpResponse:
    """Resume a webhook, with what happened meanwhile or without."""
    row = operations.resume_webhook(
        webhook=_found(request, edition, webhook),
        from_now=payload.from_now,
        by=person_of(request),
        at=timezone.now(),
    )
    return answer(request, _webhook(row))


@router.get(f"{ONE}/deliveries", operation_id="list_deliveries", summary="List the last 200 deliveries")
@gives(DeliveriesOut)
def list_deliveries(request: HttpRequest, edition: str, webhook: int) -> HttpResponse:
    """Answer what was told, and how it ended."""
    row = _found(request, edition, webhook, "accounts.view_webhooks")
    return answer(request, {"items": [_delivery(each) for each in queries.deliveries_of(row)]})


@router.post(
    f"{ONE}/deliveries/{{int:delivery}}/send-again", operation_id="send_again", summary="Send a delivery once more"
)
@gives(DeliveryOut, status=202)
def send_again(request: HttpRequest, edition: str, webhook: int, delivery: int) -> HttpResponse:
    """Put a delivery into the queue again, under the same number."""
    row = _found(request, edition, webhook)
    found = queries.delivery_of(row, delivery) if delivery < 2**63 else None
    if found is None:
        raise problems.not_there()
    done = operations.send_delivery_again(delivery=found, by=person_of(request), at=timezone.now())
    return answer(request, _delivery(done), status=202)
