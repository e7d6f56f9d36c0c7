"""Sentences of Django and allauth that a reader can meet, marked here so that our catalogues hold them.

A sentence that one of our forms or adapters puts in the place of theirs stands there instead.
"""

from __future__ import annotations

from django.utils.translation import ngettext_lazy

from ejlas.core.errors import marked

OF_FIELDS = (
    marked("This field is required."),
    marked("Enter a valid email address."),
    marked("Enter a valid value."),
    marked("Enter a valid JSON."),
    marked("Select a valid choice. %(value)s is not one of the available choices."),
    marked("Null characters are not allowed."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
)

OF_PASSWORDS = (
    marked("You must type the same password each time."),
    marked("This password is too common."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
