"""Where an account is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession

from ejlas.accounts.models import User
from ejlas.accounts.rules import device_of


@dataclass(frozen=True, slots=True)
class SignIn:
    """One place where an account is signed in; its whereabouts are not guessed from the address."""

    key: int
    browser: str
    system: str
    address: str
    began_at: datetime
    last_seen_at: datetime
    is_current: bool


def sign_ins_of(user: User, *, current: str) -> list[SignIn]:
    """Return the sign-ins of a user that still hold, this one first, then the newest."""
    sessions = UserSession.objects.purge_and_list(user)
    found = [
        SignIn(
            session.pk,
            *device_of(session.user_agent),
            session.ip,
            session.created_at,
            session.last_seen_at,
            session.session_key == current,
        )
        for session in sessions
    ]
    return sorted(found, key=lambda sign_in: (not sign_in.is_current, -sign_in.last_seen_at.timestamp()))
