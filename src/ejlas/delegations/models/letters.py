"""Official letters: their templates, and the register of those that went out and came in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ejlas.core.fields import TranslatedField
from ejlas.core.files.models import StoredFile
from ejlas.core.text import Text
from ejlas.delegations.models.delegations import Delegation
from ejlas.delegations.rules.letters import LetterChannel, LetterDirection, LetterKind, LetterState
from ejlas.forum.models import OfEdition, choices


class Template(OfEdition):
    """The text of a kind of letter in the languages of the edition; words in braces are filled in for each letter."""

    index_title = "subject"

    kind = models.CharField(max_length=20, choices=choices(LetterKind))
    subject = TranslatedField()
    body = TranslatedField()
    closing = TranslatedField()
    signatory = TranslatedField()
    signatory_office = TranslatedField()


class Letter(OfEdition):
    """A letter of the register, out or in; what it says is fixed once it is cleared.

    The year and the number are given when a letter is cleared or comes in; a draft has none.
    """

    index_title = "title"
    index_words = ("register", "their_number", "correspondent", "body")

    direction = models.CharField(max_length=3, choices=choices(LetterDirection), default=LetterDirection.OUT)
    kind = models.CharField(max_length=20, choices=choices(LetterKind))
    state = models.CharField(max_length=20, choices=choices(LetterState), default=LetterState.DRAFT)
    delegation = models.ForeignKey(Delegation, null=True, blank=True, on_delete=models.PROTECT, related_name="letters")
    year = models.PositiveIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    register = models.CharField(max_length=60, blank=True)
    dated_on = models.DateField(null=True)
    language = models.CharField(max_length=20)
    correspondent = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    signatory_office = models.CharField(max_length=300, blank=True)
    their_number = models.CharField(max_length=100, blank=True)
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answered_by")
    # The people whom a confirmation or a support of visas names, by slug.
    people = models.JSONField(default=list, blank=True)
    channel = models.CharField(max_length=10, choices=choices(LetterChannel), blank=True)
    sent_at = models.DateTimeField(null=True)
    # The reply: by whom the invitation is accepted, at which level, or who comes instead.
    reply_level = models.CharField(max_length=300, blank=True)
    reply_on = models.DateField(null=True)
    note = models.TextField(blank=True)

    class Meta(OfEdition.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *OfEdition.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "direction", "year", "number"], name="delegations_letter_number_is_unique"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            *OfEdition.Meta.indexes,
            models.Index(fields=["delegation", "kind", "position"], name="delegations_letter_of"),
        ]

    @property
    def title(self) -> Text:
        """The subject, in the language of the letter."""
        return Text({self.language: self.subject})


class LetterFile(models.Model):
    """An attachment of a letter."""

    slug = models.SlugField(max_length=40, unique=True)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.slug
