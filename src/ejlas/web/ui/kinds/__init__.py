"""The kinds of things that the desk and the API show and change, each stated once."""

from ejlas.web.ui.kinds.base import Column, Filter, Kind, Sheet
from ejlas.web.ui.kinds.forum import CLAIM, DUTY, MANDATE, MILESTONE, OFFICE, PARTY, SOURCE
from ejlas.web.ui.kinds.outcomes import POINT, TEXT
from ejlas.web.ui.kinds.programme import BILATERAL, INTERPRETER, ROOM, SESSION, SPEAKER, VENUE

KINDS = (
    SESSION,
    BILATERAL,
    VENUE,
    ROOM,
    SPEAKER,
    INTERPRETER,
    PARTY,
    OFFICE,
    TEXT,
    POINT,
    MANDATE,
    DUTY,
    MILESTONE,
    SOURCE,
    CLAIM,
)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_ADDRESS = {kind.address: kind for kind in KINDS}
BY_EVENT = {kind.event: kind for kind in KINDS}

__all__ = ["BY_ADDRESS", "BY_EVENT", "BY_NAME", "KINDS", "Column", "Filter", "Kind", "Sheet"]
