"""What is sent about one obligation: a step, how far it is, evidence, words, what comes before it, what it uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from ejlas.core.inputs import DayField
from ejlas.forum.forms.finding import RowFinder
from ejlas.readiness.forms.bodies import remind_from_field
from ejlas.readiness.models import Body, Obligation, Resource
from ejlas.readiness.operations.obligations import MOST_BYTES
from ejlas.readiness.queries import obligations
from ejlas.readiness.rules.states import EvidenceKind, Step

_LONGEST = 4000
_MOST_LAG = 365
_MOST_AMOUNT = 1000


class StepForm(forms.Form):
    """A step, taken with the obligation as its reader saw it."""

    step = forms.ChoiceField()
    reason = forms.CharField(max_length=_LONGEST, required=False)
    revision = forms.IntegerField(min_value=0)

    def __init__(self, data: Mapping[str, Any], steps: Iterable[Step]) -> None:
        super().__init__(data)
        self.fields["step"].choices = [(step.value, step.value) for step in Step if step in set(steps)]  # type: ignore[attr-defined]


class ProgressForm(forms.Form):
    """How far the work has come."""

    progress = forms.IntegerField(min_value=0, max_value=100)


class ProofForm(forms.Form):
    """What shows that an obligation was met; sent twice by a weak network, it is added once."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in EvidenceKind])
    file = forms.FileField(required=False, allow_empty_file=True)
    words = forms.CharField(max_length=_LONGEST, required=False)
    once = forms.SlugField(max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        is_note = cleaned["kind"] == EvidenceKind.INSPECTION
        if not cleaned.get("file") and not (is_note and cleaned["words"].strip()):
            wrong = _("Write down what was seen.") if is_note else _("Choose a file.")
            raise ValidationError(wrong, code="nothing")
        return cleaned

    def data_of_file(self) -> bytes | None:
        """Return the bytes of the file that was sent, no more than says that there are too many."""
        file = self.cleaned_data["file"]
        return file.read(MOST_BYTES + 1) if isinstance(file, UploadedFile) else None


class CommentForm(forms.Form):
    """What is said about an obligation; sent twice by a weak network, it is said once."""

    words = forms.CharField(max_length=_LONGEST)
    once = forms.SlugField(max_length=40, required=False)


class BeforeForm(forms.Form):
    """An obligation that comes before another, with its lag; or that it does no more."""

    revision = forms.IntegerField(min_value=0)
    before = forms.CharField(max_length=300)
    lag = forms.IntegerField(min_value=-_MOST_LAG, max_value=_MOST_LAG, required=False)

    def __init__(self, data: Mapping[str, Any], obligation: Obligation, language: str) -> None:
        super().__init__(data)
        self._things = obligations.may_precede(obligation)
        self._finder = RowFinder(self._things, obligation.edition, language)

    def clean_before(self) -> Obligation:
        """Return the obligation that was meant, by its short name or by what it is called."""
        return self._things.get(slug=self._finder.resolve(self.cleaned_data["before"]))


class UseForm(forms.Form):
    """How much of limited hands an obligation holds; none takes them from it."""

    revision = forms.IntegerField(min_value=0)
    resource = forms.ModelChoiceField(queryset=Resource.objects.none(), to_field_name="slug")
    amount = forms.IntegerField(min_value=0, max_value=_MOST_AMOUNT)

    def __init__(self, data: Mapping[str, Any], obligation: Obligation) -> None:
        super().__init__(data)
        self.fields["resource"].queryset = obligations.resources_of(obligation.edition)  # type: ignore[attr-defined]


class OpeningForm(forms.Form):
    """The day from which a template counts back."""

    opening = DayField(label=_("Opening of the summit"))

    def __init__(self, opening: date | str, *, language: str, zone: ZoneInfo) -> None:
        super().__init__(initial={"opening": opening}, auto_id="%s")
        self.fields["opening"].read_as(language, zone)  # type: ignore[attr-defined]


class FirstMailsForm(forms.Form):
    """The day from which bodies are reminded of a plan that was just laid."""

    remind_from = remind_from_field()

    def __init__(self, data: Mapping[str, Any] | None, *, first: date, language: str, zone: ZoneInfo) -> None:
        super().__init__(data, initial={"remind_from": first}, auto_id="%s")
        self.fields["remind_from"].read_as(language, zone)  # type: ignore[attr-defined]


class DissolveForm(forms.Form):
    """The day from which a body is no more, and the one that follows it."""

    day = DayField(label=_("Day"))
    heir = forms.ModelChoiceField(queryset=Body.objects.none(), to_field_name="slug", required=False)

    def __init__(self, data: Mapping[str, Any] | None, body: Body, *, language: str, today: date) -> None:
        super().__init__(data, initial={"day": today}, auto_id="%s")
        self.fields["day"].read_as(language, body.edition.zone)  # type: ignore[attr-defined]
        self.fields["heir"].queryset = obligations.may_follow(body)  # type: ignore[attr-defined]
