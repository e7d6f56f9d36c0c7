"""What is typed to look through scans, and to answer who asks at a gate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.core.inputs import MomentField

MOST_OFFICE = 200


class SpanForm(forms.Form):
    """From when and until when, in the time of the place."""

    def __init__(self, data: Any, *, language: str, zone: ZoneInfo) -> None:
        super().__init__(data)
        for name, label in (("from", _in("beginning of a span", "From")), ("until", _in("end of a span", "Until"))):
            made = MomentField(label=label, required=False)
            made.read_as(language, zone)
            self.fields[name] = made

    def moment(self, name: str) -> datetime | None:
        """Return a moment as it was typed, or None."""
        found = getattr(self, "cleaned_data", {}).get(name)
        return found if isinstance(found, datetime) else None


class GrantForm(forms.Form):
    """A spare for somebody who waits at a gate: which one, of which category, until when."""

    category = forms.ChoiceField(
        label=_("Category, and the office that approves it"),
        help_text=_("Granted on the word of this office, whose name stands with the answer."),
    )
    spare = forms.ChoiceField(
        label=_("Spare card"), help_text=_("Printed and free; it is handed over at the gate or brought there.")
    )
    ends_at = MomentField(label=_("Valid until"), help_text=_("Time of the place."))
    answer = forms.CharField(
        label=_("Words for the gate"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        categories: Sequence[tuple[str, Any]],
        spares: Sequence[tuple[str, Any]],
        language: str,
        zone: ZoneInfo,
        at: datetime,
        ends_at: datetime,
    ) -> None:
        super().__init__(data, initial={"ends_at": ends_at})
        self.fields["category"].choices = categories  # type: ignore[attr-defined]
        self.fields["spare"].choices = spares  # type: ignore[attr-defined]
        self.fields["ends_at"].read_as(language, zone)  # type: ignore[attr-defined]
        self._at = at

    def clean_ends_at(self) -> datetime:
        """Refuse a moment that has passed."""
        ends_at: datetime = self.cleaned_data["ends_at"]
        if ends_at <= self._at:
            raise ValidationError(_("This time has passed; choose a later one."), code="past")
        return ends_at


class RefuseForm(forms.Form):
    """Why somebody who waits at a gate is not let in."""

    answer = forms.CharField(
        label=_("Words for the gate"),
        max_length=500,
        help_text=_("The officer at the gate reads them to the person."),
        error_messages={"required": _("Say why, so that the officer at the gate can say it.")},
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class OfficesForm(forms.Form):
    """The office that approves walk-ins, for each category of passes (rule 11)."""

    def __init__(self, data: Any = None, *, categories: Sequence[tuple[str, Any, str]]) -> None:
        super().__init__(data)
        for slug, label, office in categories:
            self.fields[slug] = forms.CharField(
                label=label,
                required=False,
                max_length=MOST_OFFICE,
                initial=office,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )

    def offices(self) -> dict[str, str]:
        """Return the offices that are named, by category."""
        return {slug: words.strip() for slug, words in self.cleaned_data.items() if words.strip()}


class MoveForm(forms.Form):
    """The gate to which a device goes."""

    gate = forms.ChoiceField(label=_("Gate"))

    def __init__(self, data: Any = None, *, gates: Sequence[tuple[str, Any]], here: str) -> None:
        super().__init__(data, initial={"gate": here})
        self.fields["gate"].choices = gates  # type: ignore[attr-defined]
