"""The form of an obligation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core.inputs import SeveralChoices
from ejlas.forum.forms import Group, ThingForm
from ejlas.forum.forms.base import field_for, offer_rows
from ejlas.forum.models import Duty, Edition
from ejlas.readiness.models import Body, Obligation, Workstream
from ejlas.readiness.rules.states import EvidenceKind


class ObligationForm(ThingForm):
    """What a body owes, by when, how long it takes, and what shows that it was done."""

    evidence = SeveralChoices(label=_("What shows that it was done"), required=False)
    required_texts = ("name",)
    long_texts = ("detail",)
    for_many = ("body", "workstream", "duty", "due_on", "responsible")
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What is owed"), ("name", "detail", "workstream", "duty")),
        (_("By whom"), ("body", "responsible")),
        (_("When"), ("start_after", "due_on")),
        (_("How many working days it takes"), ("least_days", "likely_days", "most_days")),
        ("", ("evidence", "note")),
    )

    class Meta:
        model = Obligation
        formfield_callback = field_for
        fields = (
            "name",
            "detail",
            "workstream",
            "duty",
            "body",
            "responsible",
            "start_after",
            "due_on",
            "least_days",
            "likely_days",
            "most_days",
            "evidence",
            "note",
        )
        labels: ClassVar[dict[str, Any]] = {
            "name": _("What"),
            "detail": _("More exactly"),
            "workstream": _("Workstream"),
            "duty": _("Line of the split of duties"),
            "body": _("Body"),
            "responsible": _("Responsible person"),
            "start_after": _("Not before"),
            "due_on": _("Due"),
            "least_days": _("At the least"),
            "likely_days": _("Most likely"),
            "most_days": _("At the most"),
            "note": _("Note"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's bodies, workstreams and duties, and kinds of evidence."""
        words = self.ask.words.get("evidence", {})
        if "evidence" in self.fields:
            choices = [(kind.value, words.get(kind, kind.value)) for kind in EvidenceKind]
            self.fields["evidence"].choices = choices  # type: ignore[attr-defined]
        if edition is None:
            return
        bodies = Body.objects.filter(edition=edition, dissolved_on=None)
        if self.instance.pk and self.instance.body_id:
            bodies = bodies | Body.objects.filter(pk=self.instance.body_id)
        offer_rows(self, "body", bodies, title="name")
        offer_rows(self, "workstream", Workstream.objects.filter(edition=edition), title="name")
        offer_rows(self, "duty", Duty.objects.filter(edition=edition), title="task")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("start_after"), cleaned.get("due_on")
        if first and last and last < first:
            self.add_error("due_on", ValidationError(_("It is due before it may begin."), code="order"))
        days = [cleaned.get(name) for name in ("least_days", "likely_days", "most_days")]
        if None not in days and days != sorted(days):  # type: ignore[type-var]
            wrong = _("The estimate rises from the least to the most.")
            self.add_error("likely_days", ValidationError(wrong, code="order"))
        return cleaned
