"""Forms of parties and offices."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core import regions
from ejlas.core.inputs import OrderedChoices
from ejlas.forum.forms.base import Group, SourcedForm, field_for, offer_languages, offer_rows
from ejlas.forum.models import Edition, Office, Party
from ejlas.forum.rules import PartyKind, PartyRole


class PlacedForm(SourcedForm):
    """A form with a place on the map."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None):
            missing = "latitude" if latitude is None else "longitude"
            self.add_error(missing, ValidationError(_("Write both numbers of the place, or neither."), code="half"))
        if latitude is not None and not -90 <= latitude <= 90:
            self.add_error("latitude", ValidationError(_("A latitude lies between −90 and 90."), code="range"))
        if longitude is not None and not -180 <= longitude <= 180:
            self.add_error("longitude", ValidationError(_("A longitude lies between −180 and 180."), code="range"))
        return cleaned


class PartyForm(PlacedForm):
    """A region, city, state or organisation that is invited."""

    languages = OrderedChoices(
        label=_("Languages its delegation can work in"), least=1, help_text=_("The best first; two places stay free.")
    )
    required_texts = ("name",)
    long_texts = ("note",)
    for_many = ("role", "head_attendance", "rank_class", "confidence")
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it is"), ("name", "kind", "role", "country", "iso", "seat", "latitude", "longitude")),
        (_("Who leads it"), ("head_office", "head_attendance", "represented_by", "rank_class")),
        (_("Delegation"), ("languages", "arrives_at", "departs_at")),
        (_("What it rests on"), ("note", "confidence", "sources")),
    )

    class Meta:
        model = Party
        formfield_callback = field_for
        fields = (
            "name",
            "kind",
            "role",
            "country",
            "iso",
            "seat",
            "latitude",
            "longitude",
            "head_office",
            "head_attendance",
            "represented_by",
            "rank_class",
            "languages",
            "arrives_at",
            "departs_at",
            "note",
            "confidence",
            "sources",
        )
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "kind": _("Kind"),
            "role": _("Takes part as"),
            "country": _("State, two letters (ISO 3166-1)"),
            "iso": _("Region, code of ISO 3166-2"),
            "seat": _("Seat"),
            "latitude": _("Latitude"),
            "longitude": _("Longitude"),
            "head_office": _("Title of its head"),
            "head_attendance": _("Presence of the head"),
            "represented_by": _("Office that comes in place of the head"),
            "rank_class": _("Rank class"),
            "arrives_at": _("Arrives"),
            "departs_at": _("Departs"),
            "note": _("Remark for readers"),
            "confidence": _("How well it is supported"),
        }
        help_texts: ClassVar[dict[str, Any]] = {"rank_class": _("1 stands first in order, 9 last.")}

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's languages and sources."""
        super().prepare(edition)
        offer_languages(self, "languages", edition.languages if edition else (), others=True)

    def clean_country(self) -> str:
        """Refuse a code that no state has."""
        code = str(self.cleaned_data["country"] or "").upper()
        if code and not regions.country_exists(code):
            raise ValidationError(_("ISO 3166-1 has no state %(code)s."), code="country", params={"code": code})
        return code

    def clean_iso(self) -> str:
        """Refuse a code that no region has."""
        code = str(self.cleaned_data["iso"] or "").upper()
        if code and not regions.region_exists(code):
            raise ValidationError(_("ISO 3166-2 has no region %(code)s."), code="iso", params={"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, country, iso = (cleaned.get(name) for name in ("kind", "country", "iso"))
        if kind in {PartyKind.STATE, PartyKind.CITY} and not country and "country" not in self.errors:
            self.add_error("country", ValidationError(_("Write the two letters of its state."), code="required"))
        if kind == PartyKind.REGION and not iso and "iso" not in self.errors:
            self.add_error("iso", ValidationError(_("Write the code of the region."), code="required"))
        if iso and country and regions.region_country(iso) != country:
            values = {"code": iso, "country": country}
            wrong = ValidationError(_("The region %(code)s is not in %(country)s."), code="iso", params=values)
            self.add_error("iso", wrong)
        if cleaned.get("role") == PartyRole.HOST and self._another_host():
            self.add_error("role", ValidationError(_("Another party is the host already."), code="host"))
        arrives, departs = cleaned.get("arrives_at"), cleaned.get("departs_at")
        if arrives and departs and departs <= arrives:
            self.add_error("departs_at", ValidationError(_("The departure comes after the arrival."), code="order"))
        return cleaned

    def _another_host(self) -> bool:
        edition = self.ask.edition
        hosts = edition.party_set.filter(role=PartyRole.HOST) if edition else Party.objects.none()
        return hosts.exclude(pk=self.instance.pk).exists()


class OfficeForm(SourcedForm):
    """An office that takes part beside the parties."""

    required_texts = ("name",)
    for_many = ("attendance", "rank_class", "confidence")
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it is"), ("name", "role", "party", "country", "rank_class", "attendance")),
        (_("What it rests on"), ("confidence", "sources")),
    )

    class Meta:
        model = Office
        formfield_callback = field_for
        fields = ("name", "role", "party", "country", "rank_class", "attendance", "confidence", "sources")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "role": _("What it does at the summit"),
            "party": _("Party"),
            "country": _("State, two letters (ISO 3166-1)"),
            "rank_class": _("Rank class"),
            "attendance": _("Presence"),
            "confidence": _("How well it is supported"),
        }

    clean_country = PartyForm.clean_country

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's parties and sources."""
        super().prepare(edition)
        if edition is not None:
            offer_rows(self, "party", edition.party_set.all())
