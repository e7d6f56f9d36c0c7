"""What a thing holds, field by field in words, as its form names the fields."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ejlas.core import languages
from ejlas.core.inputs import OrderedChoices, RowsField, SeveralChoices, TextsField
from ejlas.core.text import Text
from ejlas.web.ui.kinds import Sheet

_EMPTY = SafeString('<span class="none">—</span>')


def shown(asked: forms.Field, value: Any, sheet: Sheet) -> SafeString:
    """Return the value of a field in words; a dash where there is none."""
    if isinstance(asked, TextsField):
        return wordings(value, sheet)
    if isinstance(asked, RowsField):
        return _rows(asked, value, sheet)
    if isinstance(asked, SeveralChoices | OrderedChoices):
        return _several(asked, value)
    return _one(asked, value, sheet)


def wordings(value: Any, sheet: Sheet) -> SafeString:
    """Return a text in all its languages, those of the edition first, with what is missing or not confirmed."""
    text = value if isinstance(value, Text) else Text.from_stored(value)
    if not text:
        return _EMPTY
    wanted = list(sheet.edition.languages) if sheet.edition is not None else []
    codes = [*wanted, *(code for code in sorted(text.values) if code not in wanted)]
    rows = (
        (languages.own_name(code), code, languages.direction(code), text.values.get(code, ""), _mark(text, code))
        for code in codes
    )
    pattern = '<div><dt>{}</dt><dd lang="{}" dir="{}">{}{}</dd></div>'
    return format_html('<dl class="wordings">{}</dl>', format_html_join("", pattern, rows))


def _mark(text: Text, code: str) -> SafeString:
    if code not in text.values:
        return format_html('<span class="tag is-needed">{}</span>', _("Missing"))
    if code in text.unsure:
        return format_html(' <span class="tag is-needed">{}</span>', _("Not confirmed"))
    return SafeString("")


def _rows(asked: RowsField, value: Any, sheet: Sheet) -> SafeString:
    rows = [row for row in value or () if isinstance(row, dict)]
    if not rows:
        return _EMPTY
    heads = format_html_join("", '<th scope="col">{}</th>', ((part.label,) for part in asked.parts.values()))
    cells = (
        (
            format_html_join(
                "", "<td>{}</td>", ((shown(part, row.get(name), sheet),) for name, part in asked.parts.items())
            ),
        )
        for row in rows
    )
    body = format_html_join("", "<tr>{}</tr>", cells)
    return format_html('<table class="inner"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', heads, body)


def _several(asked: Any, value: Any) -> SafeString:
    words = {str(code): label for code, label in asked.choices}
    named = [(words.get(str(code), code),) for code in value or ()]
    return format_html_join(" ", '<span class="tag">{}</span>', named) if named else _EMPTY


def _one(asked: forms.Field, value: Any, sheet: Sheet) -> SafeString:
    if isinstance(asked, forms.BooleanField):
        return SafeString(_("Yes") if value else _("No"))
    if value in (None, ""):
        return _EMPTY
    if isinstance(asked, forms.ModelChoiceField):
        return format_html("<bdi>{}</bdi>", asked.label_from_instance(value) if hasattr(value, "pk") else value)
    if isinstance(asked, forms.ChoiceField):
        return format_html("{}", dict(asked.choices).get(value, value))  # type: ignore[arg-type]
    return _plain(value, sheet)


def _plain(value: Any, sheet: Sheet) -> SafeString:
    reader = sheet.reader
    if isinstance(value, datetime):
        local = value.astimezone(sheet.edition.zone)
        day = " · ".join(reader.dates(local.date()))
        return format_html('<time datetime="{}">{}, {}</time>', local.isoformat(), day, reader.time(local))
    if isinstance(value, date):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), " · ".join(reader.dates(value)))
    if isinstance(value, time):
        return format_html("{}", reader.time(value))
    if isinstance(value, int | float):
        return format_html("{}", reader.number(value))
    if str(value).startswith(("https://", "http://")):
        return format_html('<a href="{}" rel="noreferrer" dir="ltr">{}</a>', value, value)
    return format_html("<bdi>{}</bdi>", value)
