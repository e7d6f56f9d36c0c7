"""What a person types to get a key for the API."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ejlas.accounts.rules import LONGEST_KEY, Scope

SCOPES = {
    Scope.READ: _("Read what you may see"),
    Scope.WRITE: _("Add, change and remove things"),
    Scope.PLAN: _("Run the planner and accept its plan"),
    Scope.PUBLISH: _("Publish"),
    Scope.ADMIN: _("Give roles, invite people, keep webhooks"),
}


def _in_90_days() -> date:
    return timezone.localdate() + timedelta(days=90)


class ApiKeyForm(forms.Form):
    """What the key is for, what it may, and until when."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=100, help_text=_("So that you know it again, such as: press kit import")
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=[(scope.value, words) for scope, words in SCOPES.items()],
        initial=[Scope.READ.value],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than you may yourself at that moment."),
    )
    ends_on = forms.DateField(
        label=_("Last day"), initial=_in_90_days, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_ends_on(self) -> date:
        """Hold the day against the longest time a key may last."""
        day: date = self.cleaned_data["ends_on"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("This day has passed; choose a later one."))
        if day > today + LONGEST_KEY - timedelta(days=1):
            raise forms.ValidationError(_("A key lasts a year at most; choose an earlier day."))
        return day
