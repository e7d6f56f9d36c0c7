"""Tables of delegations, their people, papers and requests, and of the letters that go to and fro."""

from ejlas.delegations.models.delegations import Delegation
from ejlas.delegations.models.letters import Letter, LetterFile, Template
from ejlas.delegations.models.people import SEALED, Capacity, Paper, Person, PersonQuerySet, Request, Upload

__all__ = [
    "SEALED",
    "Capacity",
    "Delegation",
    "Letter",
    "LetterFile",
    "Paper",
    "Person",
    "PersonQuerySet",
    "Request",
    "Template",
    "Upload",
]
