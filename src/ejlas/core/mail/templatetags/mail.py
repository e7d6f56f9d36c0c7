"""Tags for the bodies of mails: the one action, and a code to be typed. Each stands in a paragraph of its own."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from ejlas.core.mail.composing import ACTION, BETWEEN, CODE, bare

register = template.Library()


@register.simple_tag
def action(label: str, address: str) -> SafeString:
    """Place the button of the mail: `{% action label url %}`. Raises ValueError for what is no web address."""
    target = bare(address)
    if not target.startswith(("https://", "http://")) or any(sign.isspace() for sign in target):
        raise ValueError("the action of a mail leads to a web address")
    return mark_safe(f"{ACTION}{label}{BETWEEN}{target}{ACTION}")  # noqa: S308 the layout escapes it


@register.simple_tag
def code(value: object) -> SafeString:
    """Place a code that the person types elsewhere: `{% code value %}`."""
    return mark_safe(f"{CODE}{bare(value)}{CODE}")  # noqa: S308 the layout escapes it
