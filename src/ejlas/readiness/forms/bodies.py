"""Forms of bodies, workstreams, limited hands, and the house's rules for readiness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core import calendars, languages
from ejlas.core.inputs import DayField, SeveralChoices
from ejlas.core.inputs.moments import day_from, day_in
from ejlas.forum.forms import Group, ThingForm
from ejlas.forum.forms.base import field_for, offer_rows
from ejlas.forum.models import Edition
from ejlas.readiness.models import Body, Resource, Workstream
from ejlas.readiness.rules import house
from ejlas.readiness.rules.days import SETTINGS, standard_weekend
from ejlas.readiness.rules.post import Post

# The fifth of January 2026 is a Monday: the names of the days come from the reader's language.
_MONDAY = date(2026, 1, 5)
MOST_HOLIDAYS = 100
_EXAMPLE = date(2026, 3, 21)


class BodyForm(ThingForm):
    """A body: what it is called, and whom it names."""

    required_texts = ("name",)
    for_many = ("language",)
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it is"), ("name",)),
        (_("Whom it names"), ("contact_name", "contact_email", "language")),
        (_("Who leads it"), ("head_name", "head_email")),
        ("", ("note",)),
    )

    class Meta:
        model = Body
        formfield_callback = field_for
        fields = ("name", "contact_name", "contact_email", "language", "head_name", "head_email", "note")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "contact_name": _("Focal point"),
            "contact_email": _("E-mail"),
            "language": _("Language in which it is written to"),
            "head_name": _("Head of the body"),
            "head_email": _("E-mail of the head"),
            "note": _("Note"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's languages."""
        if edition is not None and "language" in self.fields:
            codes = dict.fromkeys([*edition.languages, *filter(None, [self.initial.get("language")])])
            choices = [("", "—"), *((code, languages.name_of(code, self.ask.language)) for code in codes)]
            label = self.fields["language"].label
            self.fields["language"] = forms.ChoiceField(label=label, required=False, choices=choices)


class WorkstreamForm(ThingForm):
    """A strand of the preparation."""

    required_texts = ("name",)

    class Meta:
        model = Workstream
        formfield_callback = field_for
        fields = ("name",)
        labels: ClassVar[dict[str, Any]] = {"name": _("Name")}


