"""The split of duties as one table, on a page and as a file: who answers, who helps, and what came of each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ejlas.forum.rules import DutyBearer
from ejlas.readiness.queries.duties import Carried
from ejlas.readiness.rules.states import ObligationState
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import DUTY_BEARERS
from ejlas.web.ui.readiness_labels import OBLIGATION_STATES

ANSWERS, HELPS = "answers", "helps"
PARTS = {ANSWERS: lazy("Answers for it"), HELPS: lazy("Helps")}
# Where an edition says who a bearer is.
_OFFICES = {
    DutyBearer.HOST: "host_office",
    DutyBearer.LEAD_MINISTRY: "lead_ministry",
    DutyBearer.SECRETARIAT: "secretariat",
}


def part_of(duty: Any, bearer: DutyBearer) -> str:
    """Return what a bearer has to do with a duty: it answers for it, it helps, or nothing."""
    if duty.bearer == bearer:
        return ANSWERS
    return HELPS if bearer in duty.supported_by else ""


@dataclass(frozen=True, slots=True)
class Split:
    """The duties of an edition with what came of each, and what came of none, for one reader."""

    rows: Sequence[tuple[Any, Carried]]
    loose: Carried
    sheet: Sheet

    def heads(self) -> list[dict[str, Any]]:
        """Return the bearers, each with the office that it is here."""
        edition = self.sheet.edition
        return [
            {"words": words, "office": self.sheet.text(getattr(edition, _OFFICES[bearer]))}
            for bearer, words in DUTY_BEARERS.items()
        ]

    def lines(self) -> list[dict[str, Any]]:
        """Return the rows of the page."""
        return [self._line(duty, carried) for duty, carried in self.rows]

    def _line(self, duty: Any, carried: Carried) -> dict[str, Any]:
        args = [self.sheet.edition.slug, duty.slug]
        return {
            "slug": duty.slug,
            "name": self._name(duty),
            "address": reverse("desk:duty", args=args),
            "unfold_address": reverse("desk:duty-unfold", args=args),
            "parts": [
                (words, part, PARTS.get(part, ""))
                for bearer, words in DUTY_BEARERS.items()
                for part in (part_of(duty, bearer),)
            ],
            "owed_address": f"{reverse('desk:obligation-list', args=args[:1])}?duty={duty.slug}",
            "owed": self.counts(carried),
        }

    def counts(self, carried: Carried) -> dict[str, Any]:
        """Return how many obligations there are, by their states, and how many are late."""
        number = self.sheet.number
        return {
            "total": number(carried.n_obligations) if carried.n_obligations else "",
            "states": [
                (state.value, words, number(carried.by_state[state]))
                for state, words in OBLIGATION_STATES.items()
                if carried.by_state.get(state)
            ],
            "late": number(carried.n_late) if carried.n_late else "",
        }

    def totals(self) -> list[dict[str, Any]]:
        """Return of each bearer how many duties it answers for and helps with, and what came of its own."""
        return [self._total(bearer) for bearer in DUTY_BEARERS]

    def _total(self, bearer: DutyBearer) -> dict[str, Any]:
        number = self.sheet.number
        own = [carried for duty, carried in self.rows if part_of(duty, bearer) == ANSWERS]
        return {
            "words": DUTY_BEARERS[bearer],
            "n_answers": number(len(own)),
            "n_helps": number(sum(part_of(duty, bearer) == HELPS for duty, _carried in self.rows)),
            "n_owed": number(sum(carried.n_obligations for carried in own)),
            "n_late": sum(carried.n_late for carried in own),
        }

    def whole(self) -> Carried:
        """Return what came of all duties together."""
        together = Carried()
        for _duty, carried in self.rows:
            together.n_late += carried.n_late
            for state, number in carried.by_state.items():
                together.by_state[state] = together.by_state.get(state, 0) + number
        return together

    def file(self) -> tuple[list[str], list[list[Any]]]:
        """Return the heads and rows of the table as a file, with a column for each state."""
        states = [str(words) for words in OBLIGATION_STATES.values()]
        heads = [_("Duty"), *(str(words) for words in DUTY_BEARERS.values()), _("Obligations"), *states, _("Late")]
        rows = [
            [self._name(duty), *(PARTS.get(part_of(duty, bearer), "") for bearer in DUTY_BEARERS), *self._numbers(owed)]
            for duty, owed in self.rows
        ]
        totals = self.totals()
        return heads, [
            *rows,
            [_("Answers for"), *(each["n_answers"] for each in totals), *self._numbers(self.whole())],
            [_("Helps with"), *(each["n_helps"] for each in totals), *[""] * (len(states) + 2)],
            [_("Obligations that came of it"), *(each["n_owed"] for each in totals), *[""] * (len(states) + 2)],
        ]

    def _numbers(self, carried: Carried) -> list[str]:
        counted = [*(carried.by_state.get(state, 0) for state in ObligationState), carried.n_late]
        # A page of noughts hides what is there.
        shown = (self.sheet.number(each) if each else "" for each in counted)
        return [self.sheet.number(carried.n_obligations), *shown]

    def _name(self, duty: Any) -> SafeString | str:
        return self.sheet.text(duty.task) or duty.slug
