"""The words for what a gate answers to a pass: a title for a glance, and a sentence that says what to do next."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.delegations.rules.passes import payload
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

REASONS: dict[Reason, Said] = {
    Reason.OK: Said(
        _in("answer of a gate", "Valid"), _("The pass is valid here and now. Compare the face with the photo.")
    ),
    Reason.NOT_A_PASS: Said(
        _in("answer of a gate", "No pass"),
        _("This code is none of our passes. Ask for the pass itself, or find the person by name."),
    ),
    Reason.FORGED: Said(
        _in("answer of a gate", "Forged"),
        _("The signature does not fit: somebody else made or altered this code. Keep it, and call the supervisor."),
    ),
    Reason.OTHER_EDITION: Said(
        _in("answer of a gate", "Another summit"),
        _("This pass is of another summit. Ask for the pass of this one."),
    ),
    Reason.UNKNOWN_KEY: Said(
        _in("answer of a gate", "Unknown issuer"),
        _("Nobody whom this list knows signed this pass. Ask the person to wait, and call the supervisor."),
    ),
    Reason.OLD_PRINT: Said(
        _in("answer of a gate", "Replaced card"),
        _("A newer card of this pass was printed. Keep this one, and ask for the new one."),
    ),
    Reason.NOT_ISSUED: Said(
        _in("answer of a gate", "Not handed out"),
        _("The pass was not handed out yet. Send the person to the accreditation desk, which validates it."),
    ),
    Reason.SUSPENDED: Said(
        _in("answer of a gate", "Suspended"),
        _("The pass is suspended. Send the person to the accreditation desk."),
    ),
    Reason.REVOKED: Said(
        _in("answer of a gate", "Revoked"), _("The pass was revoked. Keep the card, and call the supervisor.")
    ),
    Reason.LOST: Said(
        _in("answer of a gate", "Reported lost"),
        _("The card was reported lost. Keep it, and find the person by name."),
    ),
    Reason.RETURNED: Said(
        _in("answer of a gate", "Given back"),
        _("The pass was given back and is valid no longer. Keep the card, and call the supervisor."),
    ),
    Reason.EXPIRED: Said(
        _in("answer of a gate", "Expired"), _("The pass has expired. Send the person to the accreditation desk.")
    ),
    Reason.NOT_YET: Said(
        _in("answer of a gate", "Not valid yet"),
        _("The pass is not valid yet. Ask the person to come back when it is."),
    ),
    Reason.NO_ZONE: Said(
        _in("answer of a gate", "Not this zone"),
        _("This pass does not open this zone. Show the way to a zone that it opens."),
    ),
    Reason.NOT_NOW: Said(
        _in("answer of a gate", "Not now"),
        _("This pass opens this zone at other times. Ask the person to come back then."),
    ),
    Reason.INSIDE: Said(
        _in("answer of a gate", "Already inside"),
        _(
            "This pass is inside already; perhaps two people use it. "
            "Compare the face with the photo, and ask how the person came out."
        ),
    ),
    Reason.OUTSIDE: Said(
        _in("answer of a gate", "Never came in"),
        _(
            "This pass was not seen coming in. "
            "Compare the face with the photo, and ask through which gate the person came."
        ),
    ),
    Reason.FULL: Said(
        _in("answer of a gate", "Zone full"),
        _("The zone holds as many as it may. Ask the person to wait until somebody comes out."),
    ),
    Reason.NOT_ON_LIST: Said(
        _in("answer of a gate", "Not on the list"),
        _(
            "The pass is genuine, but newer than the list of this device. "
            "Compare the face with the photo on the card; in doubt, call the supervisor."
        ),
    ),
    Reason.LIST_OLD: Said(
        _in("answer of a gate", "Old list"),
        _("The list of this device is too old to rely on. Connect the device; until then, ask the supervisor."),
    ),
    Reason.CLOCK: Said(
        _in("answer of a gate", "Clock in doubt"),
        _("The clock of this device may be wrong. Set it, or connect the device; until then, ask the supervisor."),
    ),
    Reason.GROUP: Said(
        _in("answer of a gate", "Head's pin"),
        _("A pin lets in its bearer and those who go with it. Count them, and enter the number."),
    ),
}

# Beside the sentence, where the gate knows it.
NEXT = _("It may enter from %(next)s.")
UNTIL = _("It may enter until %(until)s.")
ENDED = _("It was valid until %(until)s.")

# What the page of the gate says of a text that only looks like a pass; the rule has the same sentences.
HINTS: dict[str, Words] = {
    "capitals": _(payload.CapitalsLost.message),
    "newer": _(payload.NewerPass.message),
}
