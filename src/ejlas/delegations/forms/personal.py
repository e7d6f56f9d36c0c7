"""What is personal of a person, asked for on a page of its own; and somebody who comes without having been named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core import regions
from ejlas.core.inputs import DayField
from ejlas.core.text import Text
from ejlas.delegations.rules.people import PersonField
from ejlas.delegations.rules.records import DAYS, day_of

Words = Mapping[Any, Any]
_LATIN = {"dir": "ltr", "autocomplete": "off"}


@dataclass(frozen=True, slots=True)
class AskPersonal:
    """Who is asked: the reader's language, the place's zone and day, the words of kinds of documents, which fields."""

    language: str
    zone: ZoneInfo
    today: date
    document_kinds: Words = field(default_factory=dict)
    only: frozenset[str] = frozenset()


class PersonalForm(forms.Form):
    """The sealed fields of a person, as far as the reader may read them; the number of the document is never shown."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    born_on = DayField(label=_("Date of birth"), required=False)
    document_kind = forms.ChoiceField(label=_("Kind of document"), required=False)
    document_number = forms.CharField(
        label=_("Number of the document"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=_LATIN),
        help_text=_("Empty: the number that is kept stays. It is not shown here; each reading of it is written down."),
    )
    document_state = forms.CharField(
        label=_("State that issued it"),
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs=_LATIN),
        help_text=_("As the document has it, three letters."),
    )
    document_expires_on = DayField(label=_("The document is valid until"), required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=200, widget=forms.EmailInput(attrs={"dir": "ltr"})
    )
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=40, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    diet = forms.CharField(
        label=_("Diet"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    health = forms.CharField(
        label=_("Health, and what helps"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, ask: AskPersonal, held: Any = None, **options: Any) -> None:
        if held is not None:
            options["initial"] = {**_shown(held), **options.get("initial", {})}
        super().__init__(*args, **options)
        self.today = ask.today
        for name in [name for name in PERSONAL_NAMES if ask.only and name not in ask.only]:
            del self.fields[name]
        for asked in self.fields.values():
            if isinstance(asked, DayField):
                asked.read_as(ask.language, ask.zone)
        if "document_kind" in self.fields:
            kinds = [(str(kind), words) for kind, words in ask.document_kinds.items()]
            self.fields["document_kind"].choices = [("", "—"), *kinds]  # type: ignore[attr-defined]

    def clean_document_state(self) -> str:
        """Return the code in capitals; what is no code of letters is refused."""
        return _code(str(self.cleaned_data["document_state"]), most=3)

    def clean_born_on(self) -> date | None:
        """Refuse a birthday that nobody can have."""
        day: date | None = self.cleaned_data["born_on"]
        if day is not None and not date(1900, 1, 1) <= day <= self.today:
            raise ValidationError(_("Nobody who comes was born on this day."), code="born")
        return day

    def values(self) -> dict[str, Any]:
        """Return the columns as the operations take them; a number that nobody wrote stays as it is."""
        given = {name: self.cleaned_data[name] for name in PERSONAL_NAMES if name in self.cleaned_data}
        if not given.get("document_number"):
            given.pop("document_number", None)
        return {name: _stored(name, value) for name, value in given.items()}

    @property
    def seen_revision(self) -> int | None:
        """The number of the state that the person saw."""
        seen = self.cleaned_data.get("revision")
        return int(seen) if seen is not None else None


PERSONAL_NAMES = tuple(name for name in PersonalForm.base_fields if name != "revision")


class WalkInForm(PersonalForm):
    """Somebody who comes without having been named, on the word of an office."""

    given_name = forms.CharField(
        label=_("Given names"), required=False, max_length=100, widget=forms.TextInput(attrs=_LATIN)
    )
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=100,
        widget=forms.TextInput(attrs=_LATIN),
        help_text=_("As the travel document has it, in Latin letters."),
    )
    capacity = forms.ChoiceField(label=_("Capacity"))
    office = forms.CharField(
        label=_("Office"), required=False, max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    nationality = forms.CharField(
        label=_("Nationality, two letters (ISO 3166-1)"), required=False, max_length=2, widget=forms.TextInput(_LATIN)
    )
    approver = forms.CharField(
        label=_("Office or officer who approves"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Stands beside the person for good."),
    )
    field_order = (
        "approver",
        "capacity",
        "given_name",
        "family_name",
        "nationality",
        "office",
        *PERSONAL_NAMES,
    )

    def __init__(self, *args: Any, capacities: Iterable[tuple[str, Any]], office_in: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["capacity"].choices = list(capacities)  # type: ignore[attr-defined]
        if "document_number" in self.fields:
            self.fields["document_number"].help_text = ""
        self.office_in = office_in

    def clean_nationality(self) -> str:
        """Refuse what is no state."""
        code = _code(str(self.cleaned_data["nationality"]), most=2)
        if code and not regions.country_exists(code):
            raise ValidationError(_("ISO 3166-1 has no state %(code)s."), code="state", params={"code": code})
        return code

    def values(self) -> dict[str, Any]:
        """Return the columns of the new person; the capacity stays a slug."""
        own = {name: self.cleaned_data[name] for name in ("given_name", "family_name", "nationality", "capacity")}
        office = self.cleaned_data["office"].strip()
        return super().values() | own | {"office": Text({self.office_in: office} if office else {})}


def _shown(held: Any) -> dict[str, Any]:
    """Return what a form shows of a person at first: all but the number of the document."""
    shown = {name: getattr(held, name) for name in PERSONAL_NAMES if name != PersonField.DOCUMENT_NUMBER}
    return {name: day_of(value) if name in DAYS else value for name, value in shown.items()} | {
        "revision": held.revision
    }


def _stored(name: str, value: Any) -> Any:
    if name in DAYS:
        return value.isoformat() if value else ""
    return str(value or "").strip()


def _code(code: str, *, most: int) -> str:
    code = code.strip().upper()
    if code and not (code.isascii() and code.isalpha() and len(code) <= most):
        raise ValidationError(_("Write the letters of the state alone, such as AZE."), code="state")
    return code
