"""Fields and validation of what people write about the programme."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core.inputs import MomentField, OrderedChoices, RowsField, SeveralChoices, TextsField
from ejlas.core.text import Text
from ejlas.forum.forms import Group, ThingForm
from ejlas.forum.forms.base import (
    SourcedForm,
    field_for,
    offer,
    offer_in_rows,
    offer_languages,
    offer_rows,
    offer_slugs,
    titles,
)
from ejlas.forum.forms.finding import few
from ejlas.forum.forms.parties import PlacedForm
from ejlas.forum.models import Edition
from ejlas.programme.models import Bilateral, Interpreter, Room, Session, Speaker, Venue
from ejlas.programme.rules import APPEARANCE_ROLES


class VenueForm(PlacedForm):
    """A place with rooms."""

    required_texts = ("name",)
    for_many = ("confidence",)

    class Meta:
        model = Venue
        formfield_callback = field_for
        fields = ("name", "city", "latitude", "longitude", "confidence", "sources")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "city": _("City"),
            "latitude": _("Latitude"),
            "longitude": _("Longitude"),
            "confidence": _("How well it is supported"),
        }


class RoomForm(ThingForm):
    """A room of a venue."""

    capacities = SeveralChoices(
        label=_("Who enters"),
        required=False,
        help_text=_("The capacities that have a seat here; the desk sees how full that makes the room."),
    )
    required_texts = ("name",)
    for_many = ("kind", "opens", "closes")

    class Meta:
        model = Room
        formfield_callback = field_for
        fields = ("name", "venue", "kind", "seats", "capacities", "opens", "closes")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "venue": _("Venue"),
            "kind": _("What it is for"),
            "seats": _("Seats"),
            "opens": _("Bilaterals in it start no earlier"),
            "closes": _("Bilaterals in it end no later"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's venues."""
        for name in {"opens", "closes"} & self.fields.keys():
            self.fields[name].help_text = _("Empty: the rule of the edition.")
        if edition is not None:
            offer_rows(self, "venue", edition.venue_set.all())
            offer(self, "capacities", lambda: self._capacities(edition))

    def _capacities(self, edition: Edition) -> list[tuple[str, Any]]:
        words, language = self.ask.words.get("capacities", {}), self.ask.language
        offered = edition.capacity_set.order_by("audience", "position", "pk")
        return [(row.slug, row.name.wording(language).text or words.get(row.kind, row.kind)) for row in offered]

    def clean_seats(self) -> int:
        """A room has a seat at least."""
        seats = int(self.cleaned_data["seats"])
        if not 1 <= seats <= 200_000:
            raise ValidationError(_("Write a number from 1 to 200,000."), code="range")
        return seats

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", ValidationError(_("The end does not come after the start."), code="order"))
        return cleaned


