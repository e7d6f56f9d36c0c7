"""Every change to accounts, grants, and what belongs to them."""

from ejlas.accounts.operations.grants import (
    EndsInThePast,
    LastHead,
    RoleNeedsEdition,
    RoleNeedsParty,
    grant_role,
    withdraw_role,
    withdraw_roles_of,
)
from ejlas.accounts.operations.profiles import change_profile
from ejlas.accounts.operations.sign_ins import end_other_sign_ins, end_sign_in, note_sign_in_seen

__all__ = [
    "EndsInThePast",
    "LastHead",
    "RoleNeedsEdition",
    "RoleNeedsParty",
    "change_profile",
    "end_other_sign_ins",
    "end_sign_in",
    "grant_role",
    "note_sign_in_seen",
    "withdraw_role",
    "withdraw_roles_of",
]
