"""Questions about accounts and grants."""

from ejlas.accounts.queries.grants import (
    ORDERS,
    grant_at,
    grant_by_key,
    grants_asked,
    grants_for_bodies,
    grants_for_party,
    grants_held_by,
    grants_in,
    grants_of_keys,
    holders_of,
)
from ejlas.accounts.queries.invitations import (
    invitation_at,
    invitation_by_key,
    invitations_for_party,
    invitations_in,
    opened_invitation,
    state_of,
)
from ejlas.accounts.queries.keys import key_by_token, key_of, keys_of
from ejlas.accounts.queries.links import (
    LinkDead,
    LinkExpired,
    LinkUnknown,
    LinkUsed,
    LinkWithdrawn,
    has_demo_links,
    opened_link,
)
from ejlas.accounts.queries.sign_ins import SignIn, sign_ins_of
from ejlas.accounts.queries.users import guest, has_people, person_to_be, system_account, user_by_email, user_by_key
from ejlas.accounts.queries.webhooks import all_deliveries_of, deliveries_of, delivery_of, webhook_of, webhooks_of

__all__ = [
    "ORDERS",
    "LinkDead",
    "LinkExpired",
    "LinkUnknown",
    "LinkUsed",
    "LinkWithdrawn",
    "SignIn",
    "all_deliveries_of",
    "deliveries_of",
    "delivery_of",
    "grant_at",
    "grant_by_key",
    "grants_asked",
    "grants_for_bodies",
    "grants_for_party",
    "grants_held_by",
    "grants_in",
    "grants_of_keys",
    "guest",
    "has_demo_links",
    "has_people",
    "holders_of",
    "invitation_at",
    "invitation_by_key",
    "invitations_for_party",
    "invitations_in",
    "key_by_token",
    "key_of",
    "keys_of",
    "opened_invitation",
    "opened_link",
    "person_to_be",
    "sign_ins_of",
    "state_of",
    "system_account",
    "user_by_email",
    "user_by_key",
    "webhook_of",
    "webhooks_of",
]
