"""Tables of delegations, their people, papers and requests, of letters to and fro, of passes and of the gates."""

from ejlas.delegations.models.delegations import Delegation
from ejlas.delegations.models.gate import Device, Gate, GateRequest, Presence, Run, Scan
from ejlas.delegations.models.letters import Letter, LetterFile, Template
from ejlas.delegations.models.passes import (
    Access,
    Badge,
    BadgeQuerySet,
    CardDesign,
    Category,
    GateList,
    SigningKey,
    Window,
    Zone,
)
from ejlas.delegations.models.people import SEALED, Capacity, Paper, Person, PersonQuerySet, Request, Upload
from ejlas.delegations.models.printing import Printing

__all__ = [
    "SEALED",
    "Access",
    "Badge",
    "BadgeQuerySet",
    "Capacity",
    "CardDesign",
    "Category",
    "Delegation",
    "Device",
    "Gate",
    "GateList",
    "GateRequest",
    "Letter",
    "LetterFile",
    "Paper",
    "Person",
    "PersonQuerySet",
    "Presence",
    "Printing",
    "Request",
    "Run",
    "Scan",
    "SigningKey",
    "Template",
    "Upload",
    "Window",
    "Zone",
]
