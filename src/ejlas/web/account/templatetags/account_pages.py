"""Filters of the pages of the account: days and roles in words."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.translation import get_language

from ejlas.core import calendars, languages
from ejlas.web.ui.labels import ROLES, word

register = template.Library()


@register.filter
def day(moment: datetime) -> str:
    """Write the day of a moment in the reader's own calendar."""
    language = get_language() or "en"
    return calendars.format_date(moment.date(), language, calendar=calendars.home_calendar(language))


@register.filter
def role_words(role: str) -> str:
    """Name a role."""
    return word(ROLES, role)


@register.filter
def figure(number: int) -> str:
    """Write a number in the reader's digits."""
    return languages.number(number, get_language() or "en")
