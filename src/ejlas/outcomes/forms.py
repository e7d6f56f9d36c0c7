"""Fields and validation of what people write about texts and their points."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core.inputs import SeveralChoices
from ejlas.forum.forms import Group
from ejlas.forum.forms.base import SourcedForm, field_for, offer_languages, offer_rows
from ejlas.forum.models import Edition
from ejlas.outcomes.models import OutcomeText, Point


class TextForm(SourcedForm):
    """An outcome document."""

    languages_seen = SeveralChoices(label=_("Languages in which it was seen"), required=False)
    required_texts = ("title",)
    long_texts = ("adoption", "observation")
    for_many = ("kind", "is_complete", "confidence")

    class Meta:
        model = OutcomeText
        formfield_callback = field_for
        fields = (
            "title",
            "kind",
            "adopted_on",
            "adoption",
            "is_complete",
            "languages_seen",
            "observation",
            "confidence",
            "sources",
        )
        labels: ClassVar[dict[str, Any]] = {
            "title": _("Title"),
            "kind": _("Kind"),
            "adopted_on": _("Day of adoption"),
            "adoption": _("How it was adopted"),
            "is_complete": _("All of its points are known"),
            "observation": _("What to know when reading it"),
            "confidence": _("How well it is supported"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's languages."""
        super().prepare(edition)
        if edition is not None:
            offer_languages(self, "languages_seen", edition.languages, others=True)


class PointForm(SourcedForm):
    """One paragraph of a text; owner, date and measure make it a commitment."""

    required_texts = ("wording", "topic_name")
    long_texts = ("wording", "measure")
    for_many = ("state", "verb", "due_on", "confidence")
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it says"), ("text", "number", "topic_name", "verb", "wording", "state")),
        (_("What makes it a commitment"), ("owner", "due_on", "measure")),
        (_("What it rests on"), ("confidence", "sources")),
    )

    class Meta:
        model = Point
        formfield_callback = field_for
        fields = (
            "text",
            "number",
            "topic_name",
            "verb",
            "wording",
            "state",
            "owner",
            "due_on",
            "measure",
            "confidence",
            "sources",
        )
        labels: ClassVar[dict[str, Any]] = {
            "text": _("Text"),
            "number": _("Number"),
            "topic_name": _("Subject"),
            "verb": _("Force of its verb"),
            "wording": _("Wording"),
            "state": _("How far it is agreed"),
            "owner": _("Who answers for it"),
            "due_on": _("Day by which it is kept"),
            "measure": _("How one sees that it is kept"),
            "confidence": _("How well it is supported"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's texts."""
        super().prepare(edition)
        if edition is not None:
            offer_rows(self, "text", edition.outcometext_set.all(), title="title")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text, number = cleaned.get("text"), cleaned.get("number")
        if text and number and text.points.filter(number=number).exclude(pk=self.instance.pk).exists():
            values = {"number": number}
            wrong = ValidationError(_("The text has a point %(number)d already."), code="taken", params=values)
            self.add_error("number", wrong)
        return cleaned
