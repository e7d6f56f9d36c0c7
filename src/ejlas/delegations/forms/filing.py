"""The form in which a focal point writes all that is asked of one person; it validates and saves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ejlas.core import calendars, languages
from ejlas.core.inputs import SeveralChoices
from ejlas.core.inputs.moments import DayInput
from ejlas.core.inputs.texts import tidy
from ejlas.core.text import Text
from ejlas.delegations.rules import countries
from ejlas.delegations.rules.filing import Context, parse_values
from ejlas.delegations.rules.people import PERSONAL, PersonField, key
from ejlas.delegations.rules.records import DAYS, columns_of, day_of
from ejlas.forum.forms.base import OFTEN_SPOKEN

if TYPE_CHECKING:
    from ejlas.delegations.models import Capacity, Person
    from ejlas.forum.models import Edition

F = PersonField
STATES_LIST, REASON = "states", "reason"
PRIVATE = {field.value for field in PERSONAL} | {F.EMAIL.value, F.NOTE.value, F.NATIONALITY.value, F.SEX.value}
_LONG = (F.DIET, F.HEALTH, F.NOTE)
_PLAIN = (
    F.FAMILY_NAME,
    F.GIVEN_NAME,
    F.SEX,
    F.NATIONALITY,
    F.DOCUMENT_KIND,
    F.DOCUMENT_NUMBER,
    F.DOCUMENT_STATE,
    F.EMAIL,
    F.PHONE,
    F.DIET,
    F.HEALTH,
    F.NOTE,
)


@dataclass(frozen=True, slots=True)
class FilingAsk:
    """Who is asked, at which edition, and what can be chosen.

    Parameters
    ----------
    capacities : each with its words, and whether it still has a place
    words : of stored choices (sex, kinds of document), by field
    context : against which a row is read
    needs_reason : whether the change is asked of the host, who is told why
    """

    edition: Edition
    language: str
    capacities: Sequence[tuple[Capacity, str, bool]]
    words: Mapping[str, Mapping[Any, Any]]
    context: Context
    needs_reason: bool = False
    fields: Mapping[Any, Any] = field(default_factory=dict)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The languages in which names and offices are asked for."""
        return tuple(self.edition.languages)


class CapacityInput(forms.Select):
    """A list of capacities in which those without a place cannot be chosen."""

    full: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        made: dict[str, Any] = super().create_option(name, value, *args, **options)
        if str(value) in self.full:
            made["attrs"]["disabled"] = True
        return made


