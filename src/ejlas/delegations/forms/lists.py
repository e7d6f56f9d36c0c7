"""Forms of delegations, of capacities, and of the house's rules for both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core import languages
from ejlas.core.changes import plain
from ejlas.core.inputs import MomentField, SeveralChoices, TextsField
from ejlas.delegations.models import Capacity, Delegation
from ejlas.delegations.rules import house
from ejlas.delegations.rules.capacities import CapacityKind, Need
from ejlas.delegations.rules.letters import NumberPatternUnfit, check_number_pattern
from ejlas.delegations.rules.states import DelegationKind
from ejlas.forum.forms import Group, ThingForm
from ejlas.forum.forms.base import field_for
from ejlas.forum.forms.parties import PartyForm
from ejlas.forum.models import Edition


class DelegationForm(ThingForm):
    """Who files the list of a delegation, until when, and how many it may name."""

    for_many = ("most_people", "nominate_by", "confirm_by")
    required_texts = ("name",)
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it is"), ("name", "country")),
        (_("Who files the list"), ("contact_name", "contact_email", "language")),
        (_("How many, and until when"), ("most_people", "nominate_by", "confirm_by")),
        ("", ("note",)),
    )

    class Meta:
        model = Delegation
        formfield_callback = field_for
        fields = (
            "name",
            "country",
            "contact_name",
            "contact_email",
            "language",
            "most_people",
            "nominate_by",
            "confirm_by",
            "note",
        )
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name of the medium"),
            "country": _("State, two letters (ISO 3166-1)"),
            "contact_name": _("Focal point"),
            "contact_email": _("E-mail"),
            "language": _("Language in which it is written to"),
            "most_people": _("Most people"),
            "nominate_by": _("People are named until"),
            "confirm_by": _("The list is confirmed until"),
            "note": _("Note of the desk"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "most_people": _("Nothing: as the edition has it."),
            "nominate_by": _("Nothing: as the edition has it."),
            "confirm_by": _("Nothing: as the edition has it."),
        }

    def prepare(self, edition: Edition | None) -> None:
        """A party is named in its own row; a medium here."""
        if self.instance.pk and self.instance.kind == DelegationKind.PARTY:
            for name in ("name", "country"):
                self.fields.pop(name, None)
        if edition is not None and "language" in self.fields:
            codes = dict.fromkeys([*edition.languages, *filter(None, [self.initial.get("language")])])
            choices = [("", "—"), *((code, languages.name_of(code, self.ask.language)) for code in codes)]
            label = self.fields["language"].label
            self.fields["language"] = forms.ChoiceField(label=label, required=False, choices=choices)

    def clean_country(self) -> str:
        """Refuse what is no state."""
        return str(PartyForm.clean_country(self))  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("nominate_by"), cleaned.get("confirm_by")
        if first and last and last < first:
            wrong = _("A list is not confirmed before its people are named.")
            self.add_error("confirm_by", ValidationError(wrong, code="order"))
        return cleaned


class CapacityForm(ThingForm):
    """What a person may be, how many there may be, and what is asked of each."""

    needs = SeveralChoices(label=_("What is asked of each"), required=False)
    for_many = ("per_delegation", "in_all", "is_public")

    class Meta:
        model = Capacity
        formfield_callback = field_for
        fields = ("name", "kind", "audience", "per_delegation", "in_all", "needs", "is_public")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name, if not the usual word"),
            "kind": _("What such a person is"),
            "audience": _("For"),
            "per_delegation": _("Most of one delegation"),
            "in_all": _("Most in all"),
            "is_public": _("Stands in the public list, if it names more than heads"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "per_delegation": _("Nothing: no limit."),
            "in_all": _("Nothing: no limit."),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer what can be asked for, and kinds that exist."""
        words = self.ask.words.get("needs", {})
        if "needs" in self.fields:
            self.fields["needs"].choices = [(need.value, words.get(need, need.value)) for need in Need]  # type: ignore[attr-defined]
        if "kind" in self.fields:
            named = self.ask.words.get("kind", {})
            self.fields["kind"].choices = [(kind.value, named.get(kind, kind.value)) for kind in CapacityKind]  # type: ignore[attr-defined]


