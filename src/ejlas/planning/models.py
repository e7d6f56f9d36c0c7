"""Tables of planning runs, of searches that are spread over workers, and of forecasts of the preparation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ejlas.forum.models import Edition, choices
from ejlas.planning import rules
from ejlas.planning.rules.ready.states import ForecastState
from ejlas.readiness.models import CoordinationMeeting, Obligation


class Run(models.Model):
    """One run of the planner over the bilaterals of an edition, with its result and its certificate.

    `placements` maps the slug of each granted bilateral to its start, room and interpreters; `refusals`
    maps that of each refused one to its reasons. `progress` holds each objective as it stood when the run was last
    heard of; `basis` a digest of each thing it was planned on; `fault` the sentence of what ended it and its values.

    Of a run that starts from the plan in force, `start` holds the places of that plan and `before` its numbers;
    `parts` the slugs of what it moves, those in one list that depend on each other. `changes` holds, as they are
    written in an address, those that a "what if" thinks of. `acts` holds each acceptance, the newest last, with the
    places before and after it, for an undo.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=10, choices=choices(rules.RunKind), default=rules.RunKind.PLAN)
    state = models.CharField(max_length=10, choices=choices(rules.RunState), default=rules.RunState.QUEUED)
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    in_background = models.BooleanField(default=False)
    task = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    progress = models.JSONField(default=dict)
    basis = models.JSONField(default=dict)
    fault = models.JSONField(default=dict)
    seconds = models.PositiveIntegerField(default=60)
    seed = models.PositiveIntegerField(default=1)
    workers = models.PositiveIntegerField(default=2)
    # It ends by itself once no more than so many per cent of weight could be missing.
    enough_percent = models.FloatField(null=True)
    changes = models.JSONField(default=list)
    start = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    parts = models.JSONField(default=list)
    acts = models.JSONField(default=list)
    discarded_at = models.DateTimeField(null=True)
    value = models.IntegerField(null=True)
    bound = models.FloatField(null=True)
    proven = models.BooleanField(default=False)
    gaps = models.IntegerField(null=True)
    gaps_proven = models.BooleanField(default=False)
    placements = models.JSONField(default=dict)
    refusals = models.JSONField(default=dict)
    broken = models.JSONField(default=list)
    statistics = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["edition"],
                # Of what is only thought of, several may wait: nothing of it is ever accepted.
                condition=models.Q(state__in=sorted(state.value for state in rules.ACTIVE))
                & ~models.Q(kind=rules.RunKind.WHAT_IF),
                name="run_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"

    @property
    def is_active(self) -> bool:
        """Whether the run waits or is at work."""
        return self.state in rules.ACTIVE

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan that keeps every hard rule."""
        return self.state in rules.WITH_RESULT and self.statistics.get("status") in {"optimal", "feasible"}

    @property
    def may_be_accepted(self) -> bool:
        """Whether its plan may become the plan in force."""
        return self.has_plan and self.kind != rules.RunKind.WHAT_IF

    @property
    def ended_without_a_plan(self) -> bool:
        """Whether the search ended before it had a plan, though one may exist."""
        return self.state == rules.RunState.FAILED and not self.broken


class Spread(models.Model):
    """A search on a large problem of tables that is spread over workers; the row goes when the search ends."""

    problem = models.BinaryField()
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"spread {self.pk}"


class Part(models.Model):
    """One part of a spread search, asked of whichever worker takes it; the row goes when its round ends."""

    spread = models.ForeignKey(Spread, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=choices(rules.PartState), default=rules.PartState.WAITING)
    question = models.BinaryField()
    answer = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"part {self.number} of {self.spread_id}"


class Forecast(models.Model):
    """One answer to “are we ready?”, with what it rests on.

    `basis` holds the whole problem, so that it can be made again, compared and scored; `result` what came out besides
    its lines; `shifts` why it differs from the forecast of the last meeting, `since`. Both, and the lines, are given
    up for old forecasts that no meeting rests on; the figures stay.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="forecasts")
    meeting = models.ForeignKey(CoordinationMeeting, null=True, on_delete=models.SET_NULL, related_name="forecasts")
    since = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=choices(ForecastState), default=ForecastState.QUEUED)
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    seed = models.PositiveIntegerField(default=1)
    made_on = models.DateField(null=True)
    p_ready = models.FloatField(null=True)
    error = models.FloatField(null=True)
    ends_50 = models.DateField(null=True)
    ends_80 = models.DateField(null=True)
    ends_95 = models.DateField(null=True)
    target_on = models.DateField(null=True)
    n_owed = models.PositiveIntegerField(default=0)
    n_worked = models.PositiveIntegerField(default=0)
    basis = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    shifts = models.JSONField(default=list)
    score = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edition", "state", "made_on"], name="forecast_of_edition")
        ]

    def __str__(self) -> str:
        return f"forecast {self.pk}"


class ForecastLine(models.Model):
    """What a forecast says of one obligation; units as in `planning.rules.ready.outcome.Line`."""

    forecast = models.ForeignKey(Forecast, on_delete=models.CASCADE, related_name="lines")
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="forecast_lines")
    begins = models.DateField()
    ends = models.DateField()
    ends_50 = models.DateField()
    ends_80 = models.DateField()
    ends_95 = models.DateField()
    p_on_time = models.FloatField()
    criticality = models.FloatField()
    share = models.FloatField()
    slack = models.IntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["forecast", "obligation"], name="forecast_line_is_one")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["forecast", "begins"], name="forecast_line_begins"),
            models.Index(fields=["forecast", "-share"], name="forecast_line_share"),
        ]

    def __str__(self) -> str:
        return f"{self.forecast_id} {self.obligation_id}"
