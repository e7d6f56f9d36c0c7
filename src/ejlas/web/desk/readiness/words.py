"""The sentences about obligations: what each waits for, said to the desk and to the body that owes it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ejlas.readiness.rules.states import ObligationState, Step

NO_BODY = _("No body owes it yet: choose one.")

NEXT = {
    ObligationState.PLANNED: _("It waits for the answer of the body."),
    ObligationState.ACCEPTED: _("The body has taken it on; the work has not begun."),
    ObligationState.IN_WORK: _("The body works on it; it waits to be delivered."),
    ObligationState.DELIVERED: _("It waits to be looked at."),
    ObligationState.INSPECTED: _("It was found good; it waits to be closed."),
    ObligationState.DONE: _("Nothing more is to be done."),
    ObligationState.REFUSED: _("The body refused: change what is owed or who owes it, and open it again."),
}

NEXT_OF_BODY = {
    ObligationState.PLANNED: _("Say whether you take it on."),
    ObligationState.ACCEPTED: _("You have taken it on; say when the work begins."),
    ObligationState.IN_WORK: _("Say how far you are, and when it is delivered."),
    ObligationState.DELIVERED: _("The secretariat looks at it."),
    ObligationState.INSPECTED: _("It was found good; the secretariat closes it."),
    ObligationState.DONE: _("Nothing more is to be done."),
    ObligationState.REFUSED: _("You refused; the secretariat answers."),
}

TAKEN = {
    Step.ACCEPT: _("It is taken on."),
    Step.REFUSE: _("The refusal is noted with its reason."),
    Step.START: _("The work has begun."),
    Step.DELIVER: _("It is delivered."),
    Step.INSPECT: _("It was found good."),
    Step.SEND_BACK: _("It goes back to be mended."),
    Step.CLOSE: _("It is closed."),
    Step.REOPEN: _("It is open again."),
}
