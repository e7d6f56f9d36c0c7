"""Forms of coordination meetings and rounds of inspection."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from ejlas.forum.forms import Group, ThingForm
from ejlas.forum.forms.base import field_for
from ejlas.forum.models import Edition
from ejlas.readiness.models import CoordinationMeeting, Inspection
from ejlas.readiness.queries import meetings


class MeetingForm(ThingForm):
    """A coordination meeting: when and where, and who leads it."""

    groups: ClassVar[tuple[Group, ...]] = (("", ("starts_at", "place", "chair", "name", "note")),)

    class Meta:
        model = CoordinationMeeting
        formfield_callback = field_for
        fields = ("starts_at", "place", "chair", "name", "note")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name, if not the usual word"),
            "starts_at": _("Begins"),
            "place": _("Place"),
            "chair": _("In the chair"),
            "note": _("Note"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Propose the same hour, place and chair a week after the last meeting."""
        if edition is not None and not self.is_bound and self.instance.pk is None:
            self.initial.update(meetings.proposed(edition))


class InspectionForm(ThingForm):
    """A round of inspection."""

    required_texts = ("name",)

    class Meta:
        model = Inspection
        formfield_callback = field_for
        fields = ("name", "held_on", "inspector", "note")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "held_on": _("Day"),
            "inspector": _("Inspector"),
            "note": _("Note"),
        }
