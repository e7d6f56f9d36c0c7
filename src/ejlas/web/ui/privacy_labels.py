"""The words for what is held of a person: its parts, its purposes, and where a person stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.delegations.rules.privacy import Purpose
from ejlas.web.ui.delegation_labels import PERSON_FIELDS

PURPOSES = {
    Purpose.LIST: _in("purpose of what is held of a person", "To name the person on lists, badge and table"),
    Purpose.IDENTITY: _in("purpose of what is held of a person", "To know who comes: accreditation, vetting, visas"),
    Purpose.REACH: _in("purpose of what is held of a person", "To reach the person"),
    Purpose.MEALS: _in("purpose of what is held of a person", "For the kitchen"),
    Purpose.CARE: _in("purpose of what is held of a person", "For physicians, and for the ways the person takes"),
    Purpose.BADGE: _in("purpose of what is held of a person", "For the badge, and to know the person at the gate"),
}

FIELDS: Mapping[str, Any] = {
    **{str(name): label for name, label in PERSON_FIELDS.items()},
    "name": _("Preferred spelling"),
    "photo": _("Photo"),
}

STANDING = {
    "edition": _("Edition"),
    "delegation": _("Delegation"),
    "capacity": _("Capacity"),
    "state": _in("where a thing stands", "State"),
    "submitted_at": _("Sent to the check"),
    "decided_at": _("Decided"),
    "was_named_late": _("Named late"),
    "is_walk_in": _("Walk-in"),
    "approved_by": _("Approved by"),
    "said_to_the_person": _("Reason"),
}
