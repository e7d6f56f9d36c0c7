"""The devices that keep the gates of an edition, found by what they show or by name."""

from __future__ import annotations

from ejlas.accounts.models import User
from ejlas.accounts.permissions import may
from ejlas.core.secrets import keyed_hash
from ejlas.delegations.models import Device

_PURPOSE = "gate-device"
KEEPS_GATE = "delegations.keep_gate"


def hash_of(token: str) -> str:
    """Return the hash by which a device is found again."""
    return keyed_hash(token, purpose=_PURPOSE)


def device_by_token(token: str, edition: str) -> Device | None:
    """Return the device that shows this token at an edition, also one that was shut out. One SQL query."""
    found = Device.objects.filter(token_hash=hash_of(token), edition__slug=edition)
    return found.select_related("edition", "gate__zone").first()


def has_lost_officer(device: Device) -> bool:
    """Whether the officer who enrolled a device may keep no gate here any more. Two SQL queries."""
    officer = User.objects.filter(pk=device.enrolled_by_user or 0).first()
    return officer is None or not (officer.is_system or may(officer, KEEPS_GATE, device.edition))
