"""Roles at an edition, and invitations to take them up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Body, Router
from pydantic import BaseModel, ConfigDict, Field

from ejlas.accounts import operations, queries
from ejlas.accounts.rules import LinkState, Role, RoleWanted, Scope
from ejlas.core.errors import marked
from ejlas.core.inputs.texts import tidy
from ejlas.web.api import answers, problems
from ejlas.web.api.answers import answer
from ejlas.web.api.auth import edition_for, person_of
from ejlas.web.api.described import gives
from ejlas.web.api.lists import Paged
from ejlas.web.api.problems import checked
from ejlas.web.api.shapes import Moment, page_of
from ejlas.web.ui.links import invitation_letter

router = Router(tags=["People"])

NO_ACCOUNT = marked("Nobody has an account with this address; invite the person.")

Slug = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]*$")]


class GrantOut(BaseModel):
    """A role of a person; without an edition, at every one."""

    grant: int
    name: str
    email: str
    role: Role
    edition: str
    party: str
    body: str
    granted_by: str
    granted_at: datetime
    ends_at: datetime | None
    withdrawn_by: str
    withdrawn_at: datetime | None


class GrantWanted(BaseModel):
    """A role for a person who has an account."""

    model_config = ConfigDict(extra="forbid")

    email: Annotated[str, Field(max_length=200)]
    role: Role
    party: Slug = ""
    body: Slug = ""
    ends_at: Moment | None = None


class InvitedRoleOut(BaseModel):
    """A role that an invitation gives."""

    role: Role
    party: str
    body: str
    ends_at: datetime | None


class InvitationOut(BaseModel):
    """An invitation, and what became of it."""

    invitation: int
    email: str
    name: str
    language: str
    state: LinkState
    invited_by: str
    sent_at: datetime
    expires_at: datetime
    roles: list[InvitedRoleOut]


class InvitationWanted(BaseModel):
    """Who is invited, and to which role."""

    model_config = ConfigDict(extra="forbid")

    email: Annotated[str, Field(max_length=200)]
    name: Annotated[str, Field(max_length=200)] = ""
    language: Annotated[str, Field(max_length=20)] = "en"
    role: Role
    party: Slug = ""
    body: Slug = ""
    ends_at: Moment | None = None


class InvitedOut(BaseModel):
    """The invitation that was sent; none where the person had an account and got the role at once."""

    invitation: InvitationOut | None


def _grant(row: Any) -> dict[str, Any]:
    plain = ("role", "edition", "party", "body", "granted_by", "withdrawn_by")
    moments = ("granted_at", "ends_at", "withdrawn_at")
    return {
        "grant": row.pk,
        "name": row.user.name,
        "email": row.user.email,
        **{name: getattr(row, name) for name in plain},
        **{name: (moment := getattr(row, name)) and moment.isoformat() for name in moments},
    }


def _invitation(row: Any) -> dict[str, Any]:
    roles = [
        {
            "role": each.role,
            "party": each.party,
            "body": each.body,
            "ends_at": each.ends_at and each.ends_at.isoformat(),
        }
        for each in row.roles.all()
    ]
    return {
        "invitation": row.pk,
        **{name: getattr(row, name) for name in ("email", "name", "language")},
        "state": queries.state_of(row, at=timezone.now()).value,
        "invited_by": row.invited_by_name,
        "sent_at": row.sent_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
        "roles": roles,
    }


@router.get("/editions/{edition}/grants", operation_id="list_grants", summary="List the roles, withdrawn ones too")
@gives(page_of(GrantOut), asks=Paged)
def list_grants(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer who is what at an edition."""
    found = edition_for(request, edition, "accounts.view_grants", Scope.ADMIN)
    answers.known_only(request, Paged.model_fields)
    asked: Any = checked(Paged, request.GET.dict())
    rows = queries.grants_in(found.slug)
    items = [_grant(row) for row in rows[asked.offset : asked.offset + asked.limit]]
    return answers.page(request, items, total=rows.count(), limit=asked.limit, offset=asked.offset)


@router.post("/editions/{edition}/grants", operation_id="grant_role", summary="Give a role to who has an account")
@gives(GrantOut, status=201)
def grant_role(request: HttpRequest, edition: str, payload: Body[GrantWanted]) -> HttpResponse:
    """Give a role at this edition."""
    found = edition_for(request, edition, "accounts.change_grants", Scope.ADMIN)
    user = queries.user_by_email(payload.email)
    if user is None or user.is_system or not user.is_active:
        raise problems.wrong_input({"email": [_(NO_ACCOUNT)]})
    given = payload.model_dump(exclude={"email"})
    grant = operations.grant_role(user=user, edition=found.slug, **given, by=person_of(request), at=timezone.now())
    return answer(request, _grant(grant), status=201)


