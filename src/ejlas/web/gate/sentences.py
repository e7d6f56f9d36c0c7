"""Every sentence that the page of a gate can say by itself: the script fills in the values, and knows no language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.delegations.rules.passes.verdicts import Reason
from ejlas.web.ui import pass_labels
from ejlas.web.ui.badge_labels import BADGE_KINDS
from ejlas.web.ui.delegation_labels import CAPACITY_KINDS

Words = str | Promise

READY: dict[str, Words] = {
    "list-of": _("List of %(time)s, %(age)s"),
    "age-now": _in("age of a list", "new"),
    "age-minutes": _in("age of a list", "%(n)s min old"),
    "age-hours": _in("age of a list", "%(n)s h old"),
    "list-none": _("No list yet"),
    "online": _in("network of a gate", "Online"),
    "offline": _in("network of a gate", "Offline"),
    "strange": _in("network of a gate", "Wrong network"),
    "busy": _in("network of a gate", "Server busy"),
    "queue": _("To be delivered: %(n)s"),
    "queue-none": _("All delivered"),
    "inside": _("Inside: %(n)s"),
    "inside-of": _("Inside: %(n)s of %(most)s"),
    "full": _in("head count of a zone", "full"),
    "zone": _("Zone %(letter)s: %(zone)s"),
    "photos": _("Photos on this device: %(have)s of %(all)s"),
}

CAMERA: dict[str, Words] = {
    "off": _("The camera is off."),
    "opening": _("The camera opens."),
    "looking": _("Hold the code of the pass into the frame."),
    "refused": _(
        "The browser does not let this page use the camera. Allow it in the settings of the site, then open the camera "
        "again. Until then use a reader, or find people by name or number."
    ),
    "none": _(
        "This device has no camera that can be used now. Close other programs that use it, or use a reader, "
        "or find people by name or number."
    ),
    "failed": _("The camera stopped. Open it again; until then use a reader, or find people by name or number."),
}

PIN: dict[str, Words] = {
    "wrong": _("The PIN is wrong. Tries left before this device erases everything: %(n)s"),
    "old-wrong": _("The present PIN is wrong."),
    "digits": _("A PIN consists of digits alone."),
    "short": _("A PIN has six digits or more."),
    "simple": _("This PIN is easy to guess. Choose digits that do not follow one another."),
    "differ": _("The two PINs differ. Type the same one twice."),
    "changed": _("The PIN was changed."),
    "entered": _("Digits entered: %(n)s"),
}

ENROL: dict[str, Words] = {
    "name": _("Give the device a name, such as the one on its label."),
    "gate": _("Choose the gate at which the device is used."),
    "working": _("The device is being set up."),
    "offline": _("There is no network. A device is set up while it is connected; afterwards it works without."),
    "strange": _(
        "The answer did not come from this site: the network may ask for a sign-in of its own, or you are signed in "
        "no longer. Reload the page, then set the device up again."
    ),
    "busy": _("The server is busy. Wait a minute, then set the device up again."),
    "shape": _("The server did not accept the name or the gate. Reload the page, then set the device up again."),
}

VERDICT: dict[str, Words] = {
    "number": _in("number of a pass", "No. %(n)s"),
    "no-photo": _("No photo on this device"),
    "photo-of": _("Photo of %(name)s"),
    "in-document": _("In the document: %(name)s"),
    "nameless": _("The pass names nobody."),
    "of-summit": _("The pass is of: %(summit)s"),
    "opens": _("Opens zones: %(zones)s"),
    "category": _("Category %(letter)s: %(name)s"),
    "mark": _("For: %(mark)s"),
    "unwritten": _(
        "This device has no room to write the scan down. Let nobody in on it: connect it, wait until all is delivered, "
        "then try again."
    ),
    "no-gate": _("This gate is not on the list of the device any more. Choose a gate in the settings."),
    "no-list": _("This device has no list yet. Connect it, and wait a moment."),
    "no-number": _("No pass has this number or name. Check the spelling, or ask for the pass itself."),
    "found": _("Found: %(n)s"),
    "first": _("Answer for the pass before: admit or refuse."),
}

RECENT: dict[str, Words] = {
    "admitted-in": _in("scan of a gate", "Let in"),
    "admitted-out": _in("scan of a gate", "Let out"),
    "refused": _in("scan of a gate", "Refused"),
    "undo": _in("button of a gate", "Undo"),
    "again": _("Decide anew"),
    "undone": _in("scan of a gate", "Undone"),
    "note": _("Undone at the gate: a wrong tap."),
    "anonymous": _("Code that is no pass"),
    "none": _("Nothing was scanned on this device yet."),
    "guests": _("Guests: %(n)s"),
    "flag-double": _("The same pass was let in elsewhere at about the same time."),
    "flag-full": _("The zone was fuller than it may be when this was delivered."),
    "flag-revoked": _("The pass had been revoked when it was let in here. Call the supervisor."),
    "flag-unknown": _("The server knows no such pass. Call the supervisor."),
}

GROUP: dict[str, Words] = {
    "total": _("Goes in with the pin: %(n)s"),
    "total-out": _("Goes out with the pin: %(n)s"),
    "more": _("No more than %(n)s fit into the zone now."),
    "none": _("The list names nobody of this delegation who has a pass. Count the guests."),
    "done": _("Written down: %(n)s people"),
}

WALKIN: dict[str, Words] = {
    "unsent": _in("request at a gate", "Waits for the network"),
    "sent": _in("request at a gate", "Waits for an answer"),
    "granted": _in("request at a gate", "Granted"),
    "refused": _in("request at a gate", "Refused"),
    "failed": _in("request at a gate", "The server did not accept it"),
    "spare": _("Give out the spare no. %(n)s, then scan it."),
    "name": _("Write the name of the person."),
    "reason": _("Write why the person asks to come in."),
    "asked": _("The request is on its way. The answer appears here."),
}


TROUBLES: dict[str, tuple[Words, Words]] = {
    "list-old": pass_labels.REASONS[Reason.LIST_OLD],
    "clock": (
        _("Clock in doubt"),
        _(
            "The clock of this device has jumped, or stands behind. Connect the device, and it sets itself right; "
            "without network compare it with a watch, and confirm the time in the settings."
        ),
    ),
    "list-refused": (
        _("List not accepted"),
        _(
            "What came as a new list does not bear this summit's signature, or does not fit. The device goes on with "
            "the list it has. Tell the supervisor: the network may be tampered with."
        ),
    ),
    "full": (
        _("Storage full"),
        _("The device has no room left for photos or the new list. It goes on deciding; free some room on it."),
    ),
    "aside": (
        _("Scans not accepted"),
        _(
            "The server did not accept some scans of this device. They are kept: "
            "send them again, or tell the supervisor."
        ),
    ),
    "torn": (
        _("Part of the storage is gone"),
        _(
            "The browser has thrown away part of what this device kept. Scans that were never delivered: %(n)s. "
            "Tell the supervisor which hour they were of; the device goes on."
        ),
    ),
    "flags": (
        _("The server adds to a scan"),
        _("Look at the last scans of this device: what was decided here did not fit what the server knew."),
    ),
    "temporary": (
        _("Storage not promised"),
        _("The browser may drop what this device keeps. Install the page on the home screen, so that it stays."),
    ),
    "no-worker": (
        _("Not ready for no network"),
        _("This browser does not keep the page. Leave it open: closed without network, it does not open again."),
    ),
    "dropped": (
        _("The storage was dropped"),
        _(
            "The browser has thrown away all that this device kept. Scans that were never delivered: %(n)s. "
            "Tell the supervisor, connect the device, and set it up anew."
        ),
    ),
    "gone": (
        _("The storage was dropped"),
        _(
            "The browser has taken the storage away while the page was open. Scans that were never delivered: %(n)s. "
            "Use another device, tell the supervisor, then set this one up anew."
        ),
    ),
    "shut-out": (
        _("This device is shut out"),
        _(
            "The supervisor has shut this device out, and it has erased all that it kept. Scans that were never "
            "delivered: %(n)s. Bring the device to the supervisor."
        ),
    ),
    "erased": (
        _("This device is erased"),
        _(
            "All that this device kept was erased, by hand or after ten wrong PINs. Scans that were never delivered: "
            "%(n)s. Tell the supervisor, and set it up anew."
        ),
    ),
    "unknown": (
        _("The server does not know this device"),
        _(
            "The server knows this device no longer. What waits to be delivered is kept: %(n)s. Tell the supervisor "
            "before you set the device up anew, because that erases it."
        ),
    ),
    "no-storage": (
        _("Nothing can be kept here"),
        _(
            "This browser keeps nothing for this page, perhaps because its window is private. Open the page in a usual "
            "window, or use another browser."
        ),
    ),
}


def words() -> dict[str, object]:
    """Return all of them, by the part of the page that says them, in the language of the moment."""
    parts = {"ready": READY, "camera": CAMERA, "pin": PIN, "enrol": ENROL, "verdict": VERDICT}
    parts |= {"recent": RECENT, "group": GROUP, "walkin": WALKIN}
    said: dict[str, object] = {name: {key: str(each) for key, each in part.items()} for name, part in parts.items()}
    said["verdicts"] = {verdict.value: str(each) for verdict, each in pass_labels.VERDICTS.items()}
    said["reasons"] = {
        reason.value: [str(each.title), str(each.sentence)] for reason, each in pass_labels.REASONS.items()
    }
    said["times"] = {
        "next": str(pass_labels.NEXT),
        "until": str(pass_labels.UNTIL),
        "ended": str(pass_labels.ENDED),
    }
    said["hints"] = {hint: str(each) for hint, each in pass_labels.HINTS.items()}
    said["kinds"] = {kind.value: str(each) for kind, each in BADGE_KINDS.items()}
    said["marks"] = {kind.value: str(each) for kind, each in CAPACITY_KINDS.items()}
    said["troubles"] = {code: [str(title), str(sentence)] for code, (title, sentence) in TROUBLES.items()}
    return said
