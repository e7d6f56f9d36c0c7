"""The words of the pages of passes: what comes next, what a step asks and does, and where a printing stands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.delegations.rules.passes.badges import BadgeKind, BadgeState, BadgeStep
from ejlas.delegations.rules.passes.cards import Sheet as Paper
from ejlas.delegations.rules.passes.printing import PrintState

# What a pass needs next, by its state.
NEXT = {
    BadgeState.APPROVED: _("The card is to be printed."),
    BadgeState.PRINTED: _("The card is printed and waits to be handed out."),
    BadgeState.ISSUED: _("The pass is in use and opens gates."),
    BadgeState.SUSPENDED: _("The pass opens nothing until you let it open gates again."),
    BadgeState.REVOKED: _("The pass opens nothing any more. Take the card back."),
    BadgeState.LOST: _("The card was lost and opens nothing any more. Another takes its place."),
    BadgeState.RETURNED: _("The card was given back. Nothing is left to do."),
}

QUESTIONS = {
    BadgeStep.SUSPEND: _("Suspend pass %(number)s of %(name)s?"),
    BadgeStep.RESUME: _("Let pass %(number)s of %(name)s open gates again?"),
    BadgeStep.REVOKE: _("Revoke pass %(number)s of %(name)s?"),
    BadgeStep.LOSE: _("Report pass %(number)s of %(name)s as lost?"),
    BadgeStep.RETURN: _("Take back pass %(number)s of %(name)s?"),
}

FOLLOWS = {
    BadgeStep.SUSPEND: _("The gates learn it within seconds where they have network: the pass opens nothing."),
    BadgeStep.RESUME: _("The pass stands again where it stood before it was suspended."),
    BadgeStep.REVOKE: _("The gates learn it within seconds where they have network. A revoked pass stays void."),
    BadgeStep.LOSE: _("The lost card opens nothing any more. Another pass with a new number is made, ready to print."),
    BadgeStep.RETURN: _("The card opens nothing any more once it was given back."),
}

DONE = {
    BadgeStep.SUSPEND: _("The pass is suspended."),
    BadgeStep.RESUME: _("The pass opens gates again."),
    BadgeStep.REVOKE: _("The pass is revoked."),
    BadgeStep.LOSE: _("The card is reported lost; its replacement is ready to be printed."),
    BadgeStep.RETURN: _("The card is taken back."),
}

# Headings above rows of one kind of card.
MANY_OF = {
    BadgeKind.BADGE: _("Badges"),
    BadgeKind.PIN: _("Pins of heads"),
    BadgeKind.FLOATER: _("Floaters"),
    BadgeKind.OVERPASS: _("Overpasses"),
    BadgeKind.SPARE: _("Spares for one day"),
}

PAPERS = {
    Paper.CARD: _("Each card on a page of its own size, for a printer of cards"),
    Paper.A4: _("A4 with marks to cut by"),
}

PRINT_STATES = {
    PrintState.WAITING: _in("state of a printing", "Waits for a worker"),
    PrintState.MAKING: _in("state of a printing", "Being made"),
    PrintState.DONE: _in("state of a printing", "Ready"),
    PrintState.FAILED: _in("state of a printing", "Not made"),
    PrintState.FORGOTTEN: _in("state of a printing", "Removed after a day"),
}
