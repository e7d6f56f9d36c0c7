"""The form of a thing of an edition: its languages, its calendar, its choices, and the state that the person saw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from ejlas.core import languages
from ejlas.core.changes import REVISION
from ejlas.core.fields import TranslatedField
from ejlas.core.inputs import (
    DayField,
    MomentField,
    RowsField,
    SeveralChoices,
    TextsField,
    TimeField,
    TypedChoice,
    TypedRow,
)
from ejlas.forum.forms.finding import RowFinder, long_tables
from ejlas.forum.models import Edition

_UTC = ZoneInfo("UTC")

# Working languages that can be chosen by name; a code of any other is kept where it stands already.
OFTEN_SPOKEN = (
    *("ar", "az", "be", "bg", "bn", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu"),
    *("hy", "id", "it", "ja", "ka", "kk", "ko", "ky", "lt", "lv", "ms", "nl", "no", "pl", "ps", "pt", "ro", "ru", "sk"),
    *("sl", "sq", "sr", "sv", "sw", "tg", "th", "tk", "tr", "uk", "ur", "uz", "vi", "zh-Hans", "zh-Hant"),
)

Words = Mapping[str, Mapping[Any, Any]]
Group = tuple[Any, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Ask:
    """Who is asked, and about which edition.

    Parameters
    ----------
    language : of the reader; `words` names stored choices by field
    languages : those in which texts are written, where they are not the edition's
    only : the fields that are asked for; none named: all of the form
    """

    edition: Edition | None
    language: str = "en"
    words: Words = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    only: frozenset[str] = frozenset()

    @property
    def spoken(self) -> tuple[str, ...]:
        """The languages in which texts are written here."""
        return self.languages or (tuple(self.edition.languages) if self.edition else ())


def field_for(column: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """Return the input of a column: those of core for texts, days and moments."""
    has_own_input = isinstance(column, TranslatedField | models.DateField | models.TimeField)
    options.pop("widget", None) if has_own_input else None
    made: forms.Field | None
    if isinstance(column, TranslatedField):
        options.pop("encoder", None)
        made = TextsField(**{"required": False, **options})
    elif isinstance(column, models.DateTimeField):
        made = MomentField(required=not column.null, **options)
    elif isinstance(column, models.DateField):
        made = DayField(required=not column.null, **options)
    elif isinstance(column, models.TimeField):
        made = TimeField(required=not column.null, **options)
    elif isinstance(column, models.BooleanField):
        made = forms.BooleanField(required=False, initial=column.get_default(), **options)
    else:
        made = column.formfield(**options)
    if isinstance(made, forms.ModelChoiceField):
        made.empty_label = "—"
    if made is not None and isinstance(column, models.FloatField | models.ForeignKey):
        made.required = not column.null
    return made


class ThingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form over one thing; it validates and saves nothing: `values()` is what an operation takes."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    required_texts: ClassVar[tuple[str, ...]] = ()
    long_texts: ClassVar[tuple[str, ...]] = ()
    groups: ClassVar[tuple[Group, ...]] = ()
    # Fields that may be given one value for many things at once.
    for_many: ClassVar[tuple[str, ...]] = ()
    # Columns that the form asks for in parts: `unfold` takes a column apart, `fold` puts it together.
    folded: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, ask: Ask, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask = ask
        if self.instance.pk:
            held = self.unfold({name: getattr(self.instance, name) for name in self.folded})
            self.initial = {**held, **self.initial, REVISION: self.instance.revision}
        for name in [name for name in self.fields if ask.only and name not in ask.only]:
            del self.fields[name]
        for name, asked in self.fields.items():
            self._fit(name, asked)
        self.prepare(ask.edition)

    def prepare(self, edition: Edition | None) -> None:
        """Offer what can be chosen at this edition; each form says what."""

    @cached_property
    def _long_tables(self) -> frozenset[type[Any]]:
        return long_tables(self.ask.edition) if self.ask.edition else frozenset()

    def is_long(self, table: type[Any]) -> bool:
        """Tell whether the edition has too many rows of a table to choose from a list of them."""
        return table in self._long_tables

    def _fit(self, name: str, asked: forms.Field) -> None:
        if name in self.ask.words and isinstance(asked, forms.ChoiceField):
            asked.choices = _worded(asked, self.ask.words[name])
        if isinstance(asked, TextsField):
            asked.required = name in self.required_texts
            asked.widget.is_long = name in self.long_texts
        self._speak(asked)

    def _speak(self, asked: forms.Field) -> None:
        edition = self.ask.edition
        if isinstance(asked, TextsField):
            asked.speak(self.ask.spoken)
        elif isinstance(asked, DayField | TimeField):
            asked.read_as(self.ask.language, edition.zone if edition else _UTC)
        elif isinstance(asked, RowsField):
            for part in asked.parts.values():
                self._speak(part)

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return the visible fields in their groups; what no group names stands in the last."""
        named = {name for _title, names in self.groups for name in names}
        rest = tuple(name for name in self.fields if name not in named and name != REVISION)
        groups = [*self.groups, *([("", rest)] if rest else [])]
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in groups]

    def values(self) -> dict[str, Any]:
        """Return the cleaned fields as the tables take them."""
        return self.fold(self.answers(), self.instance)

    def answers(self) -> dict[str, Any]:
        """Return the cleaned fields under their own names."""
        return {name: self.store(name, value) for name, value in self.cleaned_data.items() if name != REVISION}

    def unfold(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """Return values of columns under the names of the form's fields."""
        return dict(held)

    def fold(self, answers: Mapping[str, Any], thing: Any) -> dict[str, Any]:
        """Return answers as the columns take them; a part that is not among them stays as the thing has it."""
        return dict(answers)

    def store(self, name: str, value: Any) -> Any:
        """Return a cleaned value as its column takes it; rows of parts become plain values."""
        asked, held = self.fields.get(name), self.initial.get(name)
        # A clock that is put back shows an hour twice, and its words do not say which: what nobody touched stays.
        if isinstance(asked, MomentField) and held is not None and name not in self.changed_data:
            return held
        # A set in another order is the same set: what nobody touched is not written.
        if isinstance(asked, SeveralChoices) and isinstance(held, list) and set(held) == set(value):
            return held
        column = self._meta.model._meta.get_field(name)
        if value is None and isinstance(column, models.CharField | models.TextField):
            return ""
        return value

    def _get_validation_exclusions(self) -> set[str]:
        # Rows are plain values only once `store` has made them so; their parts were validated one by one.
        rows = {name for name, asked in self.fields.items() if isinstance(asked, RowsField)}
        return {*super()._get_validation_exclusions(), *rows}  # type: ignore[misc]

    @property
    def seen_revision(self) -> int | None:
        """The number of the state that the person saw."""
        seen = self.cleaned_data.get(REVISION)
        return int(seen) if seen is not None else None


class SourcedForm(ThingForm):
    """A form over a thing that rests on sources."""

    sources = SeveralChoices(label=_("Sources"), required=False)

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's sources."""
        if edition is not None:
            offer_slugs(self, "sources", edition.source_set.all(), cited, title="title")


Told = Callable[[models.QuerySet[Any]], list[tuple[str, str]]]


def cited(sources: models.QuerySet[Any]) -> list[tuple[str, str]]:
    """Return the slugs of sources, and their titles with the day of publication: titles repeat."""
    rows = sources.values_list("slug", "title", "published_on")
    return [(slug, f"{title or slug} · {day.isoformat()}" if day else title or slug) for slug, title, day in rows]


def offer(form: forms.ModelForm, name: str, choices: Callable[[], Iterable[tuple[str, Any]]]) -> None:  # type: ignore[type-arg]
    """Offer choices in a field, if it is asked for; those that the thing holds already stay possible."""
    asked: Any = form.fields.get(name)
    if asked is None:
        return
    offered = [(str(code), words or code) for code, words in choices()]
    held = form.initial.get(name) or []
    known = {code for code, _words in offered}
    asked.choices = [*offered, *((code, code) for code in held if isinstance(code, str) and code not in known)]


def offer_languages(form: ThingForm, name: str, codes: Iterable[str], *, others: bool = False) -> None:
    """Offer languages by their names in the reader's language; `others` adds those that summits often speak."""
    held = form.initial.get(name) or []
    offered = dict.fromkeys([*codes, *held, *(OFTEN_SPOKEN if others else ())])
    offer(form, name, lambda: [(code, languages.name_of(code, form.ask.language)) for code in offered])


def offer_rows(form: ThingForm, name: str, things: models.QuerySet[Any], title: str = "name") -> None:
    """Offer rows of another table by their titles in the reader's language."""
    asked: Any = form.fields.get(name)
    if asked is None:
        return
    fallbacks = form.ask.edition.fallback_languages if form.ask.edition else ()
    language = form.ask.language
    if form.is_long(things.model):
        form.fields[name] = asked = _typed_row(form, name, things, title)
    asked.queryset = things
    asked.label_from_instance = lambda row: getattr(row, title).wording(language, fallbacks).text or row.slug


def _typed_row(form: ThingForm, name: str, things: models.QuerySet[Any], title: str) -> TypedRow:
    """Return the field in which a row of a long table is typed."""
    finder, before = _finder(form, things, title), form.fields[name]
    held = getattr(form.instance, name) if form.instance.pk else None
    if held is not None:
        finder.hold(held)
    shown = {"label": before.label, "help_text": before.help_text, "required": before.required}
    return TypedRow(queryset=things, finder=finder, held=held, **shown)


def _finder(form: ThingForm, things: models.QuerySet[Any], title: str) -> RowFinder:
    edition = form.ask.edition
    if edition is None:
        raise ValueError("rows are found within an edition")
    return RowFinder(things, edition, form.ask.language, title)


def offer_slugs(form: ThingForm, name: str, things: models.QuerySet[Any], told: Told, *, title: str = "name") -> None:
    """Offer rows of another table in a field that stores their slugs; from a long table they are typed."""
    asked: Any = form.fields.get(name)
    if asked is None:
        return
    if not form.is_long(things.model):
        offer(form, name, lambda: told(things))
        return
    finder, held = _finder(form, things, title), form.initial.get(name) or []
    asked.take_typed(finder, _held(asked, finder, things, told, held))


def offer_in_rows(
    form: ThingForm, name: str, part: str, things: models.QuerySet[Any], told: Told, *, title: str = "name"
) -> None:
    """Offer rows of another table in a part of a field of rows."""
    parts: dict[str, Any] = form.fields[name].parts  # type: ignore[attr-defined]
    asked = parts[part]
    if not form.is_long(things.model):
        asked.choices = told(things) if isinstance(asked, SeveralChoices) else [("", "—"), *told(things)]
        return
    kept = [row.get(part) for row in form.initial.get(name) or () if row.get(part)]
    slugs = [slug for each in kept for slug in (each if isinstance(each, list) else [each])]
    finder = _finder(form, things, title)
    held = _held(asked, finder, things, told, slugs)
    if isinstance(asked, SeveralChoices):
        asked.take_typed(finder, held)
    else:
        parts[part] = TypedChoice(finder=finder, label=asked.label, choices=held)


def _held(
    asked: Any, finder: RowFinder, things: models.QuerySet[Any], told: Told, slugs: Iterable[str]
) -> list[tuple[str, str]]:
    """Return what a thing holds; what is gone from the table goes by its slug. One SQL query at most.

    Boxes stand in the order of the table, and say as much as a list of all would.
    """
    kept = dict.fromkeys(slugs)
    if not isinstance(asked, SeveralChoices):
        finder.learn(kept)
        return [(slug, finder.label(slug)) for slug in kept]
    found = told(things.filter(slug__in=kept)) if kept else []
    known = {slug for slug, _words in found}
    return [*found, *((slug, slug) for slug in kept if slug not in known)]


def titles(form: ThingForm, things: models.QuerySet[Any], title: str = "name") -> list[tuple[str, str]]:
    """Return slugs and titles in the reader's language, for a field that stores slugs. One SQL query."""
    fallbacks = form.ask.edition.fallback_languages if form.ask.edition else ()
    language = form.ask.language
    return [(slug, text.wording(language, fallbacks).text or slug) for slug, text in things.values_list("slug", title)]


def _worded(asked: Any, words: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    return [(code, words.get(code, label) if code else "—") for code, label in asked.choices]
