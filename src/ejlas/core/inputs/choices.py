"""Several choices from a list: as boxes where order says nothing, one below the other where the first is the best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core.inputs.typed import Finder, suggesting

Choices = Iterable[tuple[str, Any]]


class BoxesInput(forms.CheckboxSelectMultiple):
    """Boxes in a frame that scrolls when there are many."""

    template_name = "ui/inputs/boxes.html"
    finder: Finder | None = None

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Return one group of all boxes; the frame needs of each only its value, its words and whether it is ticked."""
        options = [
            {"name": name, "value": str(code), "label": words, "selected": str(code) in value}
            for code, words in self.choices
        ]
        return [(None, options, 0)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        if self.finder is None:
            return super().get_context(name, value, attrs)
        offered = {str(code) for code, _words in self.choices}
        further = [str(code) for code in value or () if str(code) not in offered]
        self.finder.learn(further)
        context = super().get_context(name, [code for code in value or () if str(code) in offered], attrs)
        context["widget"]["further"] = "\n".join(map(self.finder.shown, further))
        context["widget"]["suggesting"] = suggesting(self.finder.kind)
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        ticked = super().value_from_datadict(data, files, name) or []
        further = str(data.get(f"{name}-further") or "") if self.finder else ""
        return [*ticked, *(line for line in map(str.strip, further.splitlines()) if line)]


class SeveralChoices(forms.MultipleChoiceField):
    """A set of choices, kept as a list in the order of the choices."""

    widget: Any = BoxesInput
    finder: Finder | None = None

    def __init__(self, *, choices: Choices = (), **options: Any) -> None:
        super().__init__(choices=choices, **options)

    def take_typed(self, finder: Finder, held: Choices) -> None:
        """Offer boxes for what is held only, and let the rest be typed, one per line."""
        self.finder = self.widget.finder = finder
        self.choices = held

    def valid_value(self, value: Any) -> bool:
        return self.finder is not None or super().valid_value(value)

    def to_python(self, value: Any) -> list[str]:
        codes: list[str] = super().to_python(value)
        return codes if self.finder is None else named(codes, self.widget.choices, self.finder)

    def clean(self, value: Any) -> list[str]:
        if self.finder is not None:
            found = dict.fromkeys(super().clean(value))
            held = [str(code) for code, _words in self.widget.choices if str(code) in found]
            return list(dict.fromkeys([*held, *found]))
        chosen = set(super().clean(value))
        return [str(code) for code, _words in self.widget.choices if str(code) in chosen]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(initial or ()) != set(data or ())


def named(typed: Iterable[str], held: Choices, finder: Finder) -> list[str]:
    """Return the short names of what was typed; what is held already needs no search. Raises ValidationError."""
    known = {str(code) for code, _words in held}
    typed, found, faults = list(typed), [], []
    finder.learn([words for words in typed if words not in known])
    for words in typed:
        try:
            found.append(words if words in known else finder.resolve(words))
        except ValidationError as fault:
            faults.append(fault)
    if faults:
        raise ValidationError(faults)
    return found


class OrderedInput(forms.Widget):
    """One list to choose from for each place, and two free places."""

    template_name = "ui/inputs/ordered.html"
    finder: Finder | None = None

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choices: Sequence[tuple[str, Any]] = ()
        self.most = 30

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = [str(code) for code in value or ()]
        n_places = min(max(len(chosen) + 2, 2), self.most)
        known = {str(code) for code, _words in self.choices}
        extra = [(code, code) for code in chosen if code not in known]
        context["widget"]["options"] = [*((str(code), words) for code, words in self.choices), *extra]
        context["widget"]["places"] = [(chosen + [""] * n_places)[place] for place in range(n_places)]
        if self.finder is not None:
            self.finder.learn(chosen)
            context["widget"]["suggesting"] = suggesting(self.finder.kind)
            context["widget"]["places"] = [
                self.finder.shown(code) if code else "" for code in context["widget"]["places"]
            ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [value for value in values if value]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0" if id_ else id_


class OrderedChoices(forms.Field):
    """Choices in the order of their preference, each once."""

    widget: Any = OrderedInput
    finder: Finder | None = None
    default_error_messages = {
        "unknown": _("“%(value)s” is not one of the choices."),
        "twice": _("Each choice can stand in one place only."),
        "too_few": _("Choose at least %(least)d."),
        "too_many": _("Choose at most %(most)d."),
    }

    def __init__(self, *, choices: Choices = (), least: int = 0, most: int = 30, **options: Any) -> None:
        options.setdefault("required", least > 0)
        super().__init__(**options)
        self.least, self.most = least, most
        self.widget.most = most
        self.choices = choices

    @property
    def choices(self) -> Sequence[tuple[str, Any]]:
        """What can be chosen: pairs of what is stored and what is shown."""
        return self._choices

    @choices.setter
    def choices(self, choices: Choices) -> None:
        self._choices = tuple(choices)
        self.widget.choices = self._choices

    def __deepcopy__(self, memo: dict[int, Any]) -> OrderedChoices:
        copied: OrderedChoices = super().__deepcopy__(memo)
        copied.choices = self._choices
        return copied

    def take_typed(self, finder: Finder, held: Choices) -> None:
        """Let each place be typed; the choices are what is held already."""
        self.finder = self.widget.finder = finder
        self.choices = tuple(held)

    def to_python(self, value: Any) -> list[str]:
        codes = [str(code) for code in value or ()]
        return codes if self.finder is None else named(codes, self._choices, self.finder)

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        known = {str(code) for code, _words in self._choices}
        for code in value:
            if self.finder is None and code not in known:
                raise ValidationError(self.error_messages["unknown"], code="unknown", params={"value": code[:100]})
        if len(set(value)) != len(value):
            raise ValidationError(self.error_messages["twice"], code="twice")
        if len(value) < self.least:
            raise ValidationError(self.error_messages["too_few"], code="too_few", params={"least": self.least})
        if len(value) > self.most:
            raise ValidationError(self.error_messages["too_many"], code="too_many", params={"most": self.most})

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
