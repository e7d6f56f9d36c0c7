"""Form fields for values of core: texts in several languages, moments of a place, choices, rows of parts."""

from ejlas.core.inputs.choices import OrderedChoices, SeveralChoices
from ejlas.core.inputs.moments import DayField, MomentField, TimeField
from ejlas.core.inputs.photos import PhotoField
from ejlas.core.inputs.rows import RowsField
from ejlas.core.inputs.texts import TextsField
from ejlas.core.inputs.typed import Finder, TypedChoice, TypedInput, TypedRow

__all__ = [
    "DayField",
    "Finder",
    "MomentField",
    "OrderedChoices",
    "PhotoField",
    "RowsField",
    "SeveralChoices",
    "TextsField",
    "TimeField",
    "TypedChoice",
    "TypedInput",
    "TypedRow",
]
