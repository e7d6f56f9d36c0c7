"""The answer to “are we ready?” as its page shows it: how likely, by when, what moved it, and what more would buy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ejlas.core.text import Text
from ejlas.exports.ready_labels import (
    CAUSES,
    NOISE,
    VERDICTS,
    answer_words,
    level_of,
    level_of_answer,
    room_words,
    share_words,
)
from ejlas.planning.queries.ready.names import Names
from ejlas.planning.rules.ready.states import Cause
from ejlas.web.desk.readiness.ready.charts import short_day
from ejlas.web.ui.kinds import Sheet

_PARTS = (0.5, 0.8, 0.95)


def slugs_in(forecast: Any) -> set[str]:
    """Return the obligations that a forecast names."""
    result = forecast.result
    named = {slug for slug, _share in result.get("quicker", ())}
    return named | {slug for shift in forecast.shifts for slug in shift["slugs"]}


def obligations_base(edition: str) -> str:
    """Return what stands before the short name in the address of an obligation."""
    return reverse("desk:obligation", args=[edition, "x"]).removesuffix("x/")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a forecast says, for one reader."""

    forecast: Any
    names: Names
    sheet: Sheet
    base: str
    plan: str

    @classmethod
    def of(cls, forecast: Any, names: Names, sheet: Sheet) -> Answer:
        """Prepare an answer; addresses of many things are asked for once."""
        slug = sheet.edition.slug
        return cls(forecast, names, sheet, obligations_base(slug), reverse("desk:ready-plan", args=[slug]))

    def shown(self) -> dict[str, Any]:
        """Return all of it but charts and risks."""
        return {
            **self._headline(),
            "parts": [self.words(part) for part in _PARTS],
            "ends": [self._end(part, day) for part, day in zip(_PARTS, self._ends(), strict=True)],
            "since": self._since(),
            "shifts": [self._shift(each) for each in self.forecast.shifts if _is_said(each)],
            "streams": self._streams(),
            "gains": self._gains(),
            "clashes": [self._clash(*each) for each in self.forecast.result.get("clashes", ())],
        }

    def _headline(self) -> dict[str, Any]:
        share, number = self.forecast.p_ready, self.sheet.number
        level = level_of_answer(self.forecast)
        return {
            "level": level,
            "verdict": VERDICTS[level],
            "share": self.words(share),
            "sentence": "" if level == "done" else answer_words(share, self.sheet.reader.language),
            "n_worked": number(self.forecast.n_worked),
            "n_owed": number(self.forecast.n_owed),
            "target": self.days(self.forecast.target_on),
        }

    def words(self, share: float) -> str:
        """Return a probability in the reader's words."""
        return share_words(share, self.sheet.reader.language)

    def days(self, day: date | None) -> tuple[str, ...]:
        """Return a day in each calendar of the reader."""
        return () if day is None else self.sheet.reader.dates(day)

    # --- By when ---

    def _ends(self) -> tuple[date, date, date]:
        return self.forecast.ends_50, self.forecast.ends_80, self.forecast.ends_95

    def _end(self, part: float, day: date) -> dict[str, Any]:
        early = (self.forecast.target_on - day).days
        return {
            "share": self.words(part),
            "days": self.days(day),
            "room": room_words(early, self.sheet.number),
            "is_late": early < 0,
        }

    # --- What moved it ---

    def _since(self) -> dict[str, Any] | None:
        since = self.forecast.since
        if since is None or since.p_ready is None:
            return None
        change = self.forecast.p_ready - since.p_ready
        meeting = since.meeting
        return {
            "share": self.words(since.p_ready),
            "points": points(change, self.sheet),
            "days": self.days(since.made_on),
            "address": reverse("desk:coordination-meeting", args=[self.sheet.edition.slug, meeting.slug])
            if meeting
            else "",
            "is_same": abs(change) < NOISE,
        }

    def _shift(self, shift: Mapping[str, Any]) -> dict[str, Any]:
        left = shift["n"] - len(shift["slugs"])
        return {
            "words": CAUSES[Cause(shift["cause"])],
            "points": points(shift["change"], self.sheet),
            "is_better": shift["change"] >= NOISE,
            "is_worse": shift["change"] <= -NOISE,
            "days": moved_words(shift["days"], self.sheet),
            "things": [self.obligation(slug) for slug in shift["slugs"]],
            "n_more": self.sheet.number(left) if left > 0 else "",
        }

    # --- Part by part ---

    def _streams(self) -> SafeString:
        """Return the rows of the workstreams, written as HTML once; those in danger first."""
        streams = sorted(self.forecast.result.get("streams", ()), key=lambda each: each["p_ready"])
        labels = {"done": escape(_("Delivered")), "ready": escape(_("Ready in time")), "of": _("%(number)s of %(all)s")}
        parts = [escape(_("With %(share)s") % {"share": self.words(part)}) for part in _PARTS]
        return SafeString("".join(self._stream(each, labels, parts) for each in streams))

    def _stream(self, stream: Mapping[str, Any], labels: Mapping[str, str], parts: list[str]) -> str:
        slug, number, level = stream["slug"], self.sheet.number, level_of(stream["p_ready"])
        name = self._named(self.names.workstreams, slug) if slug else escape(_("Without a workstream"))
        linked = f'<a href="{escape(self.plan)}?workstream={escape(slug)}">{name}</a>' if slug else name
        done = stream["n_worked"] * 100 // stream["n"]
        n_done = escape(labels["of"] % {"number": number(stream["n_worked"]), "all": number(stream["n"])})
        ends = "".join(
            f'<td data-label="{part}">{short_day(self.sheet, date.fromisoformat(day))}</td>'
            for part, day in zip(parts, stream["ends"], strict=True)
        )
        return (
            f'<tr><th scope="row">{linked}</th><td data-label="{labels["done"]}">'
            f'<meter min="0" max="100" value="{done}" aria-label="{labels["done"]}"></meter> {n_done}</td>'
            f'<td class="number" data-label="{labels["ready"]}">{escape(self.words(stream["p_ready"]))}</td>'
            f'<td><span class="tag likely is-{level}">{escape(str(VERDICTS[level]))}</span></td>{ends}</tr>'
        )

    # --- What more would buy ---

    def _gains(self) -> list[dict[str, Any]]:
        result, now = self.forecast.result, self.forecast.p_ready
        rows = [(_("One week more until the opening"), result.get("p_with_week"))]
        rows += [
            (
                format_html(_("One more of: {}"), self._named(self.names.resources, slug)),
                share,
            )
            for slug, share in result.get("one_more", ())
        ]
        rows += [
            (format_html(_("As quick as can be: {}"), self.obligation(slug)), share)
            for slug, share in result.get("quicker", ())
        ]
        found = [(what, share) for what, share in rows if share is not None and share - now >= NOISE]
        return [
            {"what": what, "share": self.words(share), "points": points(share - now, self.sheet)}
            for what, share in sorted(found, key=lambda row: -row[1])
        ]

    def _clash(self, slug: str, number: int) -> dict[str, Any]:
        return {
            "name": self._named(self.names.resources, slug),
            "address": reverse("desk:resource", args=[self.sheet.edition.slug, slug]),
            "number": self.sheet.number(number),
        }

    def obligation(self, slug: str) -> SafeString:
        """Return the name of an obligation with a link to it; of one that was struck off its short name."""
        name = self.names.obligations.get(slug)
        if name is None:
            return format_html("<bdi>{}</bdi>", slug)
        address = f"{self.base}{slug}/"
        return format_html('<a href="{}">{}</a>', address, self.sheet.text(name))

    def _named(self, names: Mapping[str, Text], slug: str) -> SafeString:
        return self.sheet.text(names.get(slug)) or format_html("<bdi>{}</bdi>", slug)


