"""The reasons of a refusal as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ejlas.core.errors import marked

if TYPE_CHECKING:
    from ejlas.planning.queries.words import Words

# By the kind of the scarce thing; each can stand alone, and after "; ".
WORDS = {
    "participant_hours": marked("%(party)s has no free hours that suit"),
    "daily_cap": marked("%(party)s has as many meetings as the rules allow in a day"),
    "participant_clash": marked("%(party)s is in another meeting"),
    "interpreter": marked("there are too few interpreters for %(languages)s"),
    "room_hours": marked("the rooms that suit are closed"),
    "room_seats": marked("no room with enough seats is free"),
    "room_number": marked("every room is taken"),
    "interpreter_rest": marked("the interpreters would work too long without a rest"),
    "travel": marked("the way from one venue to another takes too long"),
    "start": marked("the hours asked for are too few"),
    "outweighed": marked("it fits only in the place of %(instead_of)s"),
    "search": marked("the search ended before it was tried"),
    "several": marked("several things are scarce at once"),
}
# The same where more of it for a part of a day is enough.
IN_PARTS = {
    "interpreter": marked("one more interpreter for %(languages)s is needed on %(day)s, %(hours)s"),
    "room_number": marked("one more room is needed on %(day)s, %(hours)s"),
}
NO_PLACE = marked("no reason was found in the time given")


def sentences(reasons: Sequence[Mapping[str, Any]], translate: Callable[[str], str], words: Words | None = None) -> str:
    """Return the reasons of one refusal in words, the most useful first; things that must come together with a plus."""
    return "; ".join(reason_lines(reasons, translate, words))


def reason_lines(
    reasons: Sequence[Mapping[str, Any]], translate: Callable[[str], str], words: Words | None = None
) -> list[str]:
    """Return each reason of one refusal in words; without `words`, things are called by their slugs."""
    if not reasons:
        return [translate(NO_PLACE)]
    return [" + ".join(_told(thing, reason, translate, words) for thing in reason["scarce"]) for reason in reasons]


def broken_lines(broken: Sequence[Mapping[str, Any]], translate: Callable[[str], str], words: Words) -> list[str]:
    """Return in words what leaves no plan at all: each rule, and the bilaterals that cannot all be placed under it."""
    return [
        translate(CLASH)
        % {
            "rule": translate(CLASHES.get(each["constraint"], WORDS["several"])),
            "bilaterals": words.listed(map(words.bilateral, each["bilaterals"])),
        }
        for each in broken
    ]


CLASH = marked("%(bilaterals)s have to take place, and cannot: %(rule)s.")
CLASHES = {
    "participant_hours": marked("a delegation has no free hours that suit"),
    "daily_cap": marked("a delegation would have more meetings in a day than the rules allow"),
    "participant_clash": marked("a delegation would be in two meetings at once"),
    "interpreter": marked("there are too few interpreters"),
    "interpreter_rest": marked("the interpreters would work too long without a rest"),
    "travel": marked("the way from one venue to another takes too long"),
    "room_number": marked("there are too few rooms"),
    "start": marked("the hours asked for are too few"),
}


def _told(
    thing: Mapping[str, Any], reason: Mapping[str, Any], translate: Callable[[str], str], words: Words | None
) -> str:
    party, codes, others = thing.get("party", ""), thing.get("languages", ()), reason["instead_of"]
    values = {
        "party": words.party(party) if words else party,
        "languages": words.spoken(codes) if words else "–".join(codes),
        "instead_of": words.listed(map(words.bilateral, others)) if words else ", ".join(others),
    }
    if "from" in thing:
        span = [datetime.fromisoformat(thing[name]) for name in ("from", "to")]
        values["day"] = words.day(span[0]) if words else f"{span[0]:%Y-%m-%d}"
        values["hours"] = words.times(*span) if words else f"{span[0]:%H:%M}–{span[1]:%H:%M}"
        return translate(IN_PARTS[thing["kind"]]) % values
    return translate(WORDS.get(thing["kind"], WORDS["several"])) % values
