"""What a page and a paper say of the rest of the summit: a name of each part, and what of it is not ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext_lazy as _in

from ejlas.core import languages
from ejlas.exports.labels import Labels
from ejlas.planning.rules.ready.others import Level, OtherKind, OtherPart

LEVELS: Labels = {
    Level.LATE: _in("part of a summit", "Late"),
    Level.OPEN: _in("part of a summit", "Open"),
    Level.FINE: _in("part of a summit", "Ready"),
}
PARTS: Labels = {
    OtherKind.INVITATIONS_UNSENT: _("Invitations sent"),
    OtherKind.INVITATIONS_UNANSWERED: _("Invitations answered"),
    OtherKind.HEADS_UNKNOWN: _("Heads who come"),
    OtherKind.LETTERS_WAITING: _("Letters in and out"),
    OtherKind.LISTS_MISSING: _("Lists of delegations"),
    OtherKind.LISTS_UNCONFIRMED: _("Lists confirmed"),
    OtherKind.PEOPLE_UNDECIDED: _("Decisions on people"),
    OtherKind.PEOPLE_LACKING: _("Photos and papers of people"),
    OtherKind.PEOPLE_WITHOUT_PASS: _("Passes of people"),
    OtherKind.CARDS_UNPRINTED: _("Cards printed"),
    OtherKind.ROOMS_WITHOUT_SEATS: _("Seats of rooms"),
    OtherKind.HALLS_UNSAID: _("Who enters each hall"),
    OtherKind.HALLS_FULL: _("Halls large enough"),
    OtherKind.SESSIONS_UNSPOKEN: _("Languages of sessions"),
    OtherKind.BILATERALS_UNPLACED: _("Places of bilaterals"),
    OtherKind.BILATERALS_WITHOUT_PLAN: _("Plan of bilaterals"),
    OtherKind.BILATERALS_UNSPOKEN: _("Interpreters of bilaterals"),
    OtherKind.WORDINGS: _("Texts in the working languages"),
    OtherKind.PUBLICATION: _("What the public sees"),
    OtherKind.GATES_WITHOUT_DEVICE: _("Devices at the gates"),
}


def sentence(part: OtherPart, language: str) -> str:
    """Say what of a part is not ready, with its number, in the language that is spoken now.

    Parameters
    ----------
    language : whose digits the number is written in
    """
    number = languages.number(part.number, language)
    return _SENTENCES[part.kind](part.number) % {"number": number, "all": languages.number(part.of, language)}


def _unsent(n: int) -> str:
    return ngettext(
        "%(number)s party of %(all)s has neither an invitation nor said who comes",
        "%(number)s parties of %(all)s have neither an invitation nor said who comes",
        n,
    )


def _unanswered(n: int) -> str:
    return ngettext(
        "%(number)s invitation of %(all)s is not answered", "%(number)s invitations of %(all)s are not answered", n
    )


def _unknown(n: int) -> str:
    return ngettext(
        "%(number)s party of %(all)s has not said whether its head comes",
        "%(number)s parties of %(all)s have not said whether their heads come",
        n,
    )


def _letters(n: int) -> str:
    return ngettext(
        "%(number)s letter waits to be sent or confirmed", "%(number)s letters wait to be sent or confirmed", n
    )


def _lists(n: int) -> str:
    return ngettext(
        "%(number)s party of %(all)s has named nobody yet", "%(number)s parties of %(all)s have named nobody yet", n
    )


def _unconfirmed(n: int) -> str:
    return ngettext("%(number)s list of %(all)s is not confirmed", "%(number)s lists of %(all)s are not confirmed", n)


def _undecided(n: int) -> str:
    return ngettext(
        "%(number)s person of %(all)s waits for the check, the desk or vetting",
        "%(number)s people of %(all)s wait for the check, the desk or vetting",
        n,
    )


def _lacking(n: int) -> str:
    return ngettext(
        "%(number)s approved person of %(all)s lacks a photo or a paper",
        "%(number)s approved people of %(all)s lack a photo or a paper",
        n,
    )


def _without_pass(n: int) -> str:
    return ngettext(
        "%(number)s approved person of %(all)s has no pass", "%(number)s approved people of %(all)s have no pass", n
    )


def _unprinted(n: int) -> str:
    return ngettext(
        "%(number)s pass of %(all)s is still to be printed", "%(number)s passes of %(all)s are still to be printed", n
    )


def _without_seats(n: int) -> str:
    return ngettext(
        "%(number)s room of %(all)s has no number of seats", "%(number)s rooms of %(all)s have no number of seats", n
    )


def _unsaid(n: int) -> str:
    return ngettext(
        "%(number)s hall of %(all)s: nobody has said who enters",
        "%(number)s halls of %(all)s: nobody has said who enters",
        n,
    )


def _full(n: int) -> str:
    return ngettext(
        "%(number)s hall of %(all)s has fewer seats than people are named for it",
        "%(number)s halls of %(all)s have fewer seats than people are named for them",
        n,
    )


def _sessions(n: int) -> str:
    return ngettext(
        "%(number)s session of %(all)s is held in a language that no interpreter of the host works in",
        "%(number)s sessions of %(all)s are held in a language that no interpreter of the host works in",
        n,
    )


def _unplaced(n: int) -> str:
    return ngettext(
        "%(number)s bilateral of %(all)s has no place yet", "%(number)s bilaterals of %(all)s have no place yet", n
    )


def _without_plan(_n: int) -> str:
    return str(_("No plan of bilaterals has been accepted"))


def _bilaterals(n: int) -> str:
    return ngettext(
        "%(number)s bilateral of %(all)s lacks the interpreter whom it needs",
        "%(number)s bilaterals of %(all)s lack the interpreters whom they need",
        n,
    )


def _wordings(n: int) -> str:
    return ngettext(
        "%(number)s wording of %(all)s is missing, behind or not confirmed",
        "%(number)s wordings of %(all)s are missing, behind or not confirmed",
        n,
    )


def _unpublished(n: int) -> str:
    return ngettext("%(number)s change is not public yet", "%(number)s changes are not public yet", n)


def _unkept(n: int) -> str:
    return ngettext("%(number)s gate of %(all)s has no device", "%(number)s gates of %(all)s have no device", n)


_SENTENCES: Mapping[OtherKind, Callable[[int], str]] = {
    OtherKind.INVITATIONS_UNSENT: _unsent,
    OtherKind.INVITATIONS_UNANSWERED: _unanswered,
    OtherKind.HEADS_UNKNOWN: _unknown,
    OtherKind.LETTERS_WAITING: _letters,
    OtherKind.LISTS_MISSING: _lists,
    OtherKind.LISTS_UNCONFIRMED: _unconfirmed,
    OtherKind.PEOPLE_UNDECIDED: _undecided,
    OtherKind.PEOPLE_LACKING: _lacking,
    OtherKind.PEOPLE_WITHOUT_PASS: _without_pass,
    OtherKind.CARDS_UNPRINTED: _unprinted,
    OtherKind.ROOMS_WITHOUT_SEATS: _without_seats,
    OtherKind.HALLS_UNSAID: _unsaid,
    OtherKind.HALLS_FULL: _full,
    OtherKind.SESSIONS_UNSPOKEN: _sessions,
    OtherKind.BILATERALS_UNPLACED: _unplaced,
    OtherKind.BILATERALS_WITHOUT_PLAN: _without_plan,
    OtherKind.BILATERALS_UNSPOKEN: _bilaterals,
    OtherKind.WORDINGS: _wordings,
    OtherKind.PUBLICATION: _unpublished,
    OtherKind.GATES_WITHOUT_DEVICE: _unkept,
}