class ResourceForm(ThingForm):
    """Limited hands or equipment."""

    required_texts = ("name",)
    for_many = ("capacity", "body")

    class Meta:
        model = Resource
        formfield_callback = field_for
        fields = ("name", "capacity", "body")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "capacity": _("How many there are"),
            "body": _("Body whose they are"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's bodies."""
        if edition is not None:
            offer_rows(self, "body", Body.objects.filter(edition=edition), title="name")


def _number(name: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    bounds = house.NUMBERS[name]
    return forms.IntegerField(label=label, min_value=bounds.least, max_value=bounds.most, help_text=help_text)


def remind_from_field() -> DayField:
    """Return the field that asks from which day bodies are reminded."""
    help_text = _("Until then no mail goes to a body; empty: at once.")
    return DayField(label=_("Reminders begin on"), required=False, help_text=help_text)


def _written(day: date, language: str) -> str:
    return day_in(day, calendars.home_calendar(language), language)


class _Days(forms.CharField):
    """Days, one a line, in either calendar; read as ISO 8601."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr"}), required=False, **options)
        self.language = "en"

    def read_as(self, language: str) -> None:
        """Speak the language's digits and its calendar."""
        self.language = language
        self.help_text = _("One day a line: %(day)s") % {"day": self._example()}

    def _example(self) -> str:
        """Return a day that keeps its direction among other words."""
        return f"\u2066{_written(_EXAMPLE, self.language)}\u2069"

    def clean(self, value: Any) -> list[str]:
        """Return the days in their order; name the line that is none."""
        words = str(super().clean(value))
        days = set()
        for place, line in enumerate(words.splitlines(), start=1):
            if line.strip():
                try:
                    days.add(day_from(line).isoformat())
                except ValueError:
                    wrong = _("Line %(line)s is not a day, such as %(day)s.")
                    values = {"line": languages.digits(str(place), self.language), "day": self._example()}
                    raise ValidationError(wrong, code="day", params=values) from None
        if len(days) > MOST_HOLIDAYS:
            raise ValidationError(_("These are more than a hundred days."), code="many")
        return sorted(days)


class ReadinessRulesForm(ThingForm):
    """The house's rules for readiness (rule 29): the working calendar, the forecast, the ladder of reminders."""

    weekend = SeveralChoices(label=_("Days of rest"))
    holidays = _Days(label=_("Holidays"))
    extra_days = _Days(label=_("Worked all the same"))
    ready_days = _number("ready_days", _("Everything is ready so many working days before the opening"))
    distribution = forms.ChoiceField(label=_("How the length of work is spread"))
    body_spread = _number("body_spread", _("By so many hundredths bodies differ in being late"))
    n_runs = _number("n_runs", _("Runs of a forecast"))
    remind_from = remind_from_field()
    remind_before = _number("remind_before", _("First reminder, days before"))
    remind_again = _number("remind_again", _("Second reminder, days before"))
    tell_head_of_body_after = _number("tell_head_of_body_after", _("The head of the body is told, days after"))
    tell_secretariat_after = _number("tell_secretariat_after", _("The head of the secretariat is told, days after"))
    link_days = _number("link_days", _("A link in a mail opens what a body owes, for days"))
    folded = ("settings",)
    days = frozenset({"holidays", "extra_days"})
    groups: ClassVar[tuple[Group, ...]] = (
        (_("Working calendar"), ("weekend", "holidays", "extra_days")),
        (_("Forecast"), ("ready_days", "distribution", "body_spread", "n_runs")),
        (
            _("Reminders"),
            (
                "remind_from",
                "remind_before",
                "remind_again",
                "tell_head_of_body_after",
                "tell_secretariat_after",
                "link_days",
            ),
        ),
    )

    class Meta:
        model = Edition
        fields = ()

    def prepare(self, edition: Edition | None) -> None:
        """Offer the days of a week and the distributions in the reader's words, and days in the reader's calendar."""
        for name in self.days & self.fields.keys():
            self.fields[name].read_as(self.ask.language)  # type: ignore[attr-defined]
        week = [calendars.weekday_name(_MONDAY + timedelta(days=day), self.ask.language) for day in range(7)]
        self.fields["weekend"].choices = [(str(day), name) for day, name in enumerate(week)]  # type: ignore[attr-defined]
        words = self.ask.words.get("distribution", {})
        choices = [(each.value, words.get(each, each.value)) for each in house.Distribution]
        self.fields["distribution"].choices = choices  # type: ignore[attr-defined]

    def clean_weekend(self) -> list[str]:
        """Refuse a week without work."""
        days = list(self.cleaned_data["weekend"])
        if len(days) > 6:
            raise ValidationError(_("A week has a working day."), code="week")
        return days

    def unfold(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """Return the rules one by one."""
        if "settings" not in held:
            return dict(held)
        stored = house.stored(held["settings"] or {})
        weekend = stored.get("weekend", standard_weekend(self.instance.country))
        return {
            **stored,
            "weekend": [str(day) for day in weekend],
            **{name: self._lines(stored[name]) for name in self.days},
            "remind_from": Post.of(held["settings"] or {}, self.instance.country).begins_on,
        }

    def _lines(self, days: Iterable[str]) -> str:
        return "\n".join(_written(date.fromisoformat(day), self.ask.language) for day in days)

    def fold(self, answers: Mapping[str, Any], thing: Any) -> dict[str, Any]:
        """Return the rules as one part of the settings; what else stands there stays."""
        held = thing.settings or {}
        own = house.stored(held) | dict(answers)
        if "weekend" in answers:
            own["weekend"] = sorted(int(day) for day in answers["weekend"])
        if "remind_from" in answers:
            own["remind_from"] = answers["remind_from"].isoformat() if answers["remind_from"] else ""
        return {"settings": {**held, SETTINGS: own}}

    def store(self, name: str, value: Any) -> Any:
        """Leave all to `fold`: no rule has a column of its own."""
        return value
