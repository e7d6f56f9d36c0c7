"""Tables of accounts: users, what they may do, and the links that were sent to them."""

from ejlas.accounts.models.grants import Grant
from ejlas.accounts.models.invitations import Invitation, InvitedRole
from ejlas.accounts.models.keys import ApiKey
from ejlas.accounts.models.links import SignInLink
from ejlas.accounts.models.users import User, UserManager
from ejlas.accounts.models.visits import Visit
from ejlas.accounts.models.webhooks import Webhook, WebhookDelivery

__all__ = [
    "ApiKey",
    "Grant",
    "Invitation",
    "InvitedRole",
    "SignInLink",
    "User",
    "UserManager",
    "Visit",
    "Webhook",
    "WebhookDelivery",
]
