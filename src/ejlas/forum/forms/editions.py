"""Forms of the forum, an edition, its languages, and its rules for bilaterals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core import languages
from ejlas.core.changes import plain
from ejlas.core.inputs import DayField, OrderedChoices, RowsField, SeveralChoices, TextsField, TimeField
from ejlas.core.text import Text
from ejlas.forum import rules
from ejlas.forum.forms.base import OFTEN_SPOKEN, Ask, Group, ThingForm, field_for
from ejlas.forum.forms.parties import PartyForm
from ejlas.forum.models import Edition, Forum

MOST_DAYS = 31
MOST_MEETINGS = 9999
_AROUND = timedelta(days=7)


def language_choices(reader: str, held: list[str]) -> list[tuple[str, str]]:
    """Return the languages that can be chosen, by their names in the reader's language."""
    codes = dict.fromkeys([*held, *OFTEN_SPOKEN])
    return sorted(((code, languages.name_of(code, reader)) for code in codes), key=lambda pair: pair[1])


_BAD_SLUG = _("Write small Latin letters, digits and hyphens, a letter first: rasht2025.")


class ForumForm(ThingForm):
    """The standing series of meetings."""

    required_texts = ("name",)
    long_texts = ("description",)

    class Meta:
        model = Forum
        formfield_callback = field_for
        fields = ("slug", "name", "description")
        labels: ClassVar[dict[str, Any]] = {
            "slug": _("Short name"),
            "name": _("Name of the series"),
            "description": _("What the series is"),
        }
        help_texts: ClassVar[dict[str, Any]] = {"slug": _("Latin letters, digits and hyphens; it stays as it is.")}
        error_messages: ClassVar[dict[str, Any]] = {
            "slug": {"invalid": _BAD_SLUG, "unique": _("Another series has this short name already.")}
        }

    def prepare(self, edition: Edition | None) -> None:
        """What others point to keeps its name."""
        if self.instance.pk:
            del self.fields["slug"]

    def clean_slug(self) -> str:
        """Refuse what cannot stand in an address."""
        return checked_slug(str(self.cleaned_data["slug"]))


def checked_slug(slug: str) -> str:
    """Return a short name that can stand in an address. Raises ValidationError."""
    if not rules.SLUG.fullmatch(slug):
        raise ValidationError(_BAD_SLUG, code="slug")
    return slug


_COLOUR = {"invalid": _("Write # and six of the signs 0–9 and a–f: #0b3d5c.")}


