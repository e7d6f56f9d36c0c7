"""Forms of passes: zones, windows, categories, gates, a single pass, and the house's rules for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core.inputs import RowsField, SeveralChoices
from ejlas.delegations.models import Badge, Capacity, Category, Gate, Window, Zone
from ejlas.delegations.rules.capacities import CapacityKind
from ejlas.delegations.rules.passes import house
from ejlas.delegations.rules.passes.badges import TOKENS, BadgeKind
from ejlas.forum.forms import Group, ThingForm
from ejlas.forum.forms.base import field_for, offer_rows
from ejlas.forum.models import Edition

RANKS = range(1, 10)


class ZoneForm(ThingForm):
    """A zone: its letter, how many it holds, and what its gates do then."""

    required_texts = ("name",)
    for_many = ("capacity", "passback", "when_full")
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it is"), ("name", "letter")),
        (_("At its gates"), ("capacity", "when_full", "passback")),
    )

    class Meta:
        model = Zone
        formfield_callback = field_for
        fields = ("name", "letter", "capacity", "when_full", "passback")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "letter": _("Letter on the cards"),
            "capacity": _("Most people inside"),
            "when_full": _("When it is full"),
            "passback": _("A pass that is inside already"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "capacity": _("Nothing: no limit."),
            "passback": _("Also one that goes out without having come in."),
        }

    def clean_letter(self) -> str:
        """Refuse a letter that another zone has."""
        letter = str(self.cleaned_data["letter"]).strip()
        edition = self.ask.edition
        others = Zone.objects.filter(edition=edition, letter=letter).exclude(pk=self.instance.pk)
        if edition is not None and others.exists():
            raise ValidationError(_("Another zone has this letter."), code="letter")
        return letter


class WindowForm(ThingForm):
    """A window of time in which zones are entered."""

    required_texts = ("name",)
    groups: ClassVar[tuple[Group, ...]] = (("", ("name", "starts_at", "ends_at")),)

    class Meta:
        model = Window
        formfield_callback = field_for
        fields = ("name", "starts_at", "ends_at")
        labels: ClassVar[dict[str, Any]] = {"name": _("Name"), "starts_at": _("From"), "ends_at": _("Until")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_at"), cleaned.get("ends_at")
        if first and last and last <= first:
            self.add_error("ends_at", ValidationError(_("A window ends after it begins."), code="order"))
        return cleaned


class CategoryForm(ThingForm):
    """A category of passes: who gets it, or of tokens how many a delegation gets."""

    capacities = SeveralChoices(label=_("Capacities whose people get it"), required=False)
    rank_classes = SeveralChoices(
        label=_("Of which rank classes"), required=False, help_text=_("Nothing: of every rank class.")
    )
    limits = RowsField(
        label=_("At most so many for one use"),
        required=False,
        key="most",
        parts={
            "use": forms.ChoiceField(label=_("Use"), choices=[(kind.value, kind.value) for kind in CapacityKind]),
            "most": forms.IntegerField(label=_("At most"), min_value=1, max_value=999),
        },
    )
    required_texts = ("name",)
    for_many = ("colour", "per_delegation")
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it is"), ("name", "kind", "short", "colour")),
        (_("Badges: who gets one"), ("capacities", "rank_classes")),
        (_("Tokens: how many a delegation gets"), ("per_delegation", "limits")),
    )

    class Meta:
        model = Category
        formfield_callback = field_for
        fields = ("name", "kind", "short", "colour", "capacities", "rank_classes", "per_delegation", "limits")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "kind": _("Kind of card"),
            "short": _("Letters on the card"),
            "colour": _("Colour of the card"),
            "per_delegation": _("Most of one delegation"),
        }
        help_texts: ClassVar[dict[str, Any]] = {"per_delegation": _("Nothing: no limit.")}
        widgets: ClassVar[dict[str, Any]] = {"colour": forms.TextInput(attrs={"type": "color"})}

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's capacities and the ranks; what a card is does not change once there are cards."""
        kinds = self.ask.words.get("kind", {})
        if "kind" in self.fields:
            self.fields["kind"].choices = [(kind.value, kinds.get(kind, kind.value)) for kind in BadgeKind]  # type: ignore[attr-defined]
            self.fields["kind"].disabled = bool(self.instance.pk and self.instance.badges.exists())
        if "capacities" in self.fields and edition is not None:
            self.fields["capacities"].choices = self._capacities(edition)  # type: ignore[attr-defined]
        if "rank_classes" in self.fields:
            self.fields["rank_classes"].choices = [(str(rank), str(rank)) for rank in RANKS]  # type: ignore[attr-defined]
            self.initial["rank_classes"] = [str(rank) for rank in self.initial.get("rank_classes") or ()]
        if "limits" in self.fields:
            uses = self.ask.words.get("capacities", {})
            part: Any = self.fields["limits"].parts["use"]  # type: ignore[attr-defined]
            part.choices = [(kind.value, uses.get(kind, kind.value)) for kind in CapacityKind]

    def _capacities(self, edition: Edition) -> list[tuple[str, str]]:
        words, language = self.ask.words.get("capacities", {}), self.ask.language
        rows = Capacity.objects.filter(edition=edition).order_by("audience", "position", "pk")
        return [(row.slug, row.name.wording(language).text or str(words.get(row.kind, row.kind))) for row in rows]

    def clean_limits(self) -> list[dict[str, Any]]:
        """Refuse a use that stands twice."""
        rows: list[dict[str, Any]] = self.cleaned_data["limits"]
        uses = [row["use"] for row in rows]
        if len(set(uses)) < len(uses):
            raise ValidationError(_("A use stands in one row only."), code="twice")
        return rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") in TOKENS and cleaned.get("capacities"):
            wrong = _("A token belongs to a delegation, not to people of a capacity.")
            self.add_error("capacities", ValidationError(wrong, code="kind"))
        return cleaned

    def fold(self, answers: Mapping[str, Any], thing: Any) -> dict[str, Any]:
        """Return the ranks as the column holds them."""
        fields = dict(answers)
        if "rank_classes" in fields:
            fields["rank_classes"] = [int(rank) for rank in fields["rank_classes"]]
        return fields

    def store(self, name: str, value: Any) -> Any:
        """Leave what `fold` turns into numbers."""
        return value if name == "rank_classes" else super().store(name, value)


