"""What a person types about himself: name, language, a first password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.accounts.models import User
from ejlas.core.inputs.texts import tidy


class PersonNameField(forms.CharField):
    """A name in any script, without signs that only turn the direction of what follows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=200, **options)

    def to_python(self, value: Any) -> str:
        return " ".join(tidy(super().to_python(value) or "", keep_lines=False).split())


class ProfileForm(forms.Form):
    """Name and language of an account."""

    name = PersonNameField()
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class AcceptForm(forms.Form):
    """What makes an account of an invitation: a name, and a password unless a passkey follows."""

    name = PersonNameField()
    password = forms.CharField(strip=False, required=False, max_length=1000)

    def __init__(self, *args: Any, email: str, by_passkey: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email, self.by_passkey = email, by_passkey

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.by_passkey or "name" not in cleaned:
            return cleaned
        password = cleaned.get("password", "")
        if not password:
            self.add_error("password", _("Choose a password, or a passkey instead."))
            return cleaned
        try:
            password_validation.validate_password(password, User(email=self.email, name=cleaned["name"]))
        except ValidationError as weak:
            self.add_error("password", weak)
        return cleaned
