"""The reasons of refusals with what would free them: the question to ask, the form to open, how much it would grant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ejlas.core import languages
from ejlas.planning.queries.reasons import WORDS, reason_lines
from ejlas.planning.queries.words import Words
from ejlas.planning.rules import Change, ChangeKind, NotAChange
from ejlas.web.desk.plan_changes import asking_address, form_for

Reason = Mapping[str, Any]
MOST_FREEING = 8

_OF_PARTY = {"participant_hours": ChangeKind.PARTY_FREE, "daily_cap": ChangeKind.NO_CAP}
_OF_NOTHING = {"room_hours": ChangeKind.ROOMS_OPEN, "room_seats": ChangeKind.ROOMS_LARGE}


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """One reason for one reader, with the addresses that lead on; none where there is nothing to be done."""

    words: str | SafeString
    ask: str
    forms: tuple[tuple[str, str], ...]
    grants: str = ""
    days: str = ""


class Reasons:
    """Shows the reasons of one run to one reader."""

    def __init__(self, words: Words, user: Any, seats: Mapping[str, int]) -> None:
        self.words, self.user, self.seats = words, user, seats
        self.edition = words.facts.edition

    def of(self, slug: str, reasons: Sequence[Reason]) -> list[ReasonShown]:
        """Return the reasons of one refusal."""
        lines = reason_lines(reasons, _, self.words)
        if not reasons:
            return [ReasonShown(line, "", ()) for line in lines]
        return [self._shown(line, reason, slug) for line, reason in zip(lines, reasons, strict=True)]

    def freeing(self, refusals: Mapping[str, Sequence[Reason]]) -> list[ReasonShown]:
        """Return what would free most refused wishes at once, the one that frees most first."""
        counts: Counter[str] = Counter()
        first: dict[str, tuple[str, Reason]] = {}
        days: dict[str, Counter[str]] = {}
        for slug, reason in _proven(refusals):
            key = repr(reason["scarce"]) + (slug if _names_wish(reason) else "")
            counts[key] = max(counts[key], reason["grants"])
            first.setdefault(key, (slug, reason))
            days.setdefault(key, Counter()).update(self._day(reason))
        ranked = sorted(counts, key=lambda key: (-counts[key], len(first[key][1]["scarce"]), key))
        return [
            self._shown(
                reason_lines([reason], _, self.words)[0],
                reason,
                slug,
                grants=self.words.number(counts[key]),
                days=self._days(days[key]),
            )
            for key in ranked[:MOST_FREEING]
            for slug, reason in [first[key]]
        ]

    def _shown(self, line: str, reason: Reason, slug: str, grants: str = "", days: str = "") -> ReasonShown:
        changes = [change for thing in reason["scarce"] if (change := self._change(thing, slug))]
        # A question about a part of what is needed would be answered with no.
        is_whole = bool(changes) and len(changes) == len(reason["scarce"])
        forms = dict.fromkeys(form for change in changes if (form := form_for(change, self.words, self.user))[1])
        if any(thing["kind"] in {"search", "several"} for thing in reason["scarce"]):
            more = reverse("desk:plan", args=[self.edition.slug]) + "#planner"
            forms[_("Give the search more time"), more] = None
        told = self._instead(reason["instead_of"]) if reason["instead_of"] else line
        return ReasonShown(
            told, asking_address(self.edition, changes) if is_whole else "", tuple(forms), grants=grants, days=days
        )

    def _change(self, thing: Mapping[str, Any], slug: str) -> Change | None:
        """Return the change that is more of a scarce thing; None where there can be no more of it."""
        kind = thing["kind"]
        try:
            if kind in _OF_PARTY:
                return Change(_OF_PARTY[kind], thing["party"])
            if kind in _OF_NOTHING:
                return Change(_OF_NOTHING[kind])
            if kind == "interpreter":
                return Change(ChangeKind.INTERPRETER_ADDED, ",".join(thing["languages"]), *_span(thing))
            if kind == "room_number":
                return Change(ChangeKind.ROOM_ADDED, str(max(self.seats.get(slug, 0), 1)), *_span(thing))
            return Change(ChangeKind.ANY_TIME, slug) if kind == "start" else None
        except NotAChange:
            # Three languages that nobody shares: no one interpreter would do.
            return None

    def _instead(self, slugs: Sequence[str]) -> SafeString:
        """Return the sentence of the bilaterals in whose place a wish would fit, each with the way to move it."""
        links = (
            (reverse("desk:plan-move", args=[self.edition.slug, slug]), self.words.bilateral(slug)) for slug in slugs
        )
        comma = escape(languages.comma(self.words.language))
        listed = format_html_join(SafeString(comma), '<a href="{}">{}</a>', links)
        before, _hole, after = _(WORDS["outweighed"]).partition("%(instead_of)s")
        return format_html("{}{}{}", before, listed, after)

    def _day(self, reason: Reason) -> list[str]:
        if not reason.get("starts_at") or any("from" in thing for thing in reason["scarce"]):
            return []
        return [self.words.day(datetime.fromisoformat(reason["starts_at"]))]

    def _days(self, counts: Counter[str]) -> str:
        told = (_("%(day)s: %(number)s") % {"day": day, "number": self.words.number(n)} for day, n in counts.items())
        return self.words.listed(told) if len(counts) > 1 else "".join(counts)


def _proven(refusals: Mapping[str, Sequence[Reason]]) -> Iterator[tuple[str, Reason]]:
    """Yield the reasons that a plan has proven, and that take nobody else's place, each with its wish."""
    for slug, reasons in refusals.items():
        for reason in reasons:
            kinds = {thing["kind"] for thing in reason["scarce"]}
            if reason["verified"] and not reason["instead_of"] and not kinds & {"search", "several", "outweighed"}:
                yield slug, reason


def _span(thing: Mapping[str, Any]) -> Iterator[datetime]:
    """Yield from when to when more of the thing would be enough, if that is not always."""
    yield from (datetime.fromisoformat(thing[name]) for name in ("from", "to") if name in thing)


def _names_wish(reason: Reason) -> bool:
    return any(thing["kind"] == "start" for thing in reason["scarce"])
