"""The words for what a gate answers to a pass: a title for a glance, and a sentence that says what to do next."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.delegations.rules.passes import gate_words, payload
from ejlas.delegations.rules.passes.verdicts import Reason, Verdict

Words = str | Promise


class Said(NamedTuple):
    """What an officer reads."""

    title: Words
    sentence: Words


VERDICTS: dict[Verdict, Words] = {
    Verdict.ADMIT: _in("answer of a gate", "Admit"),
    Verdict.REFUSE: _in("answer of a gate", "Refuse"),
    Verdict.ASK: _in("answer of a gate", "Ask"),
}

TITLES: dict[Reason, Words] = {
    Reason.OK: _in("answer of a gate", "Valid"),
    Reason.NOT_A_PASS: _in("answer of a gate", "No pass"),
    Reason.FORGED: _in("answer of a gate", "Forged"),
    Reason.OTHER_EDITION: _in("answer of a gate", "Another summit"),
    Reason.UNKNOWN_KEY: _in("answer of a gate", "Unknown issuer"),
    Reason.OLD_PRINT: _in("answer of a gate", "Replaced card"),
    Reason.NOT_ISSUED: _in("answer of a gate", "Not handed out"),
    Reason.SUSPENDED: _in("answer of a gate", "Suspended"),
    Reason.REVOKED: _in("answer of a gate", "Revoked"),
    Reason.LOST: _in("answer of a gate", "Reported lost"),
    Reason.RETURNED: _in("answer of a gate", "Given back"),
    Reason.EXPIRED: _in("answer of a gate", "Expired"),
    Reason.NOT_YET: _in("answer of a gate", "Not valid yet"),
    Reason.NO_ZONE: _in("answer of a gate", "Not this zone"),
    Reason.NOT_NOW: _in("answer of a gate", "Not now"),
    Reason.INSIDE: _in("answer of a gate", "Already inside"),
    Reason.OUTSIDE: _in("answer of a gate", "Never came in"),
    Reason.FULL: _in("answer of a gate", "Zone full"),
    Reason.NOT_ON_LIST: _in("answer of a gate", "Not on the list"),
    Reason.LIST_OLD: _in("answer of a gate", "Old list"),
    Reason.CLOCK: _in("answer of a gate", "Clock in doubt"),
    Reason.GROUP: _in("answer of a gate", "Head's pin"),
}

REASONS: dict[Reason, Said] = {reason: Said(title, _(gate_words.SENTENCES[reason])) for reason, title in TITLES.items()}

LEAVES = _(gate_words.LEAVES)
NEXT, UNTIL, ENDED = _(gate_words.NEXT), _(gate_words.UNTIL), _(gate_words.ENDED)

# What the page of the gate says of a text that only looks like a pass; the rule has the same sentences.
HINTS: dict[str, Words] = {
    "capitals": _(payload.CapitalsLost.message),
    "newer": _(payload.NewerPass.message),
}
