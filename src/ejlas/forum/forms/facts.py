"""Forms of the facts around an edition: sources, claims, mandates, duties, milestones."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core import languages
from ejlas.core.inputs import RowsField, SeveralChoices, TextsField
from ejlas.core.text import Text
from ejlas.forum.forms.base import Group, SourcedForm, ThingForm, cited, field_for, offer, offer_in_rows
from ejlas.forum.models import Claim, Duty, Edition, Mandate, Milestone, Source
from ejlas.forum.rules import Confidence, DutyBearer


class SourceForm(ThingForm):
    """A public page that facts rest on."""

    long_texts = ("note",)

    class Meta:
        model = Source
        formfield_callback = field_for
        fields = ("title", "url", "published_on", "language", "note")
        widgets: ClassVar[dict[str, Any]] = {"url": forms.URLInput(attrs={"dir": "ltr"})}
        labels: ClassVar[dict[str, Any]] = {
            "title": _("Title of the page"),
            "url": _("Address"),
            "published_on": _("Day of publication"),
            "language": _("Language of the page"),
            "note": _("What to know when relying on it"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """A source must be named, or it cannot be cited."""
        if "title" in self.fields:
            self.fields["title"].required = True

    def clean_url(self) -> str:
        """Take web addresses only: a script behind a link would run on a reader's page."""
        url = str(self.cleaned_data["url"] or "")
        if url and not url.startswith(("https://", "http://")):
            raise ValidationError(_("Write an address that begins with https:// or http://."), code="url")
        return url

    def clean_language(self) -> str:
        """Refuse what is no code of a language."""
        return checked_language(str(self.cleaned_data["language"]))


def checked_language(code: str) -> str:
    """Return the code of a language. Raises ValidationError."""
    if not languages.is_language(code):
        raise ValidationError(_("“%(code)s” is not the code of a language."), code="language", params={"code": code})
    return code


class ClaimForm(ThingForm):
    """A fact on which sources disagree, with every version."""

    versions = RowsField(
        label=_("Versions"),
        key="wording",
        parts={
            "wording": TextsField(label=_("What this version says"), required=True),
            "is_adopted": forms.BooleanField(label=_("We go by this version"), required=False),
            "confidence": forms.ChoiceField(
                label=_("How well it is supported"), choices=[(value.value, value.value) for value in Confidence]
            ),
            "sources": SeveralChoices(label=_("Sources"), required=False),
        },
    )
    required_texts = ("subject",)

    class Meta:
        model = Claim
        formfield_callback = field_for
        fields = ("subject", "versions")
        labels: ClassVar[dict[str, Any]] = {"subject": _("What the sources disagree on")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.held = held = self.initial.get("versions") or []
        self.initial["versions"] = [{**version, "wording": Text.from_stored(version["wording"])} for version in held]

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's sources in each version."""
        if "versions" not in self.fields:
            return
        parts: dict[str, Any] = self.fields["versions"].parts  # type: ignore[attr-defined]
        words = self.ask.words.get("confidence", {})
        parts["confidence"].choices = [(value.value, words.get(value, value.value)) for value in Confidence]
        parts["confidence"].initial = Confidence.MEDIUM.value
        if edition is not None:
            offer_in_rows(self, "versions", "sources", edition.source_set.all(), cited, title="title")

    def clean_versions(self) -> list[dict[str, Any]]:
        """One version at most is the one we go by."""
        versions: list[dict[str, Any]] = self.cleaned_data["versions"]
        if sum(version["is_adopted"] for version in versions) > 1:
            raise ValidationError(_("Go by one version at most."), code="adopted")
        return versions

    def store(self, name: str, value: Any) -> Any:
        """Keep the wordings of versions as they are stored."""
        if name == "versions":
            stored = [{**version, "wording": version["wording"].to_stored()} for version in value]
            return [_in_old_order(version, self.held) for version in stored]
        return super().store(name, value)


def _in_old_order(version: dict[str, Any], before: list[dict[str, Any]]) -> dict[str, Any]:
    """Keep the order in which a version named its sources: boxes know none, and another order is no change."""
    for old in before:
        if old["wording"] == version["wording"] and set(old["sources"]) == set(version["sources"]):
            return {**version, "sources": old["sources"]}
    return version


class MandateForm(SourcedForm):
    """A decision on which the hosting rests; its document is handed in on its page."""

    required_texts = ("wording",)
    long_texts = ("wording",)
    groups: ClassVar[tuple[Group, ...]] = (
        (_("The decision"), ("kind", "wording", "decided_by", "decided_on")),
        (_("The document"), ("document", "number")),
        (_("If it is an agreement"), ("signatories", "in_force_on")),
        (_("What it rests on"), ("confidence", "sources")),
    )

    class Meta:
        model = Mandate
        formfield_callback = field_for
        fields = (
            "kind",
            "wording",
            "decided_by",
            "decided_on",
            "document",
            "number",
            "signatories",
            "in_force_on",
            "confidence",
            "sources",
        )
        labels: ClassVar[dict[str, Any]] = {
            "kind": _("Kind of decision"),
            "wording": _("What was decided"),
            "decided_by": _("Who decided"),
            "decided_on": _("Day of the decision"),
            "document": _("Document that holds it"),
            "number": _("Number of the document"),
            "signatories": _("Who signed it"),
            "in_force_on": _("In force from"),
            "confidence": _("How well it is supported"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "decided_on": _("Of an agreement, the day on which it was signed."),
            "signatories": _("The parties to the agreement, each by its full name."),
        }


class DutyForm(ThingForm):
    """One line of the split of duties."""

    supported_by = SeveralChoices(
        label=_("Who helps"), required=False, choices=[(value.value, value.value) for value in DutyBearer]
    )
    required_texts = ("task",)
    for_many = ("bearer",)

    class Meta:
        model = Duty
        formfield_callback = field_for
        fields = ("task", "bearer", "supported_by")
        labels: ClassVar[dict[str, Any]] = {"task": _("What is to be done"), "bearer": _("Who answers for it")}

    def prepare(self, edition: Edition | None) -> None:
        """Name the bearers in words."""
        words = self.ask.words.get("bearer", {})
        offer(self, "supported_by", lambda: [(value.value, words.get(value, value.value)) for value in DutyBearer])


class MilestoneForm(SourcedForm):
    """A dated step of the preparation."""

    required_texts = ("wording",)

    class Meta:
        model = Milestone
        formfield_callback = field_for
        fields = ("date", "wording", "confidence", "sources")
        labels: ClassVar[dict[str, Any]] = {
            "date": _("Day"),
            "wording": _("What happened or is due"),
            "confidence": _("How well it is supported"),
        }
