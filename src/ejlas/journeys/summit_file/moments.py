"""A moment as a summit file writes it, local time with or without an offset, made a moment of the edition's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ejlas.core import errors


class NoSuchMoment(errors.RuleBroken, ValueError):
    """The clock jumps over this local time."""

    message = errors.marked("The clock of the place jumps over %(moment)s; the next time it shows is %(next)s.")


class AmbiguousMoment(errors.RuleBroken, ValueError):
    """The clock shows this local time twice."""

    message = errors.marked("The clock of the place shows %(moment)s twice: it is %(first)s or %(second)s.")


class WrongOffset(errors.RuleBroken, ValueError):
    """The place does not have this offset at this time."""

    message = errors.marked("The offset of %(moment)s is not that of the place, where it is %(local)s.")


def moment_in_zone(moment: datetime, zone: ZoneInfo | str) -> datetime:
    """Return the moment with the zone of its place.

    A local time without an offset must exist once on the clock there; where the clock shows it twice, the offset says
    which of the two is meant, and an offset must always be the one the place has then.
    Raises NoSuchMoment, AmbiguousMoment, WrongOffset.
    """
    place = ZoneInfo(zone) if isinstance(zone, str) else zone
    if moment.tzinfo is not None:
        return _with_offset(moment, place)
    first, second = (moment.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    if not _exists(first):
        after = first.astimezone(UTC).astimezone(place)
        raise NoSuchMoment(moment=_written(moment), next=_written(after.replace(tzinfo=None)))
    raise AmbiguousMoment(moment=_written(moment), first=_written(first), second=_written(second))


def _with_offset(moment: datetime, place: ZoneInfo) -> datetime:
    local = moment.astimezone(place)
    if local.utcoffset() != moment.utcoffset():
        raise WrongOffset(moment=_written(moment), local=_written(local))
    return local


def _exists(local: datetime) -> bool:
    return local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None, fold=0)


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def minutes_between(earlier: datetime, later: datetime) -> int:
    """Return the whole minutes that pass between two moments, also across a change of the clock."""
    return int((later.astimezone(UTC) - earlier.astimezone(UTC)) / timedelta(minutes=1))


def later_by(moment: datetime, minutes: int) -> datetime:
    """Return the moment so many minutes later, in its zone, also across a change of the clock."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)