class EditionForm(ThingForm):
    """One summit of the forum: what it is called, when and where it is, who hosts."""

    calendars = SeveralChoices(label=_("Calendars in which dates are shown"))
    aims = RowsField(
        label=_("Aims"), key="aim", required=False, parts={"aim": TextsField(label=_("Aim"), required=True)}
    )
    main_colour = forms.RegexField(r"^#[0-9a-f]{6}$", label=_("Main colour"), required=False, error_messages=_COLOUR)
    accent = forms.RegexField(r"^#[0-9a-f]{6}$", label=_("Accent"), required=False, error_messages=_COLOUR)
    required_texts = ("name", "city", "host_office")
    long_texts = ("summary",)
    folded = ("colours", "aims")
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it is called"), ("slug", "number", "name", "motto", "summary")),
        (_("When and where"), ("starts_on", "ends_on", "opens_at", "timezone", "city", "country", "calendars")),
        (_("Who hosts"), ("host_office", "lead_ministry", "secretariat")),
        (_("What it is for"), ("aims",)),
        (_("How its pages look"), ("main_colour", "accent")),
    )

    class Meta:
        model = Edition
        formfield_callback = field_for
        fields = (
            "slug",
            "number",
            "name",
            "motto",
            "summary",
            "starts_on",
            "ends_on",
            "opens_at",
            "timezone",
            "city",
            "country",
            "calendars",
            "host_office",
            "lead_ministry",
            "secretariat",
        )
        labels: ClassVar[dict[str, Any]] = {
            "slug": _("Short name in addresses"),
            "number": _("Which meeting of the series"),
            "name": _("Name"),
            "motto": _("Motto"),
            "summary": _("A few sentences for the first page"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "opens_at": _("Opening"),
            "timezone": _("Time zone of the place"),
            "city": _("City"),
            "country": _("State, two letters (ISO 3166-1)"),
            "host_office": _("Office that hosts"),
            "lead_ministry": _("Lead ministry"),
            "secretariat": _("Secretariat"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "slug": _("Latin letters, digits and hyphens; it stays as it is."),
            "timezone": _("A name of the IANA list, such as Asia/Tehran."),
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "slug": {"invalid": _BAD_SLUG, "unique": _("Another edition has this short name already.")}
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer the calendars; what others point to keeps its name."""
        words = self.ask.words.get("calendars", {})
        self.fields["calendars"].choices = [  # type: ignore[attr-defined]
            (value.value, words.get(value, value.value)) for value in rules.Calendar
        ]
        if self.instance.pk:
            del self.fields["slug"]

    clean_country = PartyForm.clean_country

    def clean_slug(self) -> str:
        """Refuse an address of the system, of a language, or of another edition."""
        slug = checked_slug(str(self.cleaned_data["slug"]))
        if not rules.slug_is_free(slug):
            wrong = _("“%(slug)s” is an address of the system or looks like a language; add the year.")
            raise ValidationError(wrong, code="slug", params={"slug": slug})
        return slug

    def clean_timezone(self) -> str:
        """Refuse a zone that the clock does not know."""
        name = str(self.cleaned_data["timezone"])
        if name not in available_timezones():
            raise ValidationError(_("There is no time zone “%(name)s”."), code="zone", params={"name": name})
        return name

    def clean_number(self) -> int:
        """Refuse what counts no meetings."""
        number = int(self.cleaned_data["number"])
        if not 1 <= number <= MOST_MEETINGS:
            wrong = _("Write a number from 1 to %(most)d.")
            raise ValidationError(wrong, code="number", params={"most": MOST_MEETINGS})
        return number

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("The last day does not come before the first."), code="order"))
        elif first and last and (last - first).days >= MOST_DAYS:
            wrong = ValidationError(
                _("An edition lasts %(most)d days at most."), code="days", params={"most": MOST_DAYS}
            )
            self.add_error("ends_on", wrong)
        elif first and last:
            self._check_opening(first, last)
        if cleaned.get("accent") and not cleaned.get("main_colour") and "main_colour" not in self.errors:
            wrong = ValidationError(_("Choose the main colour too; the accent stands beside it."), code="alone")
            self.add_error("main_colour", wrong)
        return cleaned

    def _check_opening(self, first: date, last: date) -> None:
        """Read the opening on the clocks of the place that this form names; it lies on a day of the edition."""
        opening, zone = self.cleaned_data.get("opens_at"), self.cleaned_data.get("timezone")
        if opening is None or not zone:
            return
        asked: Any = self.fields["opens_at"]
        if str(asked.widget.zone) != zone:
            opening = self.cleaned_data["opens_at"] = opening.astimezone(asked.widget.zone).replace(
                tzinfo=ZoneInfo(zone)
            )
        if not first <= opening.astimezone(ZoneInfo(zone)).date() <= last:
            self.add_error("opens_at", ValidationError(_("The opening is on a day of the edition."), code="day"))

    def unfold(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """Return colours one by one, and aims as rows."""
        fields = super().unfold(held)
        if "colours" in fields:
            colours = [*(fields.pop("colours") or []), "", ""]
            fields["main_colour"], fields["accent"] = colours[:2]
        if "aims" in fields:
            fields["aims"] = [{"aim": Text.from_stored(aim)} for aim in fields["aims"] or []]
        return fields

    def fold(self, answers: Mapping[str, Any], thing: Any) -> dict[str, Any]:
        """Return colours as one list, aims as texts."""
        fields = super().fold(answers, thing)
        if {"main_colour", "accent"} & fields.keys():
            held = [*thing.colours, "", ""]
            colours = [fields.pop("main_colour", held[0]), fields.pop("accent", held[1])]
            fields["colours"] = [colour for colour in colours if colour] if colours[0] else []
        if "aims" in fields:
            fields["aims"] = [row["aim"].to_stored() for row in fields["aims"]]
        return fields

    def store(self, name: str, value: Any) -> Any:
        """Leave what is no column of its own to `fold`."""
        return value if name in {"main_colour", "accent"} else super().store(name, value)


class BeginEditionForm(forms.Form):
    """What must be known before an edition can be written down: its series, and the languages of its texts."""

    forum = forms.ModelChoiceField(label=_("Series"), queryset=Forum.objects.none(), to_field_name="slug")
    languages = OrderedChoices(
        label=_("Working languages"), least=1, help_text=_("The first is the host's; two places stay free.")
    )
    fallback_languages = OrderedChoices(
        label=_("Shown where a wording is missing"), help_text=_("In this order; two places stay free.")
    )

    def __init__(self, *args: Any, ask: Ask, **options: Any) -> None:
        super().__init__(*args, **options)
        series: Any = self.fields["forum"]
        series.queryset, series.empty_label = Forum.objects.order_by("slug"), None
        series.label_from_instance = lambda row: row.name.wording(ask.language).text or row.slug
        for name in ("languages", "fallback_languages"):
            self.fields[name].choices = language_choices(ask.language, [])  # type: ignore[attr-defined]


class LanguagesForm(ThingForm):
    """The working languages of an edition, and what is shown where a wording is missing."""

    languages = OrderedChoices(
        label=_("Working languages"), least=1, help_text=_("The first is the host's; two places stay free.")
    )
    other = forms.CharField(
        label=_("A language that is not in the list"),
        required=False,
        max_length=20,
        help_text=_("Its code by BCP 47, such as glk or uz-Cyrl."),
    )
    fallback_languages = OrderedChoices(
        label=_("Shown where a wording is missing"), help_text=_("In this order; two places stay free.")
    )

    class Meta:
        model = Edition
        fields = ("languages", "fallback_languages")

    field_order = ("languages", "other", "fallback_languages")

    def prepare(self, edition: Edition | None) -> None:
        """Offer the languages of the world that summits speak; a rarer one is added by its code."""
        held = list(self.initial.get("languages") or []) + list(self.initial.get("fallback_languages") or [])
        for name in ("languages", "fallback_languages"):
            self.fields[name].choices = language_choices(self.ask.language, held)  # type: ignore[attr-defined]

    def clean_other(self) -> str:
        """Refuse what is no code of a language."""
        code = str(self.cleaned_data["other"]).strip()
        if code and not languages.is_language(code):
            raise ValidationError(_("“%(code)s” is no code of a language."), code="code", params={"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        other = cleaned.pop("other", "")
        if other and "languages" in cleaned and other not in cleaned["languages"]:
            cleaned["languages"] = [*cleaned["languages"], other]
        return cleaned


def _number(name: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    bounds = rules.BILATERAL_NUMBERS[name]
    return forms.IntegerField(label=label, min_value=bounds.least, max_value=bounds.most, help_text=help_text)


class BilateralRulesForm(ThingForm):
    """The numbers by which bilaterals are planned (house rules 19 to 22)."""

    opens = TimeField(label=_("Bilaterals start no earlier"))
    closes = TimeField(label=_("Bilaterals end no later"))
    starts_on = DayField(label=_("First day of bilaterals"), required=False)
    ends_on = DayField(label=_("Last day of bilaterals"), required=False)
    grid_min = _number("grid_min", _("Minutes of one step"))
    turnaround_min = _number("turnaround_min", _("Minutes a room stays empty between two meetings"))
    buffer_min = _number("buffer_min", _("Minutes a delegation has free between two meetings"))
    daily_cap = _number("daily_cap", _("Most bilaterals of a delegation in a day"))
    consecutive = forms.BooleanField(label=_("A delegation may have two meetings in a row"), required=False)
    rest_min = _number("rest_min", _("Minutes between two meetings that may not be in a row"))
    travel_min = _number("travel_min", _("Minutes on the way from one venue to another"))
    wait_min = _number("wait_min", _("Minutes of waiting that count as no gap"))
    by_rank = forms.BooleanField(
        label=_("Where wishes clash, the party of higher rank goes first"),
        help_text=_("The class of a bilateral is the highest of its parties; without this, weights alone decide."),
        required=False,
    )
    row_min = _number("row_min", _("Most minutes an interpreter works in a row"), _("0: no limit."))
    pause_min = _number("pause_min", _("Minutes without work that are a rest for an interpreter"))
    relay = forms.BooleanField(
        label=_("Relay through a third language where nobody interprets between two"), required=False
    )
    folded = ("settings",)
    groups: ClassVar[tuple[Group, ...]] = (
        (_("When"), ("opens", "closes", "starts_on", "ends_on", "grid_min")),
        (
            _("Rooms and delegations"),
            ("turnaround_min", "buffer_min", "daily_cap", "consecutive", "rest_min", "travel_min"),
        ),
        (_("Interpreters"), ("row_min", "pause_min", "relay")),
        (_("What a good plan is"), ("wait_min", "by_rank")),
    )

    class Meta:
        model = Edition
        fields = ()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("opens") and cleaned.get("closes") and cleaned["closes"] <= cleaned["opens"]:
            self.add_error("closes", ValidationError(_("The end does not come after the start."), code="order"))
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("The last day does not come before the first."), code="order"))
        edition = self.instance
        for name in ("starts_on", "ends_on"):
            day = cleaned.get(name)
            if day and not edition.starts_on - _AROUND <= day <= edition.ends_on + _AROUND:
                wrong = _("Bilaterals are held during the edition, or in the week before or after it.")
                self.add_error(name, ValidationError(wrong, code="day"))
        return cleaned

    def unfold(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """Return the rules one by one, days and times as such."""
        fields = super().unfold(held)
        if "settings" in fields:
            stored = rules.bilateral_rules(fields.pop("settings") or {})
            read: dict[str, Any] = {"opens": time, "closes": time, "starts_on": date, "ends_on": date}
            fields |= {
                name: read[name].fromisoformat(value) if name in read and value else value
                for name, value in stored.items()
            }
        return fields

    def fold(self, answers: Mapping[str, Any], thing: Any) -> dict[str, Any]:
        """Return the rules as one part of the settings; what else stands there stays."""
        held = thing.settings or {}
        bilaterals = rules.bilateral_rules(held) | plain(dict(answers))
        return {"settings": {**held, "bilaterals": bilaterals}}

    def store(self, name: str, value: Any) -> Any:
        """Leave all to `fold`: no rule has a column of its own."""
        return value
