"""Delegations: whose they are, who files their list, and where the list stands."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models

from ejlas.core.fields import TranslatedField
from ejlas.core.text import Text
from ejlas.delegations.rules.states import DelegationKind, ListState
from ejlas.forum.models import OfEdition, Party, choices


class Delegation(OfEdition):
    """The people of a party, or of a medium, at an edition; a party's bears its slug."""

    index_after = ("party",)

    kind = models.CharField(max_length=10, choices=choices(DelegationKind), default=DelegationKind.PARTY)
    # The party is removed with its delegation by a journey, never in passing.
    party = models.OneToOneField(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="delegation")
    name = TranslatedField()
    country = models.CharField(max_length=2, blank=True)
    list_state = models.CharField(max_length=20, choices=choices(ListState), default=ListState.OPEN)
    most_people = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    nominate_by = models.DateTimeField(null=True)
    confirm_by = models.DateTimeField(null=True)
    language = models.CharField(max_length=20, blank=True)
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(max_length=200, blank=True)
    has_nomination = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    # Why the list was sent back, in the words of the officer.
    answer = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta(OfEdition.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *OfEdition.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(kind=DelegationKind.PRESS) | models.Q(party__isnull=False),
                name="delegations_delegation_names_its_party",
            ),
        ]

    @classmethod
    def rows_to_index(cls, scope: str | None = None) -> models.QuerySet[Delegation]:
        """Return the rows of one scope, or all, with the parties that name them."""
        return super().rows_to_index(scope).select_related("party")

    @classmethod
    def index_texts(cls) -> tuple[str, ...]:
        """Return nothing: a party is worded in its own row, and the name of a medium is not translated."""
        return ()

    def title_in_index(self) -> Text:
        """Return the name of the party, else its own."""
        return self.title

    @property
    def title(self) -> Text:
        """The name of the party, else that of the medium."""
        text: Text = self.party.name if self.party is not None else self.name
        return text
