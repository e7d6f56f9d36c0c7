"""Questions about accounts and grants."""

from ejlas.accounts.queries.grants import grant_by_key, grants_held_by, grants_in, holders_of
from ejlas.accounts.queries.users import system_account, user_by_email, user_by_key

__all__ = [
    "grant_by_key",
    "grants_held_by",
    "grants_in",
    "holders_of",
    "system_account",
    "user_by_email",
    "user_by_key",
]