class FilingForm(forms.Form):
    """One person of a delegation, as the focal point knows that person."""

    def __init__(self, data: Any = None, *, ask: FilingAsk, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        self.ask = ask
        self.by_slug = {capacity.slug: capacity for capacity, _words, _has_place in ask.capacities}
        self.groups: list[tuple[Any, list[str]]] = []
        self._ask_what()
        self._ask_names()
        self._ask_document()
        self._ask_reach()
        for name in PRIVATE & self.fields.keys():
            # A draft that the browser keeps for a while holds nothing of this.
            self.fields[name].widget.attrs["data-private"] = ""
        self.read: dict[str, Any] = {}
        self.notes: tuple[Any, ...] = ()

    def _label(self, of: PersonField) -> Any:
        return self.ask.fields.get(of, of.value)

    def _put(self, title: Any, fields: Mapping[str, forms.Field]) -> None:
        self.fields.update(fields)
        self.groups.append((title, list(fields)))

    def _words(self, of: PersonField, most: int = 200, *, required: bool = False, **options: Any) -> forms.CharField:
        return forms.CharField(label=self._label(of), max_length=most, required=required, **options)

    def _ask_what(self) -> None:
        choices = [("", "—"), *((capacity.slug, words) for capacity, words, _has in self.ask.capacities)]
        capacity = forms.ChoiceField(label=self._label(F.CAPACITY), choices=choices, widget=CapacityInput)
        held = str(self.initial.get(F.CAPACITY, ""))
        full = {each.slug for each, _words, has_place in self.ask.capacities if not has_place}
        capacity.widget.full = frozenset(full - {held})
        more: dict[str, forms.Field] = {}
        if self.ask.needs_reason:
            rows = forms.Textarea(attrs={"rows": 3})
            help_text = _("The host reads it before it answers.")
            more = {REASON: forms.CharField(label=_("Why"), max_length=2000, widget=rows, help_text=help_text)}
        self._put("", {**more, F.CAPACITY: capacity})

    def _ask_names(self) -> None:
        latin = {
            "lang": "en",
            "dir": "ltr",
            "autocapitalize": "characters",
            "autocomplete": "off",
            "spellcheck": "false",
        }
        help_text = _("In Latin letters, as the travel document has it.")
        family = self._words(F.FAMILY_NAME, 100, required=True, help_text=help_text)
        given = self._words(F.GIVEN_NAME, 100, help_text=_("Leave it empty where the document has one name only."))
        for each in (family, given):
            each.widget.attrs |= latin
        self._put(_("Name as the travel document has it"), {F.FAMILY_NAME: family, F.GIVEN_NAME: given})
        for of, title in (
            (F.PREFERRED_NAME, _("Name as the person writes it")),
            (F.OFFICE, self._label(F.OFFICE)),
        ):
            self._put(title, {key(of, code): self._in_language(of, code) for code in self.ask.spoken})

    def _in_language(self, of: PersonField, code: str) -> forms.CharField:
        label = format_lazy("{} · {}", self._label(of), languages.own_name(code))
        made = forms.CharField(label=label, max_length=300, required=False)
        made.widget.attrs |= {"lang": code, "dir": languages.direction(code), "autocomplete": "off"}
        return made

    def _ask_document(self) -> None:
        kinds = [("", "—"), *((str(kind), words) for kind, words in self.ask.words["document_kind"].items())]
        sexes = [("", "—"), *((str(sex), words) for sex, words in self.ask.words["sex"].items())]
        off = {"autocomplete": "off"}
        number = self._words(F.DOCUMENT_NUMBER, 40)
        number.widget.attrs |= {**off, "dir": "ltr", "autocapitalize": "characters", "spellcheck": "false"}
        fields: dict[str, forms.Field] = {
            F.SEX: forms.ChoiceField(label=self._label(F.SEX), choices=sexes, required=False),
            F.BORN_ON: self._day(F.BORN_ON),
            F.NATIONALITY: self._state(F.NATIONALITY),
            F.DOCUMENT_KIND: forms.ChoiceField(label=self._label(F.DOCUMENT_KIND), choices=kinds, required=False),
            F.DOCUMENT_NUMBER: number,
            F.DOCUMENT_STATE: self._state(F.DOCUMENT_STATE),
            F.DOCUMENT_EXPIRES_ON: self._day(F.DOCUMENT_EXPIRES_ON),
        }
        for each in fields.values():
            each.widget.attrs |= off
        self._put(_("Travel document"), fields)

    def _day(self, of: PersonField) -> forms.CharField:
        made = DayInput()
        made.language, made.calendar = self.ask.language, calendars.home_calendar(self.ask.language)
        return self._words(of, 60, widget=made)

    def _state(self, of: PersonField) -> forms.CharField:
        made = self._words(of, 100)
        made.widget.attrs |= {"list": STATES_LIST, "autocomplete": "off"}
        return made

    def _ask_reach(self) -> None:
        email = self._words(F.EMAIL, 254)
        phone = self._words(F.PHONE, 40, help_text=_("With the code of the country, such as +98 912 345 6789."))
        phone.widget.attrs |= {"dir": "ltr", "inputmode": "tel", "autocomplete": "off"}
        email.widget.attrs |= {"dir": "ltr", "inputmode": "email", "autocomplete": "off"}
        self._put(_("How to reach the person"), {F.EMAIL: email, F.PHONE: phone})
        codes = dict.fromkeys([*self.ask.spoken, *(self.initial.get(F.LANGUAGES) or ()), *OFTEN_SPOKEN])
        spoken = [(code, languages.name_of(code, self.ask.language)) for code in codes]
        fields: dict[str, forms.Field] = {
            F.LANGUAGES: SeveralChoices(label=self._label(F.LANGUAGES), choices=spoken, required=False),
            **{of: self._long(of) for of in _LONG},
        }
        self._put(_("What the host should know"), fields)

    def _long(self, of: PersonField) -> forms.CharField:
        return self._words(of, 1000, widget=forms.Textarea(attrs={"rows": 2}))

    def grouped(self) -> list[tuple[Any, list[forms.BoundField], list[forms.BoundField]]]:
        """Return the fields in their groups; apart from the others, wordings that few write: in further languages."""
        return [
            (title, [self[name] for name in names if not self._is_further(name)], self._further(names))
            for title, names in self.groups
        ]

    def _further(self, names: Iterable[str]) -> list[forms.BoundField]:
        return [self[name] for name in names if self._is_further(name)]

    def _is_further(self, name: str) -> bool:
        """Whether a wording is in a language that is neither the reader's nor English, is empty and has no fault."""
        code = name.partition(".")[2]
        if not code or code in (self.ask.language, "en", self.ask.spoken[0]):
            return False
        return not self[name].value() and name not in self.errors

    def clean(self) -> dict[str, Any]:
        """Read the values by the rules of a list, so that a form and a sheet take the same."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        raw = {name: _as_cell(name, cleaned.get(name)) for name in self.fields if name != REASON}
        row = parse_values(raw, self.ask.context)
        for fault in row.faults:
            name = fault.field if fault.field in self.fields else None
            if name is None or not self.has_error(name):
                self.add_error(name, ValidationError(fault.sentence(_now), code=fault.code))
        empty: dict[str, Any] = {
            name: [] if name == F.LANGUAGES else None if name in DAYS else "" for name in self.fields
        }
        self.read = {**empty, **row.values, F.LANGUAGES: cleaned.get(F.LANGUAGES, [])}
        self.read.pop(REASON, None)
        self.notes = row.notes
        cleaned[REASON] = tidy(cleaned.get(REASON, ""), keep_lines=True)
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the values that were read, by the names of a person's row; the capacity as its slug."""
        return dict(self.read)

    def columns(self, values: Mapping[str, Any], person: Person | None = None) -> dict[str, Any]:
        """Return values as the tables take them; wordings in languages that were not asked for stay."""
        made = columns_of(values)
        made[F.CAPACITY] = self.by_slug[made[F.CAPACITY]]
        for name in ("name", "office"):
            held: Text = getattr(person, name) if person is not None else Text()
            others = {code: words for code, words in held.values.items() if code not in self.ask.spoken}
            made[name] = Text({**others, **made.get(name, Text()).values})
        return made


def _as_cell(name: str, value: Any) -> Any:
    return None if name == F.LANGUAGES else tidy(value or "", keep_lines=name in _LONG)


def values_of(person: Person, spoken: Iterable[str]) -> dict[str, Any]:
    """Return what is known of a person by the names of a row, as a form's cleaned values have it."""
    values: dict[str, Any] = {F.CAPACITY: person.capacity.slug}
    for of, held in ((F.PREFERRED_NAME, person.name), (F.OFFICE, person.office)):
        text: Any = held
        values |= {key(of, code): text.values.get(code, "") for code in spoken}
    values |= {name.value: getattr(person, name) or "" for name in _PLAIN}
    for name in (F.NATIONALITY, F.DOCUMENT_STATE):
        values[name] = countries.code_of(values[name]) or values[name]
    values[F.LANGUAGES] = list(person.languages)
    values |= {name: day_of(getattr(person, name) or "") for name in (F.BORN_ON, F.DOCUMENT_EXPIRES_ON)}
    return values


def shown(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return values as the form shows them: states by their names."""
    named: dict[str, Any] = {
        name: languages.state_name(values[name], language) or values[name]
        for name in (F.NATIONALITY, F.DOCUMENT_STATE)
        if values.get(name)
    }
    return {**values, **named}
