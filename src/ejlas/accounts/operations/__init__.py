"""Every change to accounts, grants, and what belongs to them."""

from ejlas.accounts.operations.deliveries import deliver_webhooks
from ejlas.accounts.operations.factors import renew_factor_secrets
from ejlas.accounts.operations.grants import (
    EndsInThePast,
    GrantOver,
    LastHead,
    NotYoursToGive,
    RoleNeedsEdition,
    RoleNeedsParty,
    change_role_end,
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
from ejlas.accounts.operations.keys import (
    KeyLastsTooLong,
    NoKeyForThisAccount,
    TooManyKeys,
    make_key,
    note_key_used,
    revoke_key,
)
from ejlas.accounts.operations.links import make_sign_in_link, use_sign_in_link
from ejlas.accounts.operations.profiles import change_profile
from ejlas.accounts.operations.sign_ins import end_other_sign_ins, end_sign_in, note_sign_in_seen
from ejlas.accounts.operations.users import EmailTaken, add_user
from ejlas.accounts.operations.visits import note_visit
from ejlas.accounts.operations.webhooks import (
    AddressRefused,
    UnknownEvent,
    add_webhook,
    change_webhook,
    pause_webhook,
    remove_webhook,
    renew_webhook_secret,
    resume_webhook,
    send_delivery_again,
)

__all__ = [
    "AccountClosed",
    "AddressRefused",
    "AlreadyInvited",
    "EmailTaken",
    "EndsInThePast",
    "GrantOver",
    "InvitationOver",
    "Invited",
    "KeyLastsTooLong",
    "LastHead",
    "Letter",
    "NoKeyForThisAccount",
    "NoRoles",
    "NotYoursToGive",
    "RoleNeedsEdition",
    "RoleNeedsParty",
    "TooManyKeys",
    "UnknownEvent",
    "accept_invitation",
    "add_user",
    "add_webhook",
    "change_profile",
    "change_role_end",
    "change_webhook",
    "deliver_webhooks",
    "end_other_sign_ins",
    "end_sign_in",
    "grant_role",
    "invite",
    "make_key",
    "make_sign_in_link",
    "note_key_used",
    "note_sign_in_seen",
    "note_visit",
    "pause_webhook",
    "remove_webhook",
    "renew_factor_secrets",
    "renew_webhook_secret",
    "require_sound",
    "resume_webhook",
    "revoke_key",
    "send_again",
    "send_delivery_again",
    "use_sign_in_link",
    "withdraw_invitation",
    "withdraw_role",
    "withdraw_roles_of",
]
