"""Tables of the programme: venues, rooms, sessions, speakers, interpreters and bilaterals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from ejlas.core.fields import TranslatedField
from ejlas.core.index.rules import Item
from ejlas.core.text import Text
from ejlas.forum.models import OfEdition, Party, Sourced, choices
from ejlas.programme import rules


class Venue(Sourced):
    """A place with rooms."""

    name = TranslatedField()
    city = TranslatedField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)


class Room(OfEdition):
    """A room of a venue; `opens` and `closes` bound the bilaterals in it, `capacities` names by slug who enters."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="rooms")
    name = TranslatedField()
    kind = models.CharField(max_length=20, choices=choices(rules.RoomKind))
    seats = models.PositiveIntegerField()
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    capacities = models.JSONField(default=list, blank=True)


class Speaker(OfEdition):
    """A person who speaks; an invented one is marked as a sample."""

    name = TranslatedField()
    office = TranslatedField()
    party = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL, related_name="speakers")
    is_sample = models.BooleanField(default=False)


class Session(Sourced):
    """An item of the programme; `parties` holds the slugs of those that take part, none for all."""

    index_title = "title"
    index_lists = ("parties",)

    kind = models.CharField(max_length=20, choices=choices(rules.SessionKind))
    title = TranslatedField()
    description = TranslatedField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    timing = models.CharField(max_length=10, choices=choices(rules.Timing))
    venue = models.ForeignKey(Venue, null=True, on_delete=models.PROTECT, related_name="sessions")
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="sessions")
    languages = models.JSONField(default=list, blank=True)
    parties = models.JSONField(default=list, blank=True)
    appearances = models.JSONField(default=list, blank=True)
    binding = models.BooleanField(default=True)
    listed = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)

    class Meta(Sourced.Meta):
        ordering: ClassVar[list[str]] = ["starts_at", "position", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edition", "starts_at", "position"], name="programme_session_order"),
            models.Index(fields=["edition", "kind"], name="programme_session_kind"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_after"),
        ]


class Interpreter(OfEdition):
    """An interpreter for bilaterals; `available` holds spans of ISO moments, none for all bilateral hours."""

    name = TranslatedField()
    languages = models.JSONField(default=list)
    daily_min = models.PositiveIntegerField()
    available = models.JSONField(default=list, blank=True)
    is_sample = models.BooleanField(default=False)


class BilateralQuerySet(models.QuerySet["Bilateral"]):
    """Chainable filters of bilaterals."""

    def placed(self) -> BilateralQuerySet:
        """Keep those that have a time and a room."""
        return self.filter(state=rules.BilateralState.PLACED)

    def plannable(self) -> BilateralQuerySet:
        """Keep those that the planner may place or move."""
        return self.filter(state__in=rules.PLANNABLE)


class Bilateral(Sourced):
    """A wish for a meeting of two or three delegations, and its place once it has one."""

    index_after = ("party",)
    index_lists = ("parties",)

    parties = models.JSONField(default=list)
    topics = models.JSONField(default=list, blank=True)
    weight = models.PositiveIntegerField(default=5)
    length_min = models.PositiveIntegerField(default=30)
    seats = models.PositiveIntegerField(default=8)
    languages = models.JSONField(default=list, blank=True)
    earliest = models.DateTimeField(null=True)
    latest = models.DateTimeField(null=True)
    fixed_at = models.DateTimeField(null=True)
    fixed_room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="fixed_bilaterals")
    mandatory = models.BooleanField(default=False)
    listed = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    state = models.CharField(
        max_length=20, choices=choices(rules.BilateralState), default=rules.BilateralState.REQUESTED
    )
    starts_at = models.DateTimeField(null=True)
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="bilaterals")
    interpreters = models.ManyToManyField(Interpreter, related_name="bilaterals")
    # A place that a person has made stays in the next plan; `despite` names the house rules set aside for it.
    pinned = models.BooleanField(default=False)
    despite = models.JSONField(default=list, blank=True)
    despite_reason = models.CharField(max_length=300, blank=True)

    objects = BilateralQuerySet.as_manager()

    class Meta(Sourced.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *Sourced.Meta.indexes,
            # For the counts at home.
            models.Index(fields=["edition", "state", "mandatory"], name="programme_bilateral_state"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(state=rules.BilateralState.PLACED)
                | models.Q(starts_at__isnull=False, room__isnull=False),
                name="bilateral_placed_has_place",
            ),
            models.CheckConstraint(
                condition=models.Q(pinned=False) | models.Q(starts_at__isnull=False, room__isnull=False),
                name="bilateral_pinned_has_place",
            ),
        ]

    @classmethod
    def index_items(cls, rows: Iterable[Bilateral]) -> Iterable[Item]:
        """Return what the index holds of bilaterals: they are called by the names of their parties."""
        rows = list(rows)
        named = {slug for row in rows for slug in row.parties}
        parties = Party.objects.filter(edition__in={row.edition_id for row in rows}, slug__in=named)
        names = {(party.edition_id, party.slug): party.name for party in parties.only("edition_id", "slug", "name")}
        for row in rows:
            texts = [names.get((row.edition_id, slug), Text()) for slug in row.parties]
            languages = sorted({language for text in texts for language in text.values})
            title = Text({code: " – ".join(text.wording(code).text for text in texts) for code in languages})
            yield Item(
                row.edition.slug,
                cls.kind_in_index(),
                row.slug,
                title,
                words=tuple(row.topics),
                lists=row.lists_in_index(),
            )
