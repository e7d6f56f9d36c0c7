"""Words of the desk for delegations: acts on lists, purposes of reading, and ready sentences that say why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.core import languages
from ejlas.delegations.rules.states import ListState, PersonState, Step
from ejlas.web.ui.reading import interface_language

# What is said to a person of whom more is asked, or who is refused; each in the language of the delegation.
READY: dict[Step, Mapping[str, Any]] = {
    Step.RETURN: {
        "photo": _("The photo cannot be used: send one with the face from the front, sharp, before a plain ground."),
        "document": _("The number or the last day of the travel document is not as the document has it."),
        "name": _("The name is not written as the travel document has it."),
        "office": _("The office is missing, or is not written in full."),
        "letter": _("The letter of nomination lacks its signature or its seal."),
        "press": _("The press card or the letter of assignment is missing, or is out of date."),
    },
    Step.REFUSE: {
        "places": _("All places of this capacity are taken."),
        "twice": _("This person stands on another list already."),
        "late": _("The entry came after the end of the nominations."),
        "unmet": _("What was asked for was not sent."),
        "authority": _("The competent authority of the host does not agree to this accreditation."),
    },
}

# What is said of a whole list that goes back.
READY_OF_LIST = {
    "letter": _("The letter of nomination is missing, or lacks its signature or its seal."),
    "head": _("The head of the delegation is not named yet."),
    "photos": _("Photos are missing, or cannot be used."),
    "many": _("More people are named than the delegation has places."),
}

PURPOSES = {
    "identity": _in("purpose of reading a document number", "To check who it is"),
    "twins": _in("purpose of reading a document number", "To tell two people apart"),
    "visa": _in("purpose of reading a document number", "For a visa"),
    "vetting": _in("purpose of reading a document number", "For vetting"),
}

# On the confirmation: what is asked, and what follows. “who” is a name, or how many.
QUESTIONS = {
    Step.SUBMIT: _("Send %(who)s to the check?"),
    Step.COMPLETE: _("Is all there of %(who)s?"),
    Step.APPROVE: _("Approve %(who)s, and pass on to vetting?"),
    Step.CLEAR: _("No objection to %(who)s?"),
    Step.RETURN: _("Ask for more of %(who)s?"),
    Step.REFUSE: _("Refuse %(who)s?"),
    Step.WITHDRAW: _("Withdraw %(who)s?"),
    Step.REOPEN: _("Take up %(who)s again?"),
}
FOLLOWS = {
    Step.COMPLETE: _("The entry goes on to the desk, which decides. No mail is sent."),
    Step.APPROVE: _("The entry goes on to the vetting officers. No mail is sent before they have answered."),
    Step.CLEAR: _("The entry is approved. When it is the last one of its list, the focal point is told by mail."),
    Step.RETURN: _("The focal point is told by mail, reads the reason on the page of the list, and may write again."),
    Step.REFUSE: _("The focal point is told by mail and reads the reason on the page of the list. The place is free."),
    Step.WITHDRAW: _("The entry leaves the list, and its place is free. It can be taken up again."),
    Step.REOPEN: _("The entry goes back to the check, and takes a place again."),
}
DONE = {
    Step.COMPLETE: _("Passed on to the desk: %(number)s."),
    Step.APPROVE: _("Passed on to vetting: %(number)s."),
    Step.CLEAR: _("Approved: %(number)s."),
    Step.RETURN: _("More is asked for: %(number)s. The focal points are told by mail."),
    Step.REFUSE: _("Refused: %(number)s. The focal points are told by mail."),
    Step.WITHDRAW: _("Withdrawn: %(number)s."),
    Step.REOPEN: _("Taken up again: %(number)s."),
}

# The way of a person from the first line to the pass, as the page of one shows it.
WAY = (
    (PersonState.DRAFT, _in("step of a person's way", "Named")),
    (PersonState.SUBMITTED, _in("step of a person's way", "Checked: is all there?")),
    (PersonState.COMPLETE, _in("step of a person's way", "Decided by the desk")),
    (PersonState.VETTING, _in("step of a person's way", "Vetted")),
    (PersonState.APPROVED, _in("step of a person's way", "Approved")),
)

# Acts on a list: their words, what is asked, what follows, and from which states each leads on.
LIST_ACTS: Mapping[str, tuple[Any, Any, Any, tuple[ListState, ...]]] = {
    "return": (
        _("Send back"),
        _("Send the list of %(who)s back?"),
        _("The delegation may write in it again. The focal point is told by mail, and reads why on its page."),
        (ListState.SUBMITTED, ListState.CONFIRMED, ListState.LOCKED),
    ),
    "confirm": (
        _("Confirm on their behalf"),
        _("Confirm the list of %(who)s on their behalf?"),
        _("It says that everyone on the list comes. Do so where the delegation has told you by letter or telephone."),
        (ListState.SUBMITTED,),
    ),
    "lock": (
        _("Lock"),
        _("Lock the list of %(who)s?"),
        _("From then on a change is a request that the desk grants or refuses."),
        (ListState.OPEN, ListState.SUBMITTED, ListState.RETURNED, ListState.CONFIRMED),
    ),
    "open": (
        _("Open again"),
        _("Open the list of %(who)s again?"),
        _("The delegation may name people and change everything that is not decided."),
        (ListState.SUBMITTED, ListState.CONFIRMED, ListState.LOCKED),
    ),
}


def said(words: Any, language: str) -> str:
    """Return a ready sentence in a language; in English where the interface does not speak it."""
    with translation.override(interface_language(language)):
        return str(words)


def reason(ready: Mapping[str, Any], chosen: str, own: str, language: str) -> str:
    """Return why, in a delegation's language: a ready sentence, own words behind it, or either alone."""
    first = said(ready[chosen], language) if chosen in ready else ""
    return " ".join(part for part in (first, own.strip()) if part)


def choices(ready: Mapping[str, Any], language: str) -> list[dict[str, str]]:
    """Return ready sentences as a page offers them: in the reader's language, and as they will be read."""
    spoken = interface_language(language)
    return [
        {
            "key": key,
            "words": str(words),
            "said": said(words, language),
            "language": spoken,
            "direction": languages.direction(spoken),
        }
        for key, words in ready.items()
    ]
