"""The preparation of the demo, played from its first day until now: a plan, meetings, answers of bodies, forecasts.

The days of the meetings are those of the edition's milestones. What was decided, who did what and how long it took is
invented: it is not known of any real host.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ejlas.accounts import queries as accounts
from ejlas.planning.operations import ready
from ejlas.planning.queries import ready as forecasts
from ejlas.readiness.operations import meetings, obligations
from ejlas.readiness.operations.duties import set_duty
from ejlas.readiness.operations.template import apply_template
from ejlas.readiness.queries.template import bodies_to_choose, lines_there
from ejlas.readiness.rules.days import WorkingCalendar, calendar_of
from ejlas.readiness.rules.meetings import PointState
from ejlas.readiness.rules.states import EvidenceKind, Step
from ejlas.readiness.rules.template.duties import owner_of_lines
from ejlas.readiness.rules.template.standard import standard

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.forum.models import Edition

# The first day of the plan, so many days before the opening.
BEGINS_BEFORE = 135
# Of a meeting, by the milestone that says it was held: its number. The first two were in no report.
NUMBERS = {"aims-stated": 2, "headquarters-3": 3, "headquarters-4": 4, "coordination-november": 5}
# The body of the demo's person who answers for one.
BODY = "port-authority"
SEED = 1404
_MORNING, _NOON = time(9), time(12)

# Points and decisions, in the languages that a host of the demo may speak: of which line of the plan, what, due by.
_POINTS = {
    "fa": ("آمادگی فرودگاه و بندر", "برق اضطراری تالار", "اسکان و پذیرایی میهمانان"),
    "en": ("Readiness of the airport and the port", "Stand-by power of the hall", "Hotels and meals of the guests"),
}
_DECISIONS: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "fa": (
        ("port-authority", "بازبینی اسکله مسافری و مسیر بازدید دریایی", 12),
        ("power-company", "آزمایش مولد برق اضطراری با بار کامل", 10),
        ("police", "ابلاغ طرح انضباط ترافیکی دو روز اجلاس", 6),
    ),
    "en": (
        ("port-authority", "Check the passenger quay and the way of the excursion by boat", 12),
        ("power-company", "Test the stand-by generator under full load", 10),
        ("police", "Issue the traffic measures of the days of the summit", 6),
    ),
}
_WORDS = {
    "fa": (
        "برنامه‌ریزی نشده و اعتبار آن تأمین نیست",
        "اعتبار از محل ذخیره تأمین شد",
        "پیوست نمونه",
        "نمونه: مدیر دستگاه",
    ),
    "en": ("Not planned, and no budget for it", "Paid from the reserve", "Sample document", "Sample: head of the body"),
}


@dataclass(order=True)
class Act:
    """Something that happened: when, what, and of which line of the plan."""

    at: datetime
    order: int
    line: str = field(compare=False)
    step: Step | str = field(compare=False)


class Played:
    """The preparation of one edition, up to a moment."""

    def __init__(self, edition: Edition, at: datetime) -> None:
        self.edition, self.until = edition, at
        self.by: User = accounts.system_account()
        self.luck = random.Random(SEED)  # noqa: S311 a story that is told the same each time
        self.calendar: WorkingCalendar = calendar_of(edition.settings, edition.country)
        self.language = next((each for each in edition.languages if each in _WORDS), "en")
        self.rows: dict[str, Any] = {}
        self.decided: list[Any] = []

    def moment(self, day: date, hour: time = _MORNING) -> datetime:
        """Return a moment of a day at the place."""
        return datetime.combine(day, hour, tzinfo=self.edition.zone)

    def play(self) -> None:
        """Tell the story, each act at its moment."""
        first = self.moment(self.edition.starts_on - timedelta(days=BEGINS_BEFORE))
        if first > self.until:
            return
        apply_template(
            edition=self.edition,
            template=standard(),
            chosen={line.slug for line in standard().lines},
            opening=self.edition.starts_on,
            by=self.by,
            at=first,
        )
        self._give_duties(first)
        self.rows = {row.origin: row for row in self.edition.obligation_set.select_related("body")}
        for act in sorted([*self._acts(), *self._held()]):
            if act.at > self.until:
                break
            if act.step == "meeting":
                self._meet(act)
            else:
                self._answer(act)
        eve = self.moment(self.edition.starts_on - timedelta(days=5))
        if eve <= self.until:
            self._do_what_was_decided(eve)
        after = self.moment(self.edition.starts_on + timedelta(days=1))
        if after <= self.until:
            ready.score_forecasts(at=after)

    def _do_what_was_decided(self, at: datetime) -> None:
        for owed in self.decided:
            for step in (Step.START, Step.DELIVER, Step.CLOSE):
                obligations.take_step(obligation=owed, step=step, by=self.by, at=at)
        self.decided = []

    def _give_duties(self, at: datetime) -> None:
        """Let what came of the template belong to the duties of the edition that bear the names of the usual split."""
        owners = owner_of_lines(standard().lines)
        for duty in self.edition.duty_set.select_related("edition"):
            lines = [slug for slug, owner in owners.items() if owner == duty.slug]
            owed = list(self.edition.obligation_set.filter(origin__in=lines).select_related("edition", "duty"))
            if owed:
                set_duty(obligations=owed, duty=duty, by=self.by, at=at)

    def _acts(self) -> Iterator[Act]:
        """Give what bodies do with each line: some are quick, some slow in everything, and one refuses at first."""
        pace = {body.slug: self.luck.lognormvariate(-0.1, 0.2) for body in standard().bodies}
        ends: dict[str, date] = {}
        opening = self.edition.starts_on
        refused = next(line.slug for line in standard().lines if line.body == BODY)
        for number, line in enumerate(standard().lines):
            row = self.rows[line.slug]
            due = row.due_on or opening
            begins = self.calendar.plus(due, -round(line.estimate.likely * 2.8))
            waits = [self.calendar.plus(ends[each], lag + 1) for each, lag in line.after.items() if each in ends]
            begins = max([begins, opening - timedelta(days=BEGINS_BEFORE - 3), *waits])
            took = self.luck.triangular(line.estimate.least, line.estimate.most, line.estimate.likely)
            ends[line.slug] = end = self.calendar.plus(begins, max(0, round(took * pace.get(line.body, 1.0)) - 1))
            if line.slug == refused:
                yield Act(self.moment(begins - timedelta(days=9)), number, line.slug, Step.REFUSE)
                yield Act(self.moment(begins - timedelta(days=2)), number, line.slug, Step.REOPEN)
            yield Act(self.moment(begins), number, line.slug, Step.START)
            if end < opening:
                yield Act(self.moment(end, _NOON), number, line.slug, Step.DELIVER)
                yield Act(self.moment(end + timedelta(days=1)), number, line.slug, Step.CLOSE)

    def _held(self) -> Iterator[Act]:
        for milestone in self.edition.milestone_set.all():
            if milestone.slug in NUMBERS:
                yield Act(self.moment(milestone.date, time(10)), NUMBERS[milestone.slug], milestone.slug, "meeting")

    def _answer(self, act: Act) -> None:
        row = self.rows[act.line]
        common: dict[str, Any] = {"by": self.by, "at": act.at}
        why, again, proof, _chair = _WORDS[self.language]
        step = Step(act.step)
        if step is Step.DELIVER:
            for kind in row.evidence:
                if kind != EvidenceKind.INSPECTION:
                    obligations.add_evidence(obligation=row, kind=EvidenceKind(kind), words=proof, **common)
        if step is Step.CLOSE and EvidenceKind.INSPECTION in row.evidence:
            obligations.take_step(obligation=row, step=Step.INSPECT, **common)
        reason = {Step.REFUSE: why, Step.REOPEN: again}.get(step, "")
        obligations.take_step(obligation=row, step=step, reason=reason, **common)

    def _meet(self, act: Act) -> None:
        common: dict[str, Any] = {"by": self.by, "at": act.at}
        fields = {"number": act.order, "slug": f"meeting-{act.order}", "starts_at": act.at}
        meeting = meetings.call_meeting(
            edition=self.edition, fields={**fields, "chair": _WORDS[self.language][3]}, **common
        )
        meetings.begin(meeting=meeting, **common)
        self._do_what_was_decided(act.at)
        # What the last meeting left open stands on the agenda already.
        there = {point.words: point for point in meeting.points.select_related("meeting")}
        points = [
            there.get(words) or meetings.add_point(meeting=meeting, words=words, **common)
            for words in _POINTS[self.language]
        ]
        bodies = {row.slug: row for row in bodies_to_choose(self.edition)}
        attendance = dict.fromkeys(list(bodies)[act.order :: 2], "")
        meetings.note_attendance(meeting=meeting, attendance=attendance, guests="", **common)
        chosen = _DECISIONS[self.language][act.order % 3]
        slug, words, days = chosen
        due = self.calendar.plus(act.at.date(), days)
        decision = meetings.decide(
            meeting=meeting, words=words, body=bodies[slug], due_on=due, point=points[act.order % 3], **common
        )
        self.decided = [meetings.give_decision(decision=decision, language=self.language, **common)]
        meetings.change_point(point=points[(act.order + 1) % 3], state=PointState.POSTPONED, **common)
        meetings.close(meeting=meeting, **common)
        asked = ready.ask_for_forecast(edition=self.edition, meeting=meeting, **common)
        ready.make_forecast(forecast=forecasts.forecast_by_key(asked.pk), at=act.at + timedelta(minutes=5))


@transaction.atomic
def prepare(edition: Edition, *, at: datetime) -> None:
    """Play the preparation of an edition until now, from a plan timed backwards; a second time does nothing.

    Belongs to the transaction of the caller.
    """
    if not lines_there(edition):
        Played(edition, at).play()
