"""Fields and validation of what is typed about accounts; a form never saves."""

from ejlas.accounts.forms.keys import ApiKeyForm
from ejlas.accounts.forms.webhooks import WebhookForm

__all__ = ["ApiKeyForm", "WebhookForm"]
