"""What is typed to give somebody a role, and to let one end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ejlas.accounts.forms.people import PersonNameField
from ejlas.accounts.rules import FOR_EVERY_EDITION, OF_A_PARTY, Role, RoleWanted
from ejlas.core.inputs import DayField, SeveralChoices

Choices = Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Asking:
    """What a form about roles must know: the edition with its zone and parties, the reader, the words of the roles."""

    edition: str
    zone: ZoneInfo
    language: str
    today: date
    roles: Choices = ()
    parties: Choices = ()
    every_edition: bool = False


def end_of(day: date | None, zone: ZoneInfo) -> datetime | None:
    """Return the last second of a day at the place, so that the day itself still counts; None stays None."""
    return datetime.combine(day, time(23, 59, 59), zone) if day else None


class EndForm(forms.Form):
    """The last day of a role, or none."""

    ends_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("The role holds until the end of this day; empty: without an end."),
    )

    def __init__(self, *args: Any, asking: Asking, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asking = asking
        self.fields["ends_on"].read_as(asking.language, asking.zone)  # type: ignore[attr-defined]

    def clean_ends_on(self) -> date | None:
        """Refuse a day that is over."""
        day: date | None = self.cleaned_data["ends_on"]
        if day is not None and day < self.asking.today:
            raise forms.ValidationError(_("The end lies in the past; choose a later day, or none."))
        return day

    def ends_at(self) -> datetime | None:
        """Return the moment at which the role ends."""
        return end_of(self.cleaned_data["ends_on"], self.asking.zone)


class RolesForm(EndForm):
    """Who gets which roles at an edition, and until when; `every_edition` says whether both may be for all."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=200,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("Who has an account gets the roles at once; anybody else gets an invitation by mail."),
    )
    name = PersonNameField(
        label=_("Name"),
        required=False,
        help_text=_("For the mail; who is invited writes the own name at the first visit."),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
    roles = SeveralChoices(label=_("Roles"), error_messages={"required": _("Choose at least one role.")})
    party = forms.ChoiceField(
        label=_("Party"), required=False, help_text=_("For a focal point and a delegate: whose they are.")
    )
    body = forms.SlugField(
        label=_("Body"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("For an executive body: its short name in Latin letters, such as ports-authority."),
        error_messages={"invalid": _("Write small Latin letters, digits and hyphens, such as ports-authority.")},
    )
    everywhere = forms.BooleanField(
        label=_("At every edition"), required=False, help_text=_("Only a head of the secretariat and an auditor.")
    )

    field_order = ("email", "name", "language", "roles", "party", "body", "ends_on", "everywhere")

    def __init__(self, *args: Any, asking: Asking, **options: Any) -> None:
        super().__init__(*args, asking=asking, **options)
        self.fields["roles"].choices = asking.roles  # type: ignore[attr-defined]
        self.fields["party"].choices = [("", "—"), *asking.parties]  # type: ignore[attr-defined]
        if not asking.every_edition:
            del self.fields["everywhere"]

    def clean_body(self) -> str:
        """Return the short name as slugs are written."""
        return str(self.cleaned_data["body"]).lower()

    def clean(self) -> dict[str, Any]:
        """Hold the roles against what each of them must name."""
        cleaned = super().clean() or {}
        roles = {Role(role) for role in cleaned.get("roles", ())}
        if roles & OF_A_PARTY and not cleaned.get("party") and "party" not in self.errors:
            self.add_error("party", _("This role belongs to a party; choose the party."))
        if Role.BODY in roles and not cleaned.get("body") and "body" not in self.errors:
            self.add_error("body", _("Write the short name of the body."))
        if cleaned.get("everywhere") and roles - FOR_EVERY_EDITION:
            self.add_error("everywhere", _("One of these roles is given for one edition only."))
        return cleaned

    def wanted(self) -> list[RoleWanted]:
        """Return the roles, each with what it names and nothing else."""
        given = self.cleaned_data
        edition = "" if given.get("everywhere") else self.asking.edition
        return [
            RoleWanted(
                role,
                edition,
                given["party"] if role in OF_A_PARTY else "",
                given["body"] if role is Role.BODY else "",
                self.ends_at(),
            )
            for role in map(Role, given["roles"])
        ]
