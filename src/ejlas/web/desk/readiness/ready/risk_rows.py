"""The rows of the list of risks, written as HTML once: what each obligation is, how it stands, on whom it waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ejlas.exports.ready_labels import WAITING, share_words
from ejlas.planning.queries.ready.risks import Risk
from ejlas.planning.rules.ready.states import Waiting
from ejlas.web.desk.readiness.ready.answer import obligations_base
from ejlas.web.desk.readiness.ready.charts import short_day
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import word
from ejlas.web.ui.readiness_labels import OBLIGATION_STATES


def risk_rows(risks: Iterable[Risk], sheet: Sheet) -> SafeString:
    """Return the rows of the list of risks; nothing where there is none."""
    writer = _Writer(sheet, obligations_base(sheet.edition.slug), _labels())
    return SafeString("".join(writer.row(place, risk) for place, risk in enumerate(risks, start=1)))


def _labels() -> dict[str, str]:
    """Return the heads of the columns, which stand beside each value on a phone."""
    words = {
        "state": _("State"),
        "due": _("Due"),
        "time": _("In time"),
        "share": _("Part of the risk"),
        "decides": _("Decides the end"),
        "slack": _("Slack"),
        "late": _("late"),
    }
    return {name: escape(value) for name, value in words.items()}


@dataclass(frozen=True, slots=True)
class _Writer:
    sheet: Sheet
    base: str
    labels: dict[str, str]

    def row(self, place: int, risk: Risk) -> str:
        """Return one row."""
        line, state = risk.line, risk.obligation.state
        state_words = escape(word(OBLIGATION_STATES, state))
        figures = (
            ("time", line.p_on_time),
            ("share", max(line.share, 0.0)),
            ("decides", line.criticality),
        )
        return (
            f'<tr><td class="number">{self.sheet.number(place)}</td>'
            f'<th scope="row">{self._linked(risk.obligation)}'
            f'<span class="soft small waits">{self._waits(risk)}</span></th>'
            f'<td data-label="{self.labels["state"]}"><span class="tag state-{escape(state)}">{state_words}</span></td>'
            f'<td data-label="{self.labels["due"]}">{self._due(risk)}</td>'
            + "".join(self._number(name, escape(self._share(share))) for name, share in figures)
            + self._number("slack", self._slack(line.slack), " late" if (line.slack or 0) < 0 else "")
            + "</tr>"
        )

    def _share(self, share: float) -> str:
        return share_words(share, self.sheet.reader.language)

    def _number(self, name: str, words: str, more: str = "") -> str:
        return f'<td class="number{more}" data-label="{self.labels[name]}">{words}</td>'

    def _due(self, risk: Risk) -> str:
        due = risk.obligation.due_on
        late = f' <span class="tag is-waiting">{self.labels["late"]}</span>' if risk.is_late else ""
        return f"{short_day(self.sheet, due)}{late}" if due else "—"

    def _waits(self, risk: Risk) -> str:
        body = risk.obligation.body
        whose = f"{self.sheet.text(body.name)} · " if body else ""
        before = " · ".join(map(self._linked, risk.before)) if risk.waits_on is Waiting.BEFORE else ""
        return f"{whose}{escape(str(WAITING[risk.waits_on]))}{': ' if before else ''}{before}"

    def _linked(self, owed: Any) -> str:
        return f'<a href="{escape(self.base)}{escape(owed.slug)}/">{self.sheet.text(owed.name)}</a>'

    def _slack(self, number: int | None) -> str:
        if number is None:
            return ""
        return f'<bdi dir="ltr">{"−" if number < 0 else ""}{self.sheet.number(abs(number))}</bdi>'
