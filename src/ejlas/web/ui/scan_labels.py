"""The words for what gates did, what the server found afterwards, and where devices and requests stand."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.delegations.rules.passes.scans import Answer, By, Flag, RequestState, Way
from ejlas.delegations.rules.passes.watching import Fill, Reach
from ejlas.web.ui.pass_labels import Said

SCAN_WAYS = {Way.IN: _in("way through a gate", "In"), Way.OUT: _in("way through a gate", "Out")}

ANSWERS = {
    Answer.ADMITTED: _in("what an officer did", "Let through"),
    Answer.REFUSED: _in("what an officer did", "Turned away"),
}

BY = {
    By.CAMERA: _in("how a pass was read", "Camera"),
    By.READER: _in("how a pass was read", "Reader"),
    By.NAME: _in("how a pass was read", "Found by name"),
}

FLAGS = {
    Flag.DOUBLE: Said(
        _in("alert of a gate", "Inside twice"),
        _("The pass was inside already when it came in. Look for its bearer, and compare the face with the photo."),
    ),
    Flag.FULL: Said(
        _in("alert of a gate", "Over the capacity"),
        _("The zone held as many as it may when this one came in. Let nobody more in there until some have gone out."),
    ),
    Flag.VOID: Said(
        _in("alert of a gate", "Let in on a void pass"),
        _("The pass was void before it was let in; the gate could not know. Look for its bearer, and keep the card."),
    ),
    Flag.UNKNOWN: Said(
        _in("alert of a gate", "No such pass"),
        _("Nobody has a pass of this number. Ask the gate who was let in, and look for that person."),
    ),
}

REQUEST_STATES = {
    RequestState.ASKED: _in("request at a gate", "Waits"),
    RequestState.GRANTED: _in("request at a gate", "Granted"),
    RequestState.REFUSED: _in("request at a gate", "Refused"),
}

FILLS = {
    Fill.UNCOUNTED: _in("how full a zone is", "No limit"),
    Fill.FREE: _in("how full a zone is", "Free"),
    Fill.NEARLY: _in("how full a zone is", "Nearly full"),
    Fill.FULL: _in("how full a zone is", "Full"),
    Fill.OVER: _in("how full a zone is", "Over"),
}

REACHES = {
    Reach.ONLINE: _in("state of a gate", "Online"),
    Reach.CUT_OFF: _in("state of a gate", "Cut off"),
    Reach.NONE: _in("state of a gate", "No device"),
}
