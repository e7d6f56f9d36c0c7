"""Tables of accounts: users, and what they may do."""

from ejlas.accounts.models.grants import Grant
from ejlas.accounts.models.keys import ApiKey
from ejlas.accounts.models.users import User, UserManager
from ejlas.accounts.models.webhooks import Webhook, WebhookDelivery

__all__ = ["ApiKey", "Grant", "User", "UserManager", "Webhook", "WebhookDelivery"]
