"""Who may see and change the programme; interpreters are people, and fewer see them."""

from __future__ import annotations

from ejlas.accounts.permissions import held_by, state
from ejlas.accounts.rules import STAFF, Role

state(
    {
        "programme.view_programme": held_by(*STAFF),
        "programme.change_venues": held_by(Role.HEAD, Role.PROGRAMME_DESK),
        "programme.change_sessions": held_by(Role.HEAD, Role.PROGRAMME_DESK, Role.PROTOCOL),
        "programme.change_speakers": held_by(Role.HEAD, Role.PROGRAMME_DESK, Role.PROTOCOL, Role.MEDIA_DESK),
        "programme.view_bilaterals": held_by(*STAFF - {Role.MEDIA_DESK}),
        "programme.change_bilaterals": held_by(Role.HEAD, Role.PROGRAMME_DESK, Role.PROTOCOL),
        "programme.view_interpreters": held_by(
            Role.HEAD, Role.PROGRAMME_DESK, Role.PROTOCOL, Role.INTERPRETER_DESK, Role.AUDITOR
        ),
        "programme.change_interpreters": held_by(Role.HEAD, Role.INTERPRETER_DESK),
    }
)
