"""What a password must not be, in a sentence that names no field of a table."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.utils.translation import gettext


class UnlikePerson(UserAttributeSimilarityValidator):
    """A password is not made of the name or the address of its owner."""

    def __init__(self, **options: Any) -> None:
        super().__init__(user_attributes=("email", "name"), **options)

    def get_error_message(self) -> str:
        return gettext("This password is too much like your name or your address.")
