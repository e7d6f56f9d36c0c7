"""Questions about accounts and grants."""

from ejlas.accounts.queries.grants import grant_by_key, grants_held_by, grants_in, holders_of
from ejlas.accounts.queries.invitations import invitation_by_key, invitations_in, opened_invitation, state_of
from ejlas.accounts.queries.links import LinkDead, LinkExpired, LinkUnknown, LinkUsed, LinkWithdrawn, opened_link
from ejlas.accounts.queries.users import system_account, user_by_email, user_by_key

__all__ = [
    "LinkDead",
    "LinkExpired",
    "LinkUnknown",
    "LinkUsed",
    "LinkWithdrawn",
    "grant_by_key",
    "grants_held_by",
    "grants_in",
    "holders_of",
    "invitation_by_key",
    "invitations_in",
    "opened_invitation",
    "opened_link",
    "state_of",
    "system_account",
    "user_by_email",
    "user_by_key",
]
