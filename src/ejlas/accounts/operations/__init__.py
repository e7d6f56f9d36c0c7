"""Every change to accounts, grants, and what belongs to them."""

from ejlas.accounts.operations.grants import (
    EndsInThePast,
    LastHead,
    RoleNeedsEdition,
    RoleNeedsParty,
    grant_role,
    require_sound,
    withdraw_role,
    withdraw_roles_of,
)
from ejlas.accounts.operations.invitations import (
    AccountClosed,
    AlreadyInvited,
    InvitationOver,
    Invited,
    Letter,
    NoRoles,
    accept_invitation,
    invite,
    send_again,
    withdraw_invitation,
)
from ejlas.accounts.operations.links import make_sign_in_link, use_sign_in_link
from ejlas.accounts.operations.profiles import change_profile
from ejlas.accounts.operations.sign_ins import end_other_sign_ins, end_sign_in, note_sign_in_seen
from ejlas.accounts.operations.users import EmailTaken, add_user

__all__ = [
    "AccountClosed",
    "AlreadyInvited",
    "EmailTaken",
    "EndsInThePast",
    "InvitationOver",
    "Invited",
    "LastHead",
    "Letter",
    "NoRoles",
    "RoleNeedsEdition",
    "RoleNeedsParty",
    "accept_invitation",
    "add_user",
    "change_profile",
    "end_other_sign_ins",
    "end_sign_in",
    "grant_role",
    "invite",
    "make_sign_in_link",
    "note_sign_in_seen",
    "require_sound",
    "send_again",
    "use_sign_in_link",
    "withdraw_invitation",
    "withdraw_role",
    "withdraw_roles_of",
]