@router.delete("/editions/{edition}/grants/{int:grant}", operation_id="withdraw_role", summary="Withdraw a role")
@gives(GrantOut)
def withdraw_role(request: HttpRequest, edition: str, grant: int) -> HttpResponse:
    """Withdraw a role at this edition, at once."""
    found = edition_for(request, edition, "accounts.change_grants", Scope.ADMIN)
    row = queries.grant_by_key(grant) if grant < 2**63 else None
    # A role at every edition is not withdrawn from within one.
    if row is None or row.edition != found.slug:
        raise problems.not_there()
    done = operations.withdraw_role(grant=row, by=person_of(request), at=timezone.now())
    return answer(request, _grant(done))


@router.get("/editions/{edition}/invitations", operation_id="list_invitations", summary="List the invitations")
@gives(page_of(InvitationOut), asks=Paged)
def list_invitations(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer who was invited, and what became of it."""
    found = edition_for(request, edition, "accounts.view_grants", Scope.ADMIN)
    answers.known_only(request, Paged.model_fields)
    asked: Any = checked(Paged, request.GET.dict())
    rows = queries.invitations_in(found.slug)
    items = [_invitation(row) for row in rows[asked.offset : asked.offset + asked.limit]]
    return answers.page(request, items, total=rows.count(), limit=asked.limit, offset=asked.offset)


@router.post("/editions/{edition}/invitations", operation_id="invite", summary="Invite a person by mail")
@gives(InvitedOut, status=201)
def invite(request: HttpRequest, edition: str, payload: Body[InvitationWanted]) -> HttpResponse:
    """Send an invitation to a role at this edition."""
    found = edition_for(request, edition, "accounts.change_grants", Scope.ADMIN)
    _require_reachable(payload)
    wanted = RoleWanted(payload.role, found.slug, payload.party, payload.body, payload.ends_at)
    name = found.name.wording(payload.language, found.fallback_languages).text
    at = timezone.now()
    done = operations.invite(
        email=payload.email,
        name=" ".join(tidy(payload.name, keep_lines=False).split()),
        language=payload.language,
        roles=[wanted],
        by=person_of(request),
        at=at,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
        letter=invitation_letter(request, edition_name=name),
    )
    sent = queries.invitations_in(found.slug).filter(pk=done.invitation.pk)[0] if done.invitation else None
    return answer(request, {"invitation": _invitation(sent) if sent else None}, status=201)


def _require_reachable(wanted: InvitationWanted) -> None:
    """Refuse what no mail can reach, and a language that no mail speaks. Raises Problem."""
    faults = {}
    try:
        validate_email(wanted.email)
    except ValidationError as fault:
        faults["email"] = fault.messages
    if wanted.language not in dict(settings.LANGUAGES):
        faults["language"] = [_(problems.NOT_TAKEN)]
    if faults:
        raise problems.wrong_input(faults)


@router.delete(
    "/editions/{edition}/invitations/{int:invitation}", operation_id="withdraw_invitation", summary="Withdraw one"
)
@gives(InvitationOut)
def withdraw_invitation(request: HttpRequest, edition: str, invitation: int) -> HttpResponse:
    """Withdraw an open invitation: its link is dead at once."""
    found = edition_for(request, edition, "accounts.change_grants", Scope.ADMIN)
    row = _own_invitation(found, invitation)
    operations.withdraw_invitation(invitation=row, by=person_of(request), at=timezone.now())
    return answer(request, _invitation(_own_invitation(found, invitation)))


@router.post(
    "/editions/{edition}/invitations/{int:invitation}/send-again",
    operation_id="send_invitation_again",
    summary="Send one again, with a new link",
)
@gives(InvitationOut)
def send_invitation_again(request: HttpRequest, edition: str, invitation: int) -> HttpResponse:
    """Send an open or expired invitation with a new link; the old link is dead."""
    found = edition_for(request, edition, "accounts.change_grants", Scope.ADMIN)
    row, at = _own_invitation(found, invitation), timezone.now()
    operations.send_again(
        invitation=row,
        by=person_of(request),
        at=at,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
        letter=invitation_letter(request, edition_name=row.edition_name),
    )
    return answer(request, _invitation(_own_invitation(found, invitation)))


def _own_invitation(edition: Any, key: int) -> Any:
    """Return an invitation to roles at this edition alone. Raises Problem."""
    row = queries.invitations_in(edition.slug).filter(pk=key).first() if key < 2**63 else None
    if row is None or any(role.edition != edition.slug for role in row.roles.all()):
        raise problems.not_there()
    return row
