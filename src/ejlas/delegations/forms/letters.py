"""Forms of letters and their templates, and of what becomes of a letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core.inputs import DayField, SeveralChoices, TextsField
from ejlas.core.text import Text
from ejlas.delegations.models import Letter, Template
from ejlas.delegations.rules.letters import (
    ANSWERS,
    PLACEHOLDERS,
    LetterChannel,
    LetterDirection,
    LetterState,
    text_is_open,
    unknown_placeholders,
)
from ejlas.forum.forms import Group, ThingForm
from ejlas.forum.forms.base import field_for, offer_languages, offer_rows
from ejlas.forum.models import Edition

_UNKNOWN = _("No letter fills %(unknown)s. These places can be filled: %(known)s.")


def _braced(names: Sequence[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def check_places(form: forms.BaseForm, name: str, texts: Mapping[str, str]) -> None:
    """Refuse what stands in braces and no letter can fill, and say what can be filled."""
    unknown = dict.fromkeys(each for words in texts.values() for each in unknown_placeholders(words))
    if unknown:
        said = {"unknown": _braced(list(unknown)), "known": _braced(PLACEHOLDERS)}
        form.add_error(name, ValidationError(_UNKNOWN, code="places", params=said))


class TemplateForm(ThingForm):
    """The text of a kind of letter in the languages of the edition."""

    required_texts = ("subject", "body")
    long_texts = ("body", "closing")
    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it is"), ("kind",)),
        (_("Text"), ("subject", "body", "closing")),
        (_("Who signs"), ("signatory", "signatory_office")),
    )

    class Meta:
        model = Template
        formfield_callback = field_for
        fields = ("kind", "subject", "body", "closing", "signatory", "signatory_office")
        labels: ClassVar[dict[str, Any]] = {
            "kind": _("Kind of letter"),
            "subject": _("Subject"),
            "body": _("Text of the letter"),
            "closing": _("Closing"),
            "signatory": _("Name of who signs"),
            "signatory_office": _("Office of who signs"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Say which places a letter fills."""
        if "body" in self.fields:
            words = _("These places are filled for each letter: %(known)s.") % {"known": _braced(PLACEHOLDERS)}
            self.fields["body"].help_text = words

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, asked in self.fields.items():
            held = cleaned.get(name)
            if isinstance(asked, TextsField) and isinstance(held, Text):
                check_places(self, name, held.values)
        return cleaned


_OF_INCOMING = ("their_number", "dated_on", "answers")
_OF_OUTGOING = ("closing", "signatory", "signatory_office")