def _is_said(shift: Mapping[str, Any]) -> bool:
    return abs(shift["change"]) >= NOISE or shift["days"] != 0 or bool(shift["slugs"])


def points(change: float, sheet: Sheet) -> SafeString:
    """Return a change of a probability in points of a hundred, with its sign."""
    number = round(abs(change) * 100)
    sign = "" if not number else "+" if change > 0 else "−"
    words = ngettext("{} point", "{} points", number)
    return format_html(words, format_html('<bdi dir="ltr">{}{}</bdi>', sign, sheet.number(number)))


def moved_words(days: int, sheet: Sheet) -> str:
    """Say by how many days an end moved; nothing where it stayed."""
    if not days:
        return ""
    words = (
        ngettext("%(number)s day later", "%(number)s days later", days)
        if days > 0
        else ngettext("%(number)s day earlier", "%(number)s days earlier", -days)
    )
    return words % {"number": sheet.number(abs(days))}


def scores(forecasts: Iterable[Any], sheet: Sheet) -> list[dict[str, Any]]:
    """Return how good the forecasts of meetings were, once it is known what happened."""
    found = []
    for each in forecasts:
        within = each.score.get("within", ())
        found.append(
            {
                "days": sheet.day(each.made_on),
                "meeting": sheet.number(each.meeting.number),
                "share": share_words(each.p_ready, sheet.reader.language),
                "was_ready": each.score["was_ready"],
                "brier": sheet.reader.number(round(each.score["ready"], 2)),
                "end_days": sheet.reader.number(round(each.score["end_days"], 1)),
                "within": [share_words(share, sheet.reader.language) for share in within],
            }
        )
    return found