class GateForm(ThingForm):
    """A gate: where it leads, and where it stands on the map."""

    required_texts = ("name",)
    for_many = ("zone", "ways")
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it is"), ("name", "zone", "ways")),
        (_("Where it stands on the map of gates"), ("place_x", "place_y")),
    )

    class Meta:
        model = Gate
        formfield_callback = field_for
        fields = ("name", "zone", "ways", "place_x", "place_y")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "zone": _("Leads into the zone"),
            "ways": _("Ways"),
            "place_x": _("From the left, in hundredths of the width"),
            "place_y": _("From the top, in hundredths of the height"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's zones."""
        if edition is not None and "zone" in self.fields:
            offer_rows(self, "zone", Zone.objects.filter(edition=edition), title="name")


class BadgeForm(ThingForm):
    """A single pass: another category than follows, a span of its own, zones besides; a new one is a token or spare."""

    zones = SeveralChoices(label=_("Zones besides those of its category"), required=False)
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it opens"), ("delegation", "category", "mark", "zones")),
        (_("Valid only"), ("starts_at", "ends_at")),
        ("", ("note",)),
    )

    class Meta:
        model = Badge
        formfield_callback = field_for
        fields = ("delegation", "category", "mark", "zones", "starts_at", "ends_at", "note")
        labels: ClassVar[dict[str, Any]] = {
            "delegation": _("Delegation"),
            "category": _("Category"),
            "mark": _("Use"),
            "starts_at": _("From"),
            "ends_at": _("Until"),
            "note": _("Note of the desk"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "category": _("With another category the card is printed anew; the one before opens nothing."),
            "starts_at": _("Nothing: as its category has it."),
            "ends_at": _("Nothing: as its category has it."),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer categories of this kind of card, and the edition's zones."""
        if edition is None:
            return
        language = self.ask.language
        kinds = [self.instance.kind] if self.instance.pk else [*TOKENS, BadgeKind.SPARE]
        offer_rows(self, "category", Category.objects.filter(edition=edition, kind__in=kinds), title="name")
        if self.instance.pk:
            for name in ("delegation", "mark"):
                self.fields.pop(name, None)
        offer_rows(self, "delegation", edition.delegation_set.select_related("party"), title="title")
        if "zones" in self.fields:
            rows = Zone.objects.filter(edition=edition).order_by("position", "pk")
            choices = [(row.slug, row.name.wording(language).text or row.letter) for row in rows]
            self.fields["zones"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_at"), cleaned.get("ends_at")
        if first and last and last <= first:
            self.add_error("ends_at", ValidationError(_("A pass ends after it begins."), code="order"))
        category = cleaned.get("category")
        if category is not None and "delegation" in self.fields:
            is_token = category.kind in TOKENS
            if is_token and cleaned.get("delegation") is None:
                wrong = _("A token belongs to a delegation: choose it.")
                self.add_error("delegation", ValidationError(wrong, code="required"))
        return cleaned


def _number(name: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    bounds = house.NUMBERS[name]
    return forms.IntegerField(label=label, min_value=bounds.least, max_value=bounds.most, help_text=help_text)


class PassRulesForm(ThingForm):
    """The house's rules for passes and gates (rules 9 to 12)."""

    printed_is_valid = forms.BooleanField(
        label=_("A printed card opens gates before it is handed out or validated"), required=False
    )
    digital_passes = forms.BooleanField(label=_("Passes also on the telephone"), required=False)
    n_spares = _number("n_spares", _("Numbered spare cards to print beforehand"))
    list_hours = _number("list_hours", _("Hours for which a gate without network uses its list"))
    online_seconds = _number("online_seconds", _("Seconds without a sign of life after which a gate counts as cut off"))
    keep_scans_days = _number("keep_scans_days", _("Scans are kept, days after the close"))
    folded = ("settings",)
    groups: ClassVar[tuple[Group, ...]] = (
        (_("Cards"), ("printed_is_valid", "digital_passes", "n_spares")),
        (_("Gates"), ("list_hours", "online_seconds", "keep_scans_days")),
    )

    class Meta:
        model = Edition
        fields = ()

    def unfold(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """Return the rules one by one."""
        return house.stored(held["settings"] or {}) if "settings" in held else dict(held)

    def fold(self, answers: Mapping[str, Any], thing: Any) -> dict[str, Any]:
        """Return the rules as one part of the settings; what else stands there stays."""
        held = thing.settings or {}
        return {"settings": {**held, house.SETTINGS: house.stored(held) | dict(answers)}}

    def store(self, name: str, value: Any) -> Any:
        """Leave all to `fold`: no rule has a column of its own."""
        return value
