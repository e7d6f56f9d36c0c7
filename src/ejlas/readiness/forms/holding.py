"""What is typed while a coordination meeting is held: points, who is there, minutes, decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.core.inputs import DayField

MOST_WORDS, MOST_MINUTES, MOST_NAMES = 2000, 200_000, 300


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class PointForm(forms.Form):
    """A point of the agenda."""

    words = forms.CharField(
        label=_("New point"), max_length=MOST_WORDS, widget=forms.TextInput(attrs={"dir": "auto"}), strip=True
    )


class DecisionForm(forms.Form):
    """What was decided: who, what, by when."""

    words = forms.CharField(
        label=_("What"),
        max_length=MOST_WORDS,
        widget=_lines(2),
        help_text=_("The first line becomes the name of the obligation, the others say it more exactly."),
    )
    body = forms.ChoiceField(label=_("Who"), required=False)
    due_on = DayField(label=_("By when"), required=False)
    point = forms.ChoiceField(label=_("Point of the agenda"), required=False)
    # Kept on the device with the words: sent twice by a weak network, it is written down once.
    once = forms.SlugField(max_length=40, required=False, widget=forms.HiddenInput(attrs={"data-kept": ""}))

    def __init__(
        self,
        data: Any = None,
        *,
        bodies: Sequence[tuple[str, str]],
        points: Sequence[tuple[str, str]],
        language: str,
        zone: ZoneInfo,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, auto_id="decision-%s", initial=dict(initial or {}))
        self.fields["body"].choices = [("", "—"), *bodies]  # type: ignore[attr-defined]
        self.fields["point"].choices = [("", "—"), *points]  # type: ignore[attr-defined]
        self.fields["due_on"].read_as(language, zone)  # type: ignore[attr-defined]

    @property
    def due(self) -> date | None:
        """The day by which it is to be done, or None."""
        found = self.cleaned_data.get("due_on")
        return found if isinstance(found, date) else None


class AttendanceForm(forms.Form):
    """Who came for which body, and who else was there."""

    guests = forms.CharField(label=_("Who else was there"), required=False, max_length=MOST_WORDS, widget=_lines(3))

    def __init__(
        self, data: Any = None, *, bodies: Sequence[tuple[str, str]], held: Mapping[str, str], guests: str
    ) -> None:
        super().__init__(data, initial={"guests": guests}, auto_id="there-%s")
        self._bodies = bodies
        for slug, name in bodies:
            self.fields[f"is-{slug}"] = forms.BooleanField(label=name, required=False, initial=slug in held)
            self.fields[f"who-{slug}"] = forms.CharField(
                label=name,
                required=False,
                max_length=MOST_NAMES,
                initial=held.get(slug, ""),
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )

    def rows(self) -> list[tuple[Any, Any]]:
        """Return for each body its box and the names."""
        return [(self[f"is-{slug}"], self[f"who-{slug}"]) for slug, _name in self._bodies]

    def attendance(self) -> dict[str, str]:
        """Return who came, by body; whoever is named was there."""
        found = {slug: self.cleaned_data[f"who-{slug}"].strip() for slug, _name in self._bodies}
        return {slug: who for slug, who in found.items() if who or self.cleaned_data[f"is-{slug}"]}


class MinutesForm(forms.Form):
    """The minutes as they are typed, with the mark of those that the writer saw."""

    minutes = forms.CharField(
        label=_in("of a meeting", "Minutes"), required=False, max_length=MOST_MINUTES, widget=_lines(14)
    )
    # Kept on the device with the words: what is brought back later must not stand for newer minutes.
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput(attrs={"data-kept": ""}))
