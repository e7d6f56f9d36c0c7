"""What is sent about a duty: an obligation that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from ejlas.forum.forms.finding import RowFinder
from ejlas.forum.models import Duty
from ejlas.readiness.models import Obligation
from ejlas.readiness.queries import duties


class AttachForm(forms.Form):
    """An obligation that stands there, and comes of a duty from now on."""

    obligation = forms.CharField(max_length=300)

    def __init__(self, data: Mapping[str, Any], duty: Duty, language: str) -> None:
        super().__init__(data)
        self._things = duties.may_attach(duty)
        self._finder = RowFinder(self._things, duty.edition, language)

    def clean_obligation(self) -> Obligation:
        """Return the obligation that was meant, by its short name or by what it is called."""
        return self._things.get(slug=self._finder.resolve(self.cleaned_data["obligation"]))
