"""What the demo needs so that lists can be filed in it: open delegations, standard letters, an invented medium."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from ejlas.accounts import queries as accounts
from ejlas.core.text import Text
from ejlas.delegations import operations, queries
from ejlas.delegations.operations import letters
from ejlas.delegations.rules import house
from ejlas.delegations.rules.states import DelegationKind

if TYPE_CHECKING:
    from ejlas.delegations.models import Delegation
    from ejlas.forum.models import Edition

# The example was held long ago; in the demo its lists are open as if it were to come.
OPEN_FOR, CONFIRMED_WITHIN = timedelta(days=30), timedelta(days=40)
MEDIUM = {"fa": "خبرگزاری موج", "en": "Wave News Agency", "ru": "Агентство «Волна»"}


@transaction.atomic
def open_lists(edition: Edition, *, at: datetime) -> Delegation:
    """Open the delegations of an edition and an invented medium, with windows that have not passed; return the medium.

    What a person set up meanwhile is left alone.
    """
    by = accounts.system_account()
    operations.open_delegations(edition=edition, by=by, at=at)
    letters.add_standard_templates(edition=edition, by=by, at=at)
    windows = house.windows(edition.settings, edition.starts_on, edition.zone)
    if not windows.may_nominate(at):
        rules = {
            "nominate_by": (at + OPEN_FOR).isoformat(),
            "confirm_by": (at + CONFIRMED_WITHIN).isoformat(),
            "press_is_open": True,
        }
        operations.set_rules(edition=edition, rules=rules, by=by, at=at)
    media = queries.delegations_of_kind(edition, DelegationKind.PRESS)
    if media:
        return media[0]
    fields = {"name": Text(MEDIUM), "country": edition.country, "language": edition.languages[0]}
    return operations.add_medium(edition=edition, fields=fields, by=by, at=at)
