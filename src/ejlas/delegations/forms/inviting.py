"""What is typed to invite who files the list of a delegation."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.accounts.forms.people import PersonNameField


class InviteForm(forms.Form):
    """The address, the name and the language of a focal point, or of who writes for a medium."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=200,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    name = PersonNameField(
        label=_in("name of a person", "Name"),
        required=False,
        help_text=_("For the mail; who is invited writes the own name at the first visit."),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
