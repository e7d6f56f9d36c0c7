"""Fields and validation of what is typed about accounts; a form never saves."""

from ejlas.accounts.forms.keys import ApiKeyForm
from ejlas.accounts.forms.people import AcceptForm, PersonNameField, ProfileForm
from ejlas.accounts.forms.roles import Asking, EndForm, RolesForm
from ejlas.accounts.forms.webhooks import ChosenEventsForm, WebhookForm

__all__ = [
    "AcceptForm",
    "ApiKeyForm",
    "Asking",
    "ChosenEventsForm",
    "EndForm",
    "PersonNameField",
    "ProfileForm",
    "RolesForm",
    "WebhookForm",
]
