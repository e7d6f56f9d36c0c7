"""The executive bodies of the host, the strands of work, and hands and equipment of which there are few."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models

from ejlas.core.fields import TranslatedField
from ejlas.forum.models import OfEdition


class Body(OfEdition):
    """An executive body of the host; a grant names it by its slug."""

    index_words = ("contact_name",)

    name = TranslatedField()
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(max_length=200, blank=True)
    head_name = models.CharField(max_length=200, blank=True)
    head_email = models.EmailField(max_length=200, blank=True)
    language = models.CharField(max_length=20, blank=True)
    # A body that was dissolved keeps its history; what is open goes to whoever follows it.
    dissolved_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)


class Workstream(OfEdition):
    """A strand of the preparation, such as the airport or the media centre."""

    name = TranslatedField()


class Resource(OfEdition):
    """Hands or equipment of which only so many work at once."""

    name = TranslatedField()
    capacity = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="resources")

    class Meta(OfEdition.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [*OfEdition.Meta.constraints]
