"""The chain of the audit trail: how values become a digest, and how lines hang together by hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What the hash of a line covers: its place, the moment, who did what to what, and the digest of the values."""

    number: int
    at: datetime
    actor: str
    event: str
    scope: str
    subject_kind: str
    subject: str
    digest: str


def canonical(values: Mapping[str, Any]) -> str:
    """Return the one JSON spelling of these values: sorted keys, no blanks, no ASCII escapes."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest_of(values: Mapping[str, Any], salt: str) -> str:
    """Return the SHA-256 of the values under a salt; the salt goes with the values when they are purged.

    Without the salt, a purged telephone number could be found again by trying all of them.
    """
    return hashlib.sha256(f"{salt}\n{canonical(values)}".encode()).hexdigest()


def hash_of(previous: str, facts: LineFacts) -> str:
    """Return the SHA-256 of a line that follows the line with hash `previous`."""
    spelled = [
        previous,
        str(facts.number),
        facts.at.astimezone(UTC).isoformat(timespec="microseconds"),
        facts.actor,
        facts.event,
        facts.scope,
        facts.subject_kind,
        facts.subject,
        facts.digest,
    ]
    return hashlib.sha256(json.dumps(spelled, ensure_ascii=False).encode()).hexdigest()
