"""What is sent about a round of inspection: an answer from a phone, a line, from which obligations it is filled."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from ejlas.forum.models import Edition
from ejlas.readiness.models import Body, Obligation, Workstream
from ejlas.readiness.operations.inspections import MOST_WORDS
from ejlas.readiness.operations.obligations import MOST_BYTES
from ejlas.readiness.queries import inspections
from ejlas.readiness.rules.inspections import SAID
from ejlas.readiness.rules.meetings import Result

DELIVERED, WORKSTREAM, BODY = "delivered", "workstream", "body"
_MOST_MOMENT = 40


class WalkAnswerForm(forms.Form):
    """An answer of a phone: to which line, what was found, when, under an id by which it is taken once."""

    line = forms.SlugField(max_length=40)
    answer_id = forms.UUIDField()
    result = forms.ChoiceField(choices=[(result.value, result.value) for result in SAID])
    found = forms.CharField(max_length=MOST_WORDS, required=False)
    # A form without scripts says no moment: then it is now.
    seen_at = forms.CharField(max_length=_MOST_MOMENT, required=False)
    photo = forms.FileField(required=False, allow_empty_file=True)

    def clean_result(self) -> Result:
        """Return the result as what it is."""
        return Result(self.cleaned_data["result"])

    def clean_seen_at(self) -> datetime:
        """Return the moment, which names its place in the world."""
        said = self.cleaned_data["seen_at"]
        if not said:
            return timezone.now()
        try:
            moment = parse_datetime(said)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError(_("This is no moment."), code="moment")
        return moment

    def photo_data(self) -> bytes | None:
        """Return the bytes of the photo, no more than says that there are too many; an empty field is no photo."""
        file = self.cleaned_data["photo"]
        return file.read(MOST_BYTES + 1) if isinstance(file, UploadedFile) and file.name else None


class LineForm(forms.Form):
    """A line of one's own."""

    words = forms.CharField(
        label=_("New line"), max_length=MOST_WORDS, widget=forms.TextInput(attrs={"dir": "auto"}), strip=True
    )


class FillForm(forms.Form):
    """From which obligations a checklist is filled."""

    source = forms.CharField(max_length=120)

    def __init__(self, data: Any, edition: Edition) -> None:
        super().__init__(data)
        self._edition = edition

    def clean_source(self) -> list[Obligation]:
        """Return the obligations that are meant."""
        source, _colon, slug = self.cleaned_data["source"].partition(":")
        if source == DELIVERED:
            return inspections.to_inspect(self._edition)
        if source == WORKSTREAM:
            return inspections.to_inspect(self._edition, workstream=self._row(Workstream, slug))
        if source == BODY:
            return inspections.to_inspect(self._edition, body=self._row(Body, slug))
        raise ValidationError(_("Choose from which obligations."), code="source")

    def _row(self, model: Any, slug: str) -> Any:
        found = model.objects.filter(edition=self._edition, slug=slug).first()
        if found is None:
            raise ValidationError(_("Choose from which obligations."), code="source")
        return found
