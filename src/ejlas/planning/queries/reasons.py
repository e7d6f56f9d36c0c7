"""The reasons of a refusal as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ejlas.core.errors import marked

# By the kind of the scarce thing; each can stand alone, and after "; ".
WORDS = {
    "participant_hours": marked("%(party)s has no free hours that suit"),
    "daily_cap": marked("%(party)s has as many meetings as the rules allow in a day"),
    "participant_clash": marked("%(party)s is in another meeting"),
    "interpreter": marked("there are too few interpreters for %(languages)s"),
    "room_hours": marked("the rooms that suit are closed"),
    "room_seats": marked("no room with enough seats is free"),
    "room_number": marked("every room is taken"),
    "start": marked("the hours asked for are too few"),
    "outweighed": marked("it fits only in the place of %(instead_of)s"),
    "search": marked("the search ended before it was tried"),
    "several": marked("several things are scarce at once"),
}
NO_PLACE = marked("no reason was found in the time given")


def sentences(reasons: Sequence[Mapping[str, Any]], translate: Callable[[str], str]) -> str:
    """Return the reasons of one refusal in words, the most useful first; things that must come together with a plus."""
    if not reasons:
        return translate(NO_PLACE)
    return "; ".join(" + ".join(_words(thing, reason, translate) for thing in reason["scarce"]) for reason in reasons)


def _words(thing: Mapping[str, Any], reason: Mapping[str, Any], translate: Callable[[str], str]) -> str:
    values = {
        "party": thing.get("party", ""),
        "languages": "–".join(thing.get("languages", ())),
        "instead_of": ", ".join(reason["instead_of"]),
    }
    return translate(WORDS[thing["kind"]]) % values
