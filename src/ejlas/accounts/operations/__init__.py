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

__all__ = [
    "EndsInThePast",
    "LastHead",
    "RoleNeedsEdition",
    "RoleNeedsParty",
    "grant_role",
    "withdraw_role",
    "withdraw_roles_of",
]
