"""The people of delegations, what each is there, their papers, and what is asked for after the lock.

What is personal stands encrypted; a document is found through a keyed hash, likely twins through the sound of a name.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ejlas.core.fields import EncryptedTextField, TranslatedField
from ejlas.core.files.models import StoredFile
from ejlas.core.text import Text
from ejlas.delegations.models.delegations import Delegation
from ejlas.delegations.rules.capacities import CapacityKind
from ejlas.delegations.rules.people import Sex
from ejlas.delegations.rules.states import (
    COUNTED,
    DelegationKind,
    PaperKind,
    PersonState,
    RequestKind,
    RequestState,
)
from ejlas.forum.models import OfEdition, choices


class Capacity(OfEdition):
    """What a person may be at an edition: how many there may be, and what is asked of each."""

    kind = models.CharField(max_length=20, choices=choices(CapacityKind))
    audience = models.CharField(max_length=10, choices=choices(DelegationKind), default=DelegationKind.PARTY)
    name = TranslatedField()
    per_delegation = models.PositiveIntegerField(null=True, blank=True)
    in_all = models.PositiveIntegerField(null=True, blank=True)
    needs = models.JSONField(default=list, blank=True)
    is_public = models.BooleanField(default=False)


class PersonQuerySet(models.QuerySet["Person"]):
    """Chainable filters of people."""

    def counted(self) -> PersonQuerySet:
        """Keep those who take a place."""
        return self.filter(state__in=sorted(COUNTED))

    def unsealed(self) -> PersonQuerySet:
        """Leave the encrypted columns unread: a list neither needs nor decrypts them."""
        return self.defer(*SEALED)


class Person(OfEdition):
    """A person of a delegation; the slug is drawn by lot, so that no address tells a name."""

    index_words = ("family_name", "given_name")

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="people")
    capacity = models.ForeignKey(Capacity, on_delete=models.PROTECT, related_name="people")
    state = models.CharField(max_length=20, choices=choices(PersonState), default=PersonState.DRAFT)
    # As the travel document spells them, in Latin letters; `name` holds the preferred spelling of each script.
    family_name = models.CharField(max_length=100)
    given_name = models.CharField(max_length=100, blank=True)
    name = TranslatedField()
    office = TranslatedField()
    sex = models.CharField(max_length=1, choices=choices(Sex), blank=True)
    nationality = models.CharField(max_length=3, blank=True)
    languages = models.JSONField(default=list, blank=True)
    email = EncryptedTextField(default="", blank=True)
    phone = EncryptedTextField(default="", blank=True)
    born_on = EncryptedTextField(default="", blank=True)
    document_kind = EncryptedTextField(default="", blank=True)
    document_number = EncryptedTextField(default="", blank=True)
    document_state = EncryptedTextField(default="", blank=True)
    document_expires_on = EncryptedTextField(default="", blank=True)
    diet = EncryptedTextField(default="", blank=True)
    health = EncryptedTextField(default="", blank=True)
    document_hash = models.CharField(max_length=64, blank=True)
    birth_hash = models.CharField(max_length=64, blank=True)
    spoken = models.CharField(max_length=200, blank=True)
    # What is asked for and not there, so that a list says it without decrypting; the delegation's letter stands apart.
    lacks = models.JSONField(default=list, blank=True)
    is_lacking = models.BooleanField(default=True)
    # Whether anything is said of diet or health; what, stands sealed.
    has_needs = models.BooleanField(default=False)
    photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    photo_taken_on = models.DateField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    is_walk_in = models.BooleanField(default=False)
    approver = models.CharField(max_length=200, blank=True)
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    # Said to the person whom it concerns, in that person's language.
    reason = models.TextField(blank=True)
    substitutes = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    # Pairs that an officer found to be two people, by the slug of the other.
    apart_from = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta(OfEdition.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *OfEdition.Meta.indexes,
            models.Index(fields=["edition", "state", "position"], name="delegations_person_queue"),
            models.Index(fields=["delegation", "state"], name="delegations_person_list"),
            models.Index(fields=["capacity", "state"], name="delegations_person_load"),
            models.Index(fields=["edition", "document_hash"], name="delegations_person_document"),
            models.Index(fields=["edition", "spoken"], name="delegations_person_sound"),
        ]

    @classmethod
    def index_texts(cls) -> tuple[str, ...]:
        """Return nothing: people say themselves how they are written, nobody translates them."""
        return ()

    def title_in_index(self) -> Text:
        """Return the preferred spellings; the spelling of the document where there is none."""
        return self.title

    @property
    def title(self) -> Text:
        """The preferred spelling of each script, and that of the document for all others."""
        preferred: Text = self.name
        return preferred if preferred.values.get("en") else Text({**preferred.values, "en": self.passport_name})

    @property
    def passport_name(self) -> str:
        """The name as the travel document has it, given names first."""
        return f"{self.given_name} {self.family_name}".strip()


# The columns that stand encrypted.
SEALED = tuple(column.name for column in Person._meta.concrete_fields if isinstance(column, EncryptedTextField))


class Paper(models.Model):
    """A paper that was sent with a list or with a person."""

    slug = models.SlugField(max_length=40, unique=True)
    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="papers")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=20, choices=choices(PaperKind))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.slug


class Request(models.Model):
    """What a focal point asks for once the list is locked; `wanted` holds the row that is to be, encrypted."""

    slug = models.SlugField(max_length=40, unique=True)
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="requests")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=20, choices=choices(RequestKind))
    state = models.CharField(max_length=20, choices=choices(RequestState), default=RequestState.ASKED)
    wanted = EncryptedTextField(default="", blank=True)
    reason = models.TextField()
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["delegation", "state"], name="delegations_request_open")
        ]

    def __str__(self) -> str:
        return self.slug


class Upload(models.Model):
    """Rows that were sent and are not all taken over yet: a person corrects them on the page; encrypted as a whole."""

    slug = models.SlugField(max_length=40, unique=True)
    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="uploads")
    rows = EncryptedTextField()
    matching = models.JSONField(default=dict)
    n_rows = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.slug
