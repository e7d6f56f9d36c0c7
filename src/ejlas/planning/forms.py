"""Fields and validation of what a "what if" is asked about, and of how long the planner may search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.core.inputs import MomentField
from ejlas.core.inputs.moments import plain_digits
from ejlas.planning.rules import Change, ChangeKind, NotAChange

LONGEST_SECONDS = 3600
MOST_PERCENT = 50

# What a person is offered; the other kinds come from the reasons of a refusal.
OFFERED = (
    ChangeKind.PARTY_AWAY,
    ChangeKind.ROOM_CLOSED,
    ChangeKind.INTERPRETER_AWAY,
    ChangeKind.WITHDRAWN,
    ChangeKind.INTERPRETER_ADDED,
    ChangeKind.ROOM_ADDED,
)
_NO_TIME = _("Empty on both sides: at all hours of bilaterals.")


class DigitsField(forms.IntegerField):
    """A whole number in any digits."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_digits(str(value)) if value is not None else value)


class PercentField(forms.FloatField):
    """A share of a hundred in any digits, with a point or a comma."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        written = plain_digits(str(value)).replace("٫", ".").replace(",", ".") if value is not None else value
        return super().to_python(written)


class RunForm(forms.Form):
    """How long a plan may be searched for, and when it is good enough."""

    seconds = DigitsField(
        label=_("Seconds"),
        min_value=1,
        max_value=LONGEST_SECONDS,
        initial=60,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Give the search between 1 and 3600 seconds.")
        ),
    )
    enough = PercentField(
        label=_("Good enough at"),
        min_value=0,
        max_value=MOST_PERCENT,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write a share from 0 to 50 per cent, or nothing.")
        ),
    )


class ChangeForm(forms.Form):
    """One change of a kind that can be thought of.

    Parameters
    ----------
    things : what it can be about, each by its slug and its name for the reader
    language, zone : how the reader writes moments
    """

    thing = forms.ChoiceField()
    second = forms.ChoiceField()
    starts_at = MomentField(label=_in("a span of time", "From"), required=False)
    ends_at = MomentField(label=_in("a span of time", "Until"), required=False)

    def __init__(
        self, data: Any = None, *, kind: ChangeKind, things: Sequence[tuple[str, str]], language: str, zone: ZoneInfo
    ) -> None:
        super().__init__(data, prefix=kind.value, auto_id="id_%s")
        self.kind = kind
        self.change: Change | None = None
        self._ask_what(kind, things)
        for name in ("starts_at", "ends_at"):
            self.fields[name].read_as(language, zone)  # type: ignore[attr-defined]
        if kind is ChangeKind.WITHDRAWN:
            del self.fields["starts_at"], self.fields["ends_at"]
        elif kind in {ChangeKind.ROOM_ADDED, ChangeKind.INTERPRETER_ADDED}:
            self.fields["ends_at"].help_text = _NO_TIME

    def _ask_what(self, kind: ChangeKind, things: Sequence[tuple[str, str]]) -> None:
        if kind is ChangeKind.ROOM_ADDED:
            self.fields["thing"] = DigitsField(label=LABELS[kind], min_value=2, max_value=1000, initial=8)
        else:
            self.fields["thing"].label = LABELS[kind]
            self.fields["thing"].choices = things  # type: ignore[attr-defined]
        if kind is ChangeKind.INTERPRETER_ADDED:
            self.fields["second"].label = _in("the second of two languages", "and")
            self.fields["second"].choices = things  # type: ignore[attr-defined]
        else:
            del self.fields["second"]

    def clean(self) -> dict[str, Any]:
        """Make the change of what is written."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        first, last = cleaned.get("starts_at"), cleaned.get("ends_at")
        if first and last and last <= first:
            self.add_error("ends_at", ValidationError(_("The end does not come after the start."), code="order"))
            return cleaned
        if self.kind is ChangeKind.INTERPRETER_ADDED and cleaned["thing"] == cleaned["second"]:
            self.add_error("second", ValidationError(_("Choose two different languages."), code="same"))
            return cleaned
        thing = ",".join(str(cleaned[name]) for name in ("thing", "second") if name in cleaned)
        try:
            self.change = Change(self.kind, thing, first, last)
        except NotAChange:
            self.add_error("starts_at", ValidationError(_("Say from when, until when, or both."), code="time"))
        return cleaned


LABELS = {
    ChangeKind.PARTY_AWAY: _("Party"),
    ChangeKind.ROOM_CLOSED: _("Room"),
    ChangeKind.INTERPRETER_AWAY: _("Interpreter"),
    ChangeKind.WITHDRAWN: _("Bilateral"),
    ChangeKind.INTERPRETER_ADDED: _in("the first of two languages", "Between"),
    ChangeKind.ROOM_ADDED: _("Seats"),
}