class SpeakerForm(ThingForm):
    """A person who speaks."""

    required_texts = ("name",)
    for_many = ("party", "is_sample")

    class Meta:
        model = Speaker
        formfield_callback = field_for
        fields = ("name", "office", "party", "is_sample")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "office": _("Office"),
            "party": _("Party"),
            "is_sample": _("Invented, to try Ejlas out"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's parties."""
        if edition is not None:
            offer_rows(self, "party", edition.party_set.all())


class SessionForm(SourcedForm):
    """An item of the programme."""

    languages = SeveralChoices(label=_("Languages heard in the room"), required=False)
    parties = SeveralChoices(
        label=_("Parties that take part"), required=False, help_text=_("None chosen: all of them.")
    )
    appearances = RowsField(
        label=_("Who speaks"),
        required=False,
        key="speaker",
        parts={
            "speaker": forms.ChoiceField(label=_("Person")),
            "role": forms.ChoiceField(label=_("Part"), choices=[(role, role) for role in APPEARANCE_ROLES]),
        },
    )
    required_texts = ("title",)
    long_texts = ("description",)
    for_many = ("kind", "room", "timing", "binding", "listed", "is_sample", "confidence")
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it is"), ("title", "kind", "description")),
        (_("When and where"), ("starts_at", "ends_at", "timing", "venue", "room")),
        (_("Who takes part"), ("parties", "languages", "appearances", "binding")),
        (_("What the public sees"), ("listed", "is_sample")),
        (_("What it rests on"), ("confidence", "sources")),
    )

    class Meta:
        model = Session
        formfield_callback = field_for
        fields = (
            "title",
            "kind",
            "description",
            "starts_at",
            "ends_at",
            "timing",
            "venue",
            "room",
            "parties",
            "languages",
            "appearances",
            "binding",
            "listed",
            "is_sample",
            "confidence",
            "sources",
        )
        labels: ClassVar[dict[str, Any]] = {
            "title": _("Title"),
            "kind": _("Kind"),
            "description": _("What it is about"),
            "starts_at": _("Start"),
            "ends_at": _("End"),
            "timing": _("Where its time comes from"),
            "venue": _("Venue"),
            "room": _("Room"),
            "binding": _("Keeps its parties free of bilaterals meanwhile"),
            "listed": _("The public sees it"),
            "is_sample": _("Invented, to try Ejlas out"),
            "confidence": _("How well it is supported"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's rooms, venues, parties, languages and speakers."""
        super().prepare(edition)
        if edition is None:
            return
        offer_rows(self, "venue", edition.venue_set.all())
        offer_rows(self, "room", edition.room_set.all())
        offer_slugs(self, "parties", edition.party_set.all(), partial(titles, self))
        offer_languages(self, "languages", edition.languages)
        if "appearances" not in self.fields:
            return
        parts: dict[str, Any] = self.fields["appearances"].parts  # type: ignore[attr-defined]
        offer_in_rows(self, "appearances", "speaker", edition.speaker_set.all(), partial(titles, self))
        words = self.ask.words.get("appearances", {})
        parts["role"].choices = [(role, words.get(role, role)) for role in APPEARANCE_ROLES]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", ValidationError(_("The end does not come after the start."), code="order"))
        room, venue = cleaned.get("room"), cleaned.get("venue")
        if room and venue and room.venue_id != venue.pk:
            self.add_error("room", ValidationError(_("This room is in another venue."), code="venue"))
        elif room:
            cleaned["venue"] = room.venue
        return cleaned


class InterpreterForm(ThingForm):
    """An interpreter for bilaterals, between two languages."""

    languages = OrderedChoices(label=_("The two languages"), least=2, most=2)
    available = RowsField(
        label=_("When"),
        required=False,
        key="starts_at",
        help_text=_("No time named: all hours of bilaterals."),
        parts={"starts_at": MomentField(label=_("Start")), "ends_at": MomentField(label=_("End"))},
    )
    required_texts = ("name",)
    for_many = ("daily_min", "is_sample")

    class Meta:
        model = Interpreter
        formfield_callback = field_for
        fields = ("name", "languages", "daily_min", "available", "is_sample")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "daily_min": _("Most minutes of work in a day"),
            "is_sample": _("Invented, to try Ejlas out"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        held = self.initial.get("available") or []
        self.initial["available"] = [
            {"starts_at": datetime.fromisoformat(first), "ends_at": datetime.fromisoformat(last)}
            for first, last in held
        ]

    def prepare(self, edition: Edition | None) -> None:
        """Offer the languages of the edition and of its parties."""
        if edition is None or "languages" not in self.fields:
            return
        spoken = [code for codes in few(edition.party_set.all()).values_list("languages", flat=True) for code in codes]
        offer_languages(self, "languages", [*edition.languages, *spoken], others=True)

    def clean_daily_min(self) -> int:
        """A day of work has its bounds (AIIC)."""
        minutes = int(self.cleaned_data["daily_min"])
        if not 15 <= minutes <= 720:
            raise ValidationError(_("Write a number of minutes from 15 to 720."), code="range")
        return minutes

    def clean_available(self) -> list[dict[str, Any]]:
        """Each span ends after it starts."""
        spans: list[dict[str, Any]] = self.cleaned_data["available"]
        for number, span in enumerate(spans, start=1):
            if span["ends_at"] <= span["starts_at"]:
                wrong = _("Row %(row)d: the end does not come after the start.")
                raise ValidationError(wrong, code="order", params={"row": number})
        return spans

    def store(self, name: str, value: Any) -> Any:
        """Keep spans as pairs of ISO moments."""
        if name == "available":
            return [[span["starts_at"].isoformat(), span["ends_at"].isoformat()] for span in value]
        return super().store(name, value)


class BilateralForm(SourcedForm):
    """A wish for a meeting of two or three delegations."""

    parties = OrderedChoices(label=_("The delegations that meet"), least=2, most=3)
    topics = RowsField(
        label=_("What they want to talk about"),
        required=False,
        key="topic",
        parts={"topic": TextsField(label=_("Topic"), required=True)},
    )
    languages = SeveralChoices(
        label=_("Languages spoken"),
        required=False,
        help_text=_("None chosen: found from the languages of the delegations."),
    )
    weight = forms.IntegerField(label=_("How much the host wants it"), min_value=1, max_value=100, initial=5)
    length_min = forms.IntegerField(label=_("Minutes it needs"), min_value=10, max_value=240, initial=30)
    seats = forms.IntegerField(label=_("Seats it needs"), min_value=2, max_value=1000, initial=8)
    for_many = ("weight", "mandatory", "listed", "is_sample", "confidence")
    groups: ClassVar[tuple[Group, ...]] = (
        (_("Who and what about"), ("parties", "topics", "languages")),
        (_("What it needs"), ("weight", "mandatory", "length_min", "seats", "earliest", "latest")),
        (_("Where it stands already"), ("fixed_at", "fixed_room")),
        (_("What the public sees"), ("listed", "is_sample")),
        (_("What it rests on"), ("confidence", "sources")),
    )

    class Meta:
        model = Bilateral
        formfield_callback = field_for
        fields = (
            "parties",
            "topics",
            "languages",
            "weight",
            "mandatory",
            "length_min",
            "seats",
            "earliest",
            "latest",
            "fixed_at",
            "fixed_room",
            "listed",
            "is_sample",
            "confidence",
            "sources",
        )
        labels: ClassVar[dict[str, Any]] = {
            "mandatory": _("A plan without it is no plan"),
            "earliest": _("Earliest start"),
            "latest": _("Latest end"),
            "fixed_at": _("Time it has already"),
            "fixed_room": _("Room it has already"),
            "listed": _("The public sees it once it has a place"),
            "is_sample": _("Invented, to try Ejlas out"),
            "confidence": _("How well it is supported"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        held = self.initial.get("topics") or []
        self.initial["topics"] = [{"topic": Text.from_stored(topic)} for topic in held]

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's parties, languages and meeting rooms."""
        super().prepare(edition)
        if edition is None:
            return
        offer_slugs(self, "parties", edition.party_set.all(), partial(titles, self))
        offer_languages(self, "languages", edition.languages)
        offer_rows(self, "fixed_room", edition.room_set.all())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        earliest, latest, length = (cleaned.get(name) for name in ("earliest", "latest", "length_min"))
        if earliest and latest and length and (latest - earliest).total_seconds() < length * 60:
            wrong = _("Between the earliest start and the latest end there are fewer minutes than it needs.")
            self.add_error("latest", ValidationError(wrong, code="order"))
        step = self.ask.edition.settings["bilaterals"]["grid_min"] if self.ask.edition else 0
        if length and step and length % step:
            values = {"step": step}
            wrong_length = ValidationError(_("Write a multiple of %(step)d minutes."), code="grid", params=values)
            self.add_error("length_min", wrong_length)
        if cleaned.get("fixed_room") and not cleaned.get("fixed_at"):
            self.add_error("fixed_at", ValidationError(_("A room alone is no place: name the time too."), code="half"))
        return cleaned

    def store(self, name: str, value: Any) -> Any:
        """Keep topics as stored texts."""
        if name == "topics":
            return [row["topic"].to_stored() for row in value]
        return super().store(name, value)
