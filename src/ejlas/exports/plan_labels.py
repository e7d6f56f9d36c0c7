"""The words above the columns of a plan, and those of the kinds of evidence in it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.readiness.rules.plan.headings import PlanField
from ejlas.readiness.rules.states import EvidenceKind

PLAN_FIELDS = {
    PlanField.NUMBER: _in("column of a plan", "No."),
    PlanField.WORKSTREAM: _("Workstream"),
    PlanField.NAME: _("What"),
    PlanField.DETAIL: _("More exactly"),
    PlanField.BODY: _("Body"),
    PlanField.RESPONSIBLE: _("Responsible person"),
    PlanField.START: _("Not before"),
    PlanField.DUE: _("Due"),
    PlanField.LEAST: _("At the least"),
    PlanField.LIKELY: _("Most likely"),
    PlanField.MOST: _("At the most"),
    PlanField.AFTER: _in("column of a plan", "After"),
    PlanField.USES: _("Limited hands and equipment"),
    PlanField.EVIDENCE: _("What shows that it was done"),
    PlanField.NOTE: _("Note"),
}
EVIDENCE = {
    EvidenceKind.PHOTO: _in("evidence", "Photo"),
    EvidenceKind.DOCUMENT: _in("evidence", "Document"),
    EvidenceKind.INSPECTION: _in("evidence", "Inspection"),
}
