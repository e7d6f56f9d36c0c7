"""Who may see and change texts and their points before they are published."""

from __future__ import annotations

from ejlas.accounts.permissions import held_by, state
from ejlas.accounts.rules import STAFF, Role

state(
    {
        "outcomes.view_texts": held_by(*STAFF),
        "outcomes.change_texts": held_by(Role.HEAD, Role.PROTOCOL),
    }
)
