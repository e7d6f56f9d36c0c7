"""The usual word for each capacity, for lists that name capacities in words where the edition has none of its own."""

from __future__ import annotations

from ejlas.core.errors import marked
from ejlas.delegations.rules.capacities import CapacityKind

USUAL = {
    CapacityKind.HEAD: marked("Head of delegation"),
    CapacityKind.DEPUTY: marked("Deputy head of delegation"),
    CapacityKind.DELEGATE: marked("Delegate"),
    CapacityKind.ADVISER: marked("Adviser"),
    CapacityKind.INTERPRETER: marked("Interpreter"),
    CapacityKind.SECURITY: marked("Security officer"),
    CapacityKind.PROTOCOL: marked("Protocol officer"),
    CapacityKind.STAFF: marked("Staff"),
    CapacityKind.LIAISON: marked("Liaison officer"),
    CapacityKind.COMPANION: marked("Companion"),
    CapacityKind.OBSERVER: marked("Observer"),
    CapacityKind.REPORTER: marked("Reporter"),
    CapacityKind.PHOTOGRAPHER: marked("Photographer"),
    CapacityKind.CAMERA: marked("Camera operator"),
    CapacityKind.TECHNICIAN: marked("Technician"),
}
