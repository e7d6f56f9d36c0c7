"""What a gate's answer means, in a sentence that says what to do next; titles and short words stand with the pages."""

from __future__ import annotations

from ejlas.core.errors import marked
from ejlas.delegations.rules.passes.verdicts import Reason

SENTENCES: dict[Reason, str] = {
    Reason.OK: marked("The pass is valid here and now. Compare the face with the photo."),
    Reason.NOT_A_PASS: marked("This code is none of our passes. Ask for the pass itself, or find the person by name."),
    Reason.FORGED: marked(
        "The signature does not fit: somebody else made or altered this code. Keep it, and call the supervisor."
    ),
    Reason.OTHER_EDITION: marked("This pass is of another summit. Ask for the pass of this one."),
    Reason.UNKNOWN_KEY: marked(
        "Nobody whom this list knows signed this pass. Ask the person to wait, and call the supervisor."
    ),
    Reason.OLD_PRINT: marked("A newer card of this pass was printed. Keep this one, and ask for the new one."),
    Reason.NOT_ISSUED: marked(
        "The pass was not handed out yet. Send the person to the accreditation desk, which validates it."
    ),
    Reason.SUSPENDED: marked("The pass is suspended. Send the person to the accreditation desk."),
    Reason.REVOKED: marked("The pass was revoked. Keep the card, and call the supervisor."),
    Reason.LOST: marked("The card was reported lost. Keep it, and find the person by name."),
    Reason.RETURNED: marked("The pass was given back and is valid no longer. Keep the card, and call the supervisor."),
    Reason.EXPIRED: marked("The pass has expired. Send the person to the accreditation desk."),
    Reason.NOT_YET: marked("The pass is not valid yet. Ask the person to come back when it is."),
    Reason.NO_ZONE: marked("This pass does not open this zone. Show the way to a zone that it opens."),
    Reason.NOT_NOW: marked("This pass opens this zone at other times. Ask the person to come back then."),
    Reason.INSIDE: marked(
        "This pass is inside already; perhaps two people use it. "
        "Compare the face with the photo, and ask how the person came out."
    ),
    Reason.OUTSIDE: marked(
        "This pass was not seen coming in. Compare the face with the photo, and ask through which gate the person came."
    ),
    Reason.FULL: marked("The zone holds as many as it may. Ask the person to wait until somebody comes out."),
    Reason.NOT_ON_LIST: marked(
        "The pass is genuine, but newer than the list of this device. "
        "Compare the face with the photo on the card; in doubt, call the supervisor."
    ),
    Reason.LIST_OLD: marked(
        "The list of this device is too old to rely on. Connect the device; until then, ask the supervisor."
    ),
    Reason.CLOCK: marked(
        "The clock of this device may be wrong. Set it, or connect the device; until then, ask the supervisor."
    ),
    Reason.GROUP: marked("A pin lets in its bearer and those who go with it. Count them, and enter the number."),
}

# In place of that of OK for whoever goes out, which a pass that is over may do too.
LEAVES = marked("Let the person out.")

# Beside the sentence, where the gate knows it.
NEXT = marked("It may enter from %(next)s.")
UNTIL = marked("It may enter until %(until)s.")
ENDED = marked("It was valid until %(until)s.")
