"""The table of what each role may, made from the permissions, and read again from the reference page by the tests."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import rules
from rules.permissions import permissions

from ejlas.accounts import permissions as own
from ejlas.accounts.rules import DOORS, Held, Role

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "roles.md"
_HEAD = """# Roles

What each role may do at the edition for which it is given. The table is made from the permissions by `make docs`; a
test walks every address of the desk, the portal, the gate, the press and the API with every role and holds it
against this table.

A role for every edition is given to a head of the secretariat or an auditor only. Nobody signed in: nothing of this.

"""


def _may(role: Role, permission: str) -> bool:
    user = SimpleNamespace(is_authenticated=True, is_active=True)
    setattr(user, own._KEPT, (Held(role, "x"),))
    return bool(rules.has_perm(permission, user, "x"))


def allowed_by_code() -> dict[str, frozenset[Role]]:
    """Return the roles that have each permission, as the predicates say."""
    return {name: frozenset(role for role in Role if _may(role, name)) for name in sorted(permissions)}


def roles_page() -> str:
    """Return the reference page."""
    lines = ["| permission | roles |", "| --- | --- |"]
    lines += [f"| `{name}` | {', '.join(sorted(roles)) or '—'} |" for name, roles in allowed_by_code().items()]
    doors = ["", "| role | door |", "| --- | --- |", *(f"| {role} | /{DOORS[role]}/ |" for role in Role)]
    return _HEAD + "\n".join([*lines, *doors]) + "\n"


def allowed_by_page() -> dict[str, frozenset[Role]]:
    """Return the roles that have each permission, as the reference page tells a reader."""
    rows = re.findall(r"^\| `([a-z_.]+)` \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: frozenset(Role(each) for each in told.split(", ") if each != "—") for name, told in rows}
