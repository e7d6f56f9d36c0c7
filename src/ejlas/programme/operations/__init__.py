"""Every change to the programme's tables."""

from ejlas.programme.operations.placing import (
    NOWHERE,
    NotToBePlaced,
    Place,
    give_places,
    place_bilateral,
    release_rooms,
    set_bilaterals,
    set_interpreters,
    set_rooms,
    set_sessions,
    set_speakers,
    set_venues,
)
from ejlas.programme.operations.things import (
    RoomTaken,
    SpeaksSomewhere,
    Works,
    add_session,
    change_session,
    change_sessions,
    remove_interpreter,
    remove_speaker,
)

__all__ = [
    "NOWHERE",
    "NotToBePlaced",
    "Place",
    "RoomTaken",
    "SpeaksSomewhere",
    "Works",
    "add_session",
    "change_session",
    "change_sessions",
    "give_places",
    "place_bilateral",
    "release_rooms",
    "remove_interpreter",
    "remove_speaker",
    "set_bilaterals",
    "set_interpreters",
    "set_rooms",
    "set_sessions",
    "set_speakers",
    "set_venues",
]
