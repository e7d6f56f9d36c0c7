"""The machine-readable lines of passports, visas and identity cards (ICAO 9303): text in, fields out, and back."""

from ejlas.core.formats.mrz.composing import compose
from ejlas.core.formats.mrz.faults import (
    BirthCheckWrong,
    BirthImpossible,
    CompositeCheckWrong,
    ExpiryCheckWrong,
    ExpiryImpossible,
    LinesUnreadable,
    NameMissing,
    NoLines,
    NumberCheckWrong,
    OptionalCheckWrong,
    OtherLinesMissing,
    WrongKind,
    WrongLength,
    WrongSign,
)
from ejlas.core.formats.mrz.letters import mrz_letters
from ejlas.core.formats.mrz.reading import Reading, read

__all__ = [
    "BirthCheckWrong",
    "BirthImpossible",
    "CompositeCheckWrong",
    "ExpiryCheckWrong",
    "ExpiryImpossible",
    "LinesUnreadable",
    "NameMissing",
    "NoLines",
    "NumberCheckWrong",
    "OptionalCheckWrong",
    "OtherLinesMissing",
    "Reading",
    "WrongKind",
    "WrongLength",
    "WrongSign",
    "compose",
    "mrz_letters",
    "read",
]
