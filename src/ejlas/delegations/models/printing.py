"""Printings of many cards: what was asked for, how far it is, and where the files are for a day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ejlas.delegations.rules.passes.printing import PrintState
from ejlas.forum.models import Edition, choices


class Printing(models.Model):
    """Files of cards that somebody asked for; `badges` are keys of passes in the order of handing out."""

    slug = models.SlugField(max_length=40, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="printings")
    badges = models.JSONField(default=list)
    n_cards = models.PositiveIntegerField()
    n_made = models.PositiveIntegerField(default=0)
    design = models.SlugField(max_length=100, blank=True)
    sheet = models.CharField(max_length=10)
    language = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=choices(PrintState), default=PrintState.WAITING)
    fault = models.TextField(blank=True)
    # The keys of the stored files, in order.
    files = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    # When a file came last, or when the making began.
    moved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edition", "-asked_at"], name="delegations_printing_newest")
        ]

    def __str__(self) -> str:
        return self.slug