class LetterForm(ThingForm):
    """A letter of the register, out or in."""

    groups: ClassVar[tuple[Group, ...]] = (
        (_("What it is"), ("direction", "kind", "delegation", "language")),
        (_("From whom, or to whom"), ("correspondent", "their_number", "dated_on", "answers")),
        (_("Text"), ("subject", "body", "closing")),
        (_("Who signs"), ("signatory", "signatory_office")),
        ("", ("note",)),
    )

    class Meta:
        model = Letter
        formfield_callback = field_for
        fields = (
            "direction",
            "kind",
            "delegation",
            "language",
            "correspondent",
            "their_number",
            "dated_on",
            "answers",
            "subject",
            "body",
            "closing",
            "signatory",
            "signatory_office",
            "note",
        )
        labels: ClassVar[dict[str, Any]] = {
            "direction": _("Out or in"),
            "kind": _("Kind of letter"),
            "delegation": _("Delegation"),
            "language": _("Language"),
            "correspondent": _("Office or person at the other end"),
            "their_number": _("Number of the sender"),
            "dated_on": _("Day of the letter"),
            "answers": _("Our letter that it answers"),
            "subject": _("Subject"),
            "body": _("Text of the letter"),
            "closing": _("Closing"),
            "signatory": _("Name of who signs"),
            "signatory_office": _("Office of who signs"),
            "note": _("Note of the desk"),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "body": forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
            "closing": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "note": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Ask what belongs to a letter of this direction, and of a cleared one only what may still be written."""
        if self.instance.pk:
            self._narrow()
        if edition is None:
            return
        offer_rows(self, "delegation", edition.delegation_set.select_related("party"), title="title")
        outgoing = edition.letter_set.filter(direction=LetterDirection.OUT, number__isnull=False)
        offer_rows(self, "answers", outgoing.order_by("-position"), title="title")
        if "answers" in self.fields and hasattr(self.fields["answers"], "label_from_instance"):
            self.fields["answers"].label_from_instance = lambda row: f"{row.register} · {row.subject}"
        self._offer_languages(edition)

    def _narrow(self) -> None:
        is_out = self.instance.direction == LetterDirection.OUT
        left = {"direction", *(_OF_INCOMING if is_out else _OF_OUTGOING)}
        if is_out and not text_is_open(LetterState(self.instance.state)):
            left = set(self.fields) - {"note", "revision"}
        for name in left:
            self.fields.pop(name, None)

    def _offer_languages(self, edition: Edition) -> None:
        if "language" not in self.fields:
            return
        label = self.fields["language"].label
        held = self.instance.language if self.instance.pk else edition.languages[0]
        self.fields["language"] = forms.ChoiceField(label=label, initial=held)
        self.initial["language"] = [held] if held else []
        offer_languages(self, "language", edition.languages, others=True)
        self.initial["language"] = held

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        direction = cleaned.get("direction") or self.instance.direction
        if direction == LetterDirection.OUT:
            for name in ("subject", "body", *_OF_OUTGOING):
                if name in self.fields:
                    check_places(self, name, {"": str(cleaned.get(name) or "")})
        return cleaned


# --- What becomes of a letter ---


class _Asked(forms.Form):
    """A form of one act on letters, in the calendar of its reader."""

    def __init__(self, *args: Any, edition: Edition, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for asked in self.fields.values():
            if isinstance(asked, DayField):
                asked.read_as(language, edition.zone)


class WriteForm(_Asked):
    """To whom a letter is written, from which template and in which language."""

    template = forms.ChoiceField(label=_("Template"))
    language = forms.ChoiceField(label=_("Language"), required=False)
    delegations = SeveralChoices(label=_("Delegations"), required=False)

    def offer(
        self,
        *,
        templates: Sequence[tuple[str, Any]],
        languages: Sequence[tuple[str, Any]],
        delegations: Sequence[tuple[str, Any]],
    ) -> None:
        """Offer what can be chosen."""
        self.fields["template"].choices = templates  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("That of each delegation")), *languages]  # type: ignore[attr-defined]
        self.fields["delegations"].choices = delegations  # type: ignore[attr-defined]


class SentForm(_Asked):
    """By which way letters went, and when."""

    channel = forms.ChoiceField(label=_("How it went"))
    on = DayField(label=_("Day"))
    note = forms.CharField(label=_("Note of the desk"), required=False, max_length=1000)

    def offer(self, words: Mapping[Any, Any]) -> None:
        """Offer the ways that are not our own mail."""
        ways = [way for way in LetterChannel if way is not LetterChannel.MAIL]
        self.fields["channel"].choices = [(way.value, words[way]) for way in ways]  # type: ignore[attr-defined]


class ReplyForm(_Asked):
    """How a letter was answered."""

    state = forms.ChoiceField(label=_("Answer"))
    reply_level = forms.CharField(
        label=_("Who comes, and at which level"),
        required=False,
        max_length=300,
        help_text=_("The office that accepts, or who comes instead."),
    )
    on = DayField(label=_("Day of the answer"))
    answer = forms.ChoiceField(label=_("Letter in which it was answered"), required=False)

    def offer(
        self, words: Mapping[Any, Any], possible: Sequence[LetterState], letters: Sequence[tuple[str, Any]]
    ) -> None:
        """Offer the answers that may follow, and the letters that came in."""
        ways = [state for state in ANSWERS if state in possible]
        self.fields["state"].choices = [(state.value, words[state]) for state in ways]  # type: ignore[attr-defined]
        self.fields["answer"].choices = [("", "—"), *letters]  # type: ignore[attr-defined]
