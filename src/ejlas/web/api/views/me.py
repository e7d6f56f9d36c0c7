"""Who asks: the person, their roles and their keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel

from ejlas.accounts import operations, queries
from ejlas.accounts.permissions import grants_of
from ejlas.web.api import problems
from ejlas.web.api.answers import answer
from ejlas.web.api.auth import KEY, person_of
from ejlas.web.api.described import gives

router = Router(tags=["Me"])


class HeldOut(BaseModel):
    """A role that holds now; without an edition, at every one."""

    role: str
    edition: str
    party: str
    body: str


class KeyOut(BaseModel):
    """A key, by the part of it that is no secret."""

    prefix: str
    name: str
    scopes: list[str]
    created_at: datetime
    ends_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class MeOut(BaseModel):
    """The person who asks, and the key with which."""

    name: str
    email: str
    language: str
    roles: list[HeldOut]
    key: KeyOut | None


class KeysOut(BaseModel):
    """All keys of the person."""

    items: list[KeyOut]


def _key(key: Any) -> dict[str, Any]:
    moments = {name: getattr(key, name) for name in ("created_at", "ends_at", "last_used_at", "revoked_at")}
    said = {name: moment and moment.isoformat() for name, moment in moments.items()}
    return {"prefix": key.prefix, "name": key.name, "scopes": key.scopes, **said}


@router.get("/me", operation_id="me", summary="Who asks")
@gives(MeOut)
def me(request: HttpRequest) -> HttpResponse:
    """Tell who asks."""
    person, key = person_of(request), getattr(request, KEY, None)
    roles = [
        {"role": held.role.value, "edition": held.edition, "party": held.party, "body": held.body}
        for held in grants_of(person)
    ]
    told = {"name": person.name, "email": person.email, "language": person.language, "roles": roles}
    return answer(request, {**told, "key": _key(key) if key else None})


@router.get("/me/keys", operation_id="list_my_keys", summary="List the person's keys")
@gives(KeysOut)
def my_keys(request: HttpRequest) -> HttpResponse:
    """Tell the keys of the person, ended ones too."""
    return answer(request, {"items": [_key(key) for key in queries.keys_of(person_of(request))]})


@router.delete("/me/keys/{prefix}", operation_id="revoke_my_key", summary="Revoke a key of the person, for good")
@gives(KeyOut)
def revoke_key(request: HttpRequest, prefix: str) -> HttpResponse:
    """End a key at once; also the one that asks."""
    key = queries.key_of(person_of(request), prefix)
    if key is None:
        raise problems.not_there()
    return answer(request, _key(operations.revoke_key(key=key, by=person_of(request), at=timezone.now())))
