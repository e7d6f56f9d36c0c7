"""What is typed about an address that is told of changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ejlas.accounts.rules import is_event_prefix
from ejlas.core.inputs import SeveralChoices
from ejlas.core.outgoing import address_fault


class WebhookForm(forms.Form):
    """The address, and what it hears of. The caller says whether addresses of the own network are allowed."""

    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput(attrs={"dir": "ltr"}),
        help_text=_("It begins with https:// and is reached from the public network."),
    )
    events = forms.CharField(
        label=_("Events"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr"}),
        help_text=_("One on a line, such as programme.session; empty for all."),
    )

    def __init__(self, *args: Any, allow_private: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allow_private = allow_private

    def clean_address(self) -> str:
        """Refuse what is not encrypted or leads into the own network."""
        address = str(self.cleaned_data["address"]).strip()
        if address_fault(address, allow_private=self.allow_private):
            raise forms.ValidationError(
                _("This address cannot be told; write one that begins with https:// and is not in your own network.")
            )
        return address

    def clean_events(self) -> list[str]:
        """Return the events, one for each line."""
        events = str(self.cleaned_data["events"]).split()
        for event in events:
            if not is_event_prefix(event):
                raise forms.ValidationError(_("No webhook can hear of “%(event)s”."), params={"event": event})
        return events


class ChosenEventsForm(WebhookForm):
    """The same, with the events that have words as boxes; what has none stands in the lines below them."""

    chosen = SeveralChoices(
        label=_("It hears of"), required=False, help_text=_("Nothing chosen and nothing written: all.")
    )

    field_order = ("address", "chosen", "events")

    def __init__(
        self, *args: Any, kinds: Sequence[tuple[str, Any]], stored: Sequence[str] = (), **options: Any
    ) -> None:
        known = dict(kinds)
        others = "\n".join(event for event in stored if event not in known)
        initial = {"chosen": [event for event in stored if event in known], "events": others}
        super().__init__(*args, initial={**initial, **options.pop("initial", {})}, **options)
        self.fields["chosen"].choices = kinds  # type: ignore[attr-defined]
        self.fields["events"].label = _("Other events")
        self.fields["events"].help_text = _(
            "One on a line, as the guide to webhooks names them, such as programme.session."
        )
        self.fields["events"].widget.attrs["rows"] = 2

    def wanted(self) -> list[str]:
        """Return all events, those with words first."""
        return [*self.cleaned_data["chosen"], *self.cleaned_data["events"]]
