"""What a medium writes to apply."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.accounts.forms.people import PersonNameField
from ejlas.core import languages, regions


class MediumForm(forms.Form):
    """Who applies, and where the invitation goes."""

    name = PersonNameField(label=_("Name of the medium"))
    country = forms.ChoiceField(label=_("State"), required=False)
    contact = PersonNameField(label=_("Your name"))
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=200,
        help_text=_("A link to your list goes to this address."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
    )
    language = forms.ChoiceField(label=_("Language in which we write to you"), choices=settings.LANGUAGES)
    # A trap for programs that fill in every field; people do not see it.
    website = forms.CharField(required=False, label=_("Leave this empty"))

    def __init__(self, *args: Any, reader: str, **options: Any) -> None:
        super().__init__(*args, **options)
        states = ((code, languages.state_name(code, reader)) for code in regions.country_codes())
        chosen: Any = self.fields["country"]
        chosen.choices = [("", "—"), *sorted(states, key=lambda pair: pair[1])]

    def clean_website(self) -> str:
        """Refuse what no person writes."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this empty"), code="trap")
        return ""
