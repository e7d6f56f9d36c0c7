"""Tables of texts and their points."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ejlas.core.fields import TranslatedField
from ejlas.core.index.models import Indexed
from ejlas.forum.models import Sourced, choices
from ejlas.outcomes import rules


class OutcomeText(Sourced):
    """An outcome document."""

    event_kind: ClassVar[str] = "text"
    index_title = "title"

    kind = models.CharField(max_length=20, choices=choices(rules.TextKind))
    title = TranslatedField()
    adopted_on = models.DateField(null=True)
    adoption = TranslatedField()
    is_complete = models.BooleanField(default=True)
    languages_seen = models.JSONField(default=list, blank=True)
    observation = TranslatedField()


class Point(Indexed):
    """One paragraph of a text; owner, date and measure make it a commitment."""

    index_title = "wording"
    index_scope = "text__edition__slug"

    text = models.ForeignKey(OutcomeText, on_delete=models.CASCADE, related_name="points")
    slug = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    topic = models.SlugField(max_length=60)
    topic_name = TranslatedField()
    verb = models.CharField(max_length=20, choices=choices(rules.Verb))
    wording = TranslatedField()
    state = models.CharField(max_length=20, choices=choices(rules.PointState))
    owner = TranslatedField()
    due_on = models.DateField(null=True)
    measure = TranslatedField()
    sources = models.JSONField(default=list, blank=True)
    confidence = models.CharField(max_length=10, default="medium")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="point_number_is_unique")]

    def __str__(self) -> str:
        return self.slug

    @property
    def lacks(self) -> tuple[rules.Lack, ...]:
        """What this point lacks to be a commitment."""
        return rules.lacks(has_owner=bool(self.owner), due_on=self.due_on, has_measure=bool(self.measure))
