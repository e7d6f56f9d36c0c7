"""What a gate may answer, and why."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a gate answers."""

    ADMIT = "admit"
    REFUSE = "refuse"
    ASK = "ask"  # the officer asks the person, or the supervisor


class Reason(StrEnum):
    """Why a gate answers so."""

    OK = "ok"
    NOT_A_PASS = "not-a-pass"  # noqa: S105, a code that is no pass of ours, not a secret
    FORGED = "forged"
    OTHER_EDITION = "other-edition"
    UNKNOWN_KEY = "unknown-key"
    OLD_PRINT = "old-print"
    NOT_ISSUED = "not-issued"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    LOST = "lost"
    RETURNED = "returned"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    NO_ZONE = "no-zone"
    NOT_NOW = "not-now"
    INSIDE = "inside"
    OUTSIDE = "outside"
    FULL = "full"
    NOT_ON_LIST = "not-on-list"
    LIST_OLD = "list-old"
    CLOCK = "clock"
    GROUP = "group"