def _number(name: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    bounds = house.NUMBERS[name]
    return forms.IntegerField(label=label, min_value=bounds.least, max_value=bounds.most, help_text=help_text)


def _days(name: str, label: Any) -> forms.IntegerField:
    bounds = house.RETENTION[name]
    return forms.IntegerField(label=label, min_value=bounds.least, max_value=bounds.most)


_KEPT = {f"keep_{name}": name for name in house.RETENTION}


class DelegationRulesForm(ThingForm):
    """The house's rules for delegations (rules 1 to 8), and how long what is personal is kept."""

    nominate_days = _number("nominate_days", _("People are named until so many days before the opening"))
    confirm_days = _number("confirm_days", _("Lists are confirmed until so many days before the opening"))
    nominate_by = MomentField(label=_("Or: people are named until"), required=False)
    confirm_by = MomentField(label=_("Or: lists are confirmed until"), required=False)
    late = forms.ChoiceField(label=_("Who is named later"))
    late_approver = forms.CharField(
        label=_("Office that approves late entries and walk-ins"), required=False, max_length=200
    )
    credentials_days = _number("credentials_days", _("Credentials are due so many days before the opening"))
    issuer = TextsField(label=_("Who signs the letter that names a delegation"), required=False)
    most_people = _number("most_people", _("Most people of one delegation"))
    photo_months = _number("photo_months", _("A photo is at most so many months old"))
    photo_exempt_heads = forms.BooleanField(label=_("Heads need no photo"), required=False)
    document_days = _number("document_days", _("A travel document holds so many days after the close"))
    press_is_open = forms.BooleanField(label=_("Media may apply by themselves"), required=False)
    number_pattern = forms.CharField(
        label=_("Numbers of letters"),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("With {year}, {month} and {number:3}, as in {year}/{number:3}."),
    )
    public_list = forms.ChoiceField(label=_("The public list names"))
    public_order = forms.ChoiceField(label=_("The public list stands in the order of"))
    keep_document_number = _days("document_number", _("Travel documents, days after the close"))
    keep_born_on = _days("born_on", _("Birthdays, days after the close"))
    keep_health = _days("health", _("Health, days after the close"))
    keep_diet = _days("diet", _("Diet, days after the close"))
    keep_phone = _days("phone", _("Telephones and e-mail addresses, days after the close"))
    keep_photo = _days("photo", _("Photos, days after the close"))
    keep_papers = _days("papers", _("Letters of nomination and press cards, days after the close"))
    folded = ("settings",)
    groups: ClassVar[tuple[Group, ...]] = (
        (
            _("Windows"),
            (
                "nominate_days",
                "nominate_by",
                "confirm_days",
                "confirm_by",
                "late",
                "late_approver",
                "credentials_days",
                "issuer",
            ),
        ),
        (_("People"), ("most_people", "photo_months", "photo_exempt_heads", "document_days", "press_is_open")),
        (_("Letters"), ("number_pattern",)),
        (_("Public list"), ("public_list", "public_order")),
        (_("How long it is kept"), tuple(_KEPT)),
    )

    class Meta:
        model = Edition
        fields = ()

    def prepare(self, edition: Edition | None) -> None:
        """Offer the choices in the reader's words."""
        for name, choices in (
            ("late", house.Late),
            ("public_list", house.PublicList),
            ("public_order", house.ListOrder),
        ):
            words = self.ask.words.get(name, {})
            self.fields[name].choices = [(each.value, words.get(each, each.value)) for each in choices]  # type: ignore[attr-defined]

    def clean_number_pattern(self) -> str:
        """Refuse a pattern that gives two letters one number."""
        pattern = str(self.cleaned_data["number_pattern"])
        try:
            check_number_pattern(pattern)
        except NumberPatternUnfit as broken:
            raise ValidationError(_(broken.message) % broken.values, code="pattern") from broken
        return pattern

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("late") == house.Late.APPROVER and not cleaned.get("late_approver"):
            self.add_error(
                "late_approver", ValidationError(_("Name the office that approves late entries."), code="name")
            )
        return cleaned

    def unfold(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """Return the rules one by one."""
        fields = super().unfold(held)
        if "settings" in fields:
            stored = house.stored(fields.pop("settings") or {})
            kept = stored.pop("retention")
            fields |= stored | {name: kept[str(rule)] for name, rule in _KEPT.items()}
            for name in ("nominate_by", "confirm_by"):
                fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
        return fields

    def fold(self, answers: Mapping[str, Any], thing: Any) -> dict[str, Any]:
        """Return the rules as one part of the settings; what else stands there stays."""
        held = thing.settings or {}
        own = house.stored(held)
        kept = {str(rule): answers[name] for name, rule in _KEPT.items() if name in answers}
        plainly = {name: plain(value) for name, value in answers.items() if name not in _KEPT}
        rules = {**own, **plainly, "retention": own["retention"] | kept}
        return {"settings": {**held, house.SETTINGS: rules}}

    def store(self, name: str, value: Any) -> Any:
        """Leave all to `fold`: no rule has a column of its own."""
        return value
