"""allauth's forms for codes, which also take the digits of a Persian keyboard and blanks between groups."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as factors
from allauth.mfa.totp import forms as totp
from django import forms


def _plain(code: str) -> str:
    kept = (str(int(sign)) if sign.isdecimal() else sign for sign in code if not sign.isspace() and sign != "-")
    return "".join(kept)


class CodeField(forms.CharField):
    """A code, as ASCII digits."""

    def to_python(self, value: Any) -> str:
        return _plain(super().to_python(value) or "")


class AuthenticateForm(factors.AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""

    code = CodeField(max_length=50)


class ReauthenticateForm(factors.ReauthenticateForm):  # type: ignore[misc]
    """The code before a sensitive act."""

    code = CodeField(max_length=50)


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    code = CodeField(max_length=50)
