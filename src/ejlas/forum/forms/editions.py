"""Forms of the forum, an edition, its languages, and its rules for bilaterals."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core import languages
from ejlas.core.inputs import DayField, OrderedChoices, RowsField, SeveralChoices, TextsField
from ejlas.core.text import Text
from ejlas.forum import rules
from ejlas.forum.forms.base import Ask, Group, ThingForm, field_for
from ejlas.forum.forms.parties import PartyForm
from ejlas.forum.models import Edition, Forum

MOST_DAYS = 31
# Working languages that can be chosen by name; a code of any other is kept where it stands already.
OFTEN_SPOKEN = (
    *("ar", "az", "be", "bg", "bn", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu"),
    *("hy", "id", "it", "ja", "ka", "kk", "ko", "ky", "lt", "lv", "ms", "nl", "no", "pl", "ps", "pt", "ro", "ru", "sk"),
    *("sl", "sq", "sr", "sv", "sw", "tg", "th", "tk", "tr", "uk", "ur", "uz", "vi", "zh-Hans", "zh-Hant"),
)


def language_choices(reader: str, held: list[str]) -> list[tuple[str, str]]:
    """Return the languages that can be chosen, by their names in the reader's language."""
    codes = dict.fromkeys([*held, *OFTEN_SPOKEN])
    return sorted(((code, languages.name_of(code, reader)) for code in codes), key=lambda pair: pair[1])


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
        raise ValidationError(
            _("Write small Latin letters, digits and hyphens, a letter first: rasht2025."), code="slug"
        )
    return slug


class EditionForm(ThingForm):
    """One summit of the forum: what it is called, when and where it is, who hosts."""

    calendars = SeveralChoices(label=_("Calendars in which dates are shown"))
    aims = RowsField(
        label=_("Aims"), key="aim", required=False, parts={"aim": TextsField(label=_("Aim"), required=True)}
    )
    main_colour = forms.RegexField(r"^#[0-9a-f]{6}$", label=_("Main colour"), required=False)
    accent = forms.RegexField(r"^#[0-9a-f]{6}$", label=_("Accent"), required=False)
    required_texts = ("name", "city", "host_office")
    long_texts = ("summary",)
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
            "aims",
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

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        colours = [*(self.initial.get("colours") or self.instance.colours or []), "", ""]
        self.initial["main_colour"], self.initial["accent"] = colours[:2]
        self.initial["aims"] = [{"aim": Text.from_stored(aim)} for aim in self.initial.get("aims") or []]

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

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last, opening = (cleaned.get(name) for name in ("starts_on", "ends_on", "opens_at"))
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("The last day does not come before the first."), code="order"))
        elif first and last and (last - first).days >= MOST_DAYS:
            wrong = ValidationError(
                _("An edition lasts %(most)d days at most."), code="days", params={"most": MOST_DAYS}
            )
            self.add_error("ends_on", wrong)
        elif first and last and opening and not first <= _day_at(opening, cleaned.get("timezone")) <= last:
            self.add_error("opens_at", ValidationError(_("The opening is on a day of the edition."), code="day"))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields as the table takes them: colours as one list, aims as texts."""
        fields = super().values()
        colours = [fields.pop("main_colour"), fields.pop("accent")]
        fields["colours"] = [colour for colour in colours if colour] if colours[0] else []
        fields["aims"] = [row["aim"].to_stored() for row in fields["aims"]]
        return fields

    def store(self, name: str, value: Any) -> Any:
        """Leave what is no column of its own to `values`."""
        return value if name in {"main_colour", "accent"} else super().store(name, value)


def _day_at(moment: Any, _zone: str | None) -> date:
    day: date = moment.date()
    return day


class LanguagesForm(ThingForm):
    """The working languages of an edition, and what is shown where a wording is missing."""

    languages = OrderedChoices(
        label=_("Working languages"), least=1, help_text=_("The first is the host's; two places stay free.")
    )
    fallback_languages = OrderedChoices(
        label=_("Shown where a wording is missing"), help_text=_("In this order; two places stay free.")
    )

    class Meta:
        model = Edition
        fields = ("languages", "fallback_languages")

    def prepare(self, edition: Edition | None) -> None:
        """Offer the languages of the world that summits speak; a rarer one is added by its code on the same page."""
        held = list(self.initial.get("languages") or []) + list(self.initial.get("fallback_languages") or [])
        for name in ("languages", "fallback_languages"):
            self.fields[name].choices = language_choices(self.ask.language, held)  # type: ignore[attr-defined]


class BilateralRulesForm(forms.Form):
    """The numbers by which bilaterals are planned (house rules 19 and 20)."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    opens = forms.TimeField(label=_("Bilaterals start no earlier"))
    closes = forms.TimeField(label=_("Bilaterals end no later"))
    starts_on = DayField(label=_("First day of bilaterals"), required=False)
    ends_on = DayField(label=_("Last day of bilaterals"), required=False)
    grid_min = forms.IntegerField(label=_("Minutes of one step"), min_value=5, max_value=60)
    turnaround_min = forms.IntegerField(
        label=_("Minutes a room stays empty between two meetings"), min_value=0, max_value=120
    )
    buffer_min = forms.IntegerField(
        label=_("Minutes a delegation has free between two meetings"), min_value=0, max_value=120
    )
    daily_cap = forms.IntegerField(label=_("Most bilaterals of a delegation in a day"), min_value=1, max_value=40)
    consecutive = forms.BooleanField(label=_("A delegation may have two meetings in a row"), required=False)
    rest_min = forms.IntegerField(
        label=_("Minutes between two meetings that may not be in a row"), min_value=0, max_value=240
    )
    wait_min = forms.IntegerField(label=_("Minutes of waiting that count as no gap"), min_value=0, max_value=240)

    def __init__(self, *args: Any, ask: Ask, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("starts_on", "ends_on"):
            asked = self.fields[name]
            if ask.edition is not None and isinstance(asked, DayField):
                asked.read_as(ask.language, ask.edition.zone)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("opens") and cleaned.get("closes") and cleaned["closes"] <= cleaned["opens"]:
            self.add_error("closes", ValidationError(_("The end does not come after the start."), code="order"))
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("The last day does not come before the first."), code="order"))
        return cleaned
