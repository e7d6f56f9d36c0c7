"""The kinds of things that the desk and the API show and change, each stated once."""

from ejlas.web.ui.kinds.base import Column, Filter, Kind, Sheet
from ejlas.web.ui.kinds.delegations import CAPACITY, DELEGATION, DELEGATION_RULES, PERSON
from ejlas.web.ui.kinds.edition import BILATERAL_RULES, EDITION, FORUM, LANGUAGES
from ejlas.web.ui.kinds.forum import CLAIM, DUTY, MANDATE, MILESTONE, OFFICE, PARTY, SOURCE
from ejlas.web.ui.kinds.letters import LETTER, TEMPLATE
from ejlas.web.ui.kinds.outcomes import POINT, TEXT
from ejlas.web.ui.kinds.passes import BADGE, CATEGORY, GATE, PASS_RULES, WINDOW, ZONE
from ejlas.web.ui.kinds.programme import BILATERAL, INTERPRETER, ROOM, SESSION, SPEAKER, VENUE
from ejlas.web.ui.kinds.readiness import BODY, INSPECTION, MEETING, OBLIGATION, READINESS_RULES, RESOURCE, WORKSTREAM

KINDS = (
    SESSION,
    BILATERAL,
    VENUE,
    ROOM,
    SPEAKER,
    INTERPRETER,
    PARTY,
    OFFICE,
    DELEGATION,
    PERSON,
    CAPACITY,
    LETTER,
    TEMPLATE,
    BADGE,
    CATEGORY,
    ZONE,
    WINDOW,
    GATE,
    TEXT,
    POINT,
    OBLIGATION,
    BODY,
    WORKSTREAM,
    RESOURCE,
    MEETING,
    INSPECTION,
    MANDATE,
    DUTY,
    MILESTONE,
    SOURCE,
    CLAIM,
)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_ADDRESS = {kind.address: kind for kind in KINDS}
# The trail tells of the edition itself too, which is no kind with a list.
BY_EVENT = {kind.event: kind for kind in (*KINDS, EDITION)}

__all__ = [
    "BILATERAL_RULES",
    "BY_ADDRESS",
    "BY_EVENT",
    "BY_NAME",
    "DELEGATION_RULES",
    "EDITION",
    "FORUM",
    "KINDS",
    "LANGUAGES",
    "LETTER",
    "PASS_RULES",
    "READINESS_RULES",
    "TEMPLATE",
    "Column",
    "Filter",
    "Kind",
    "Sheet",
]
