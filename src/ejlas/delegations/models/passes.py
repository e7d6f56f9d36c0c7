"""Passes: zones, windows, categories and what each may enter; cards and their designs; the key that signs them."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ejlas.core.fields import EncryptedTextField, TranslatedField
from ejlas.core.files.models import StoredFile
from ejlas.core.text import Text
from ejlas.delegations.models.delegations import Delegation
from ejlas.delegations.models.people import Person
from ejlas.delegations.rules.passes.access import MOST_CATEGORIES, MOST_ZONES
from ejlas.delegations.rules.passes.badges import BadgeKind, BadgeState
from ejlas.delegations.rules.passes.house import Passback, WhenFull
from ejlas.forum.models import Edition, OfEdition, choices

is_colour = RegexValidator(r"^#[0-9a-f]{6}$", _("Write a colour as # and six hexadecimal digits, such as #0b5d5b."))


class Zone(OfEdition):
    """A part of the place with its own gates; the letter stands on the cards, the bit in their codes."""

    name = TranslatedField()
    letter = models.CharField(max_length=3)
    bit = models.PositiveSmallIntegerField(validators=[MaxValueValidator(MOST_ZONES - 1)])
    capacity = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    passback = models.CharField(max_length=10, choices=choices(Passback), default=Passback.OFF)
    when_full = models.CharField(max_length=10, choices=choices(WhenFull), default=WhenFull.ASK)

    class Meta(OfEdition.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *OfEdition.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "bit"], name="delegations_zone_bit_is_unique"),
            models.UniqueConstraint(fields=["edition", "letter"], name="delegations_zone_letter_is_unique"),
        ]


class Window(OfEdition):
    """A span of time in which zones are entered; the end itself is outside."""

    name = TranslatedField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta(OfEdition.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *OfEdition.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="delegations_window_ends_after"
            ),
        ]


class Category(OfEdition):
    """What decides zones: of nominative passes it follows from capacity and rank class, of tokens it is their sort."""

    name = TranslatedField()
    kind = models.CharField(max_length=10, choices=choices(BadgeKind), default=BadgeKind.BADGE)
    code = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_CATEGORIES)])
    short = models.CharField(max_length=4)
    colour = models.CharField(max_length=7, default="#0b5d5b", validators=[is_colour])
    # Slugs of capacities, and rank classes of parties; no rank class means any.
    capacities = models.JSONField(default=list, blank=True)
    rank_classes = models.JSONField(default=list, blank=True)
    per_delegation = models.PositiveIntegerField(null=True, blank=True)
    # Of the tokens of a delegation at most so many for each use, a kind of capacity (rule 9): rows of use and most.
    limits = models.JSONField(default=list, blank=True)

    class Meta(OfEdition.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *OfEdition.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "code"], name="delegations_category_code_is_unique"),
        ]

    @property
    def most_by_use(self) -> dict[str, int]:
        """How many tokens at most a delegation gets for each use that is bounded."""
        return {row["use"]: row["most"] for row in self.limits}


class Access(models.Model):
    """A cell of the matrix: the category may enter the zone within the window."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="access")
    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="access")
    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="access")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["category", "zone", "window"], name="delegations_access_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.zone_id} {self.window_id}"


class CardDesign(OfEdition):
    """How a card looks: its size, its sides, and what stands where under which condition."""

    name = TranslatedField()
    kinds = models.JSONField(default=list)
    design = models.JSONField(default=dict)

    @classmethod
    def index_texts(cls) -> tuple[str, ...]:
        """Return nothing: a design is called as the desk calls it, nobody translates it."""
        return ()


class BadgeQuerySet(models.QuerySet["Badge"]):
    """Chainable filters of passes."""

    def in_handing_order(self) -> BadgeQuerySet:
        """Order as cards are handed out: by delegation, the head first, then by name and number."""
        return self.order_by(
            models.F("delegation__position").asc(nulls_last=True),
            "delegation_id",
            models.F("person__capacity__position").asc(nulls_last=True),
            "person__family_name",
            "person__given_name",
            "number",
        )


class Badge(OfEdition):
    """A pass: nominative, a token of a delegation, or a spare; its code tells `number` and `print_number`.

    `gate_revision` is the revision of the edition's list at which the gates learn of its last change.
    """

    index_after = ("party",)
    index_words = ("number",)

    kind = models.CharField(max_length=10, choices=choices(BadgeKind), default=BadgeKind.BADGE)
    number = models.PositiveIntegerField()
    print_number = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=choices(BadgeState), default=BadgeState.APPROVED)
    # Where a suspended pass goes back to.
    state_before = models.CharField(max_length=10, blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="badges")
    # An officer chose it: it does not follow from capacity and rank class.
    is_category_chosen = models.BooleanField(default=False)
    delegation = models.ForeignKey(Delegation, null=True, blank=True, on_delete=models.PROTECT, related_name="badges")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="badges")
    # Who holds a spare: a name that no list of a delegation knows.
    holder = EncryptedTextField(default="", blank=True)
    mark = models.CharField(max_length=20, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    # Zones that this one opens besides those of its category, by slug.
    zones = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by")
    printed_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    # Who took it: the person, or somebody with written authority (rule 11), with the signature.
    issued_to = EncryptedTextField(default="", blank=True)
    is_by_authority = models.BooleanField(default=False)
    authority = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signature = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    # The small picture that a gate shows, and of which photo it was made.
    gate_photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    gate_photo_of = models.CharField(max_length=40, blank=True)
    gate_revision = models.PositiveBigIntegerField(default=0)
    # What opens the page of the digital pass, as a keyed hash.
    link_hash = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)

    objects = BadgeQuerySet.as_manager()

    class Meta(OfEdition.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *OfEdition.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "number"], name="delegations_badge_number_is_unique"),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state__in=["approved", "printed", "issued", "suspended"]),
                name="delegations_badge_one_of_a_person",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            *OfEdition.Meta.indexes,
            models.Index(fields=["edition", "gate_revision"], name="delegations_badge_for_gates"),
            models.Index(fields=["edition", "state", "kind"], name="delegations_badge_state"),
            models.Index(fields=["delegation", "kind", "state"], name="delegations_badge_of"),
            models.Index(fields=["link_hash"], name="delegations_badge_link"),
        ]

    @classmethod
    def index_texts(cls) -> tuple[str, ...]:
        """Return nothing: a pass is worded by its person."""
        return ()

    @classmethod
    def rows_to_index(cls, scope: str | None = None) -> models.QuerySet[Badge]:
        """Return the rows of one scope, or all, with whom they name."""
        return super().rows_to_index(scope).select_related("person", "delegation__party")

    def title_in_index(self) -> Text:
        """Return the name of the person, else of the delegation, else the number."""
        return self.title

    @property
    def title(self) -> Text:
        """The name of the person, else of the delegation; a spare has its number alone."""
        if self.person is not None:
            return self.person.title
        return self.delegation.title if self.delegation is not None else Text({"en": f"No. {self.number}"})


class SigningKey(models.Model):
    """A key that signs passes and lists of an edition; the newest that is not retired signs."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="signing_keys")
    public = models.CharField(max_length=50, unique=True)
    private = EncryptedTextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.public


class GateList(models.Model):
    """The number of the list of an edition that gates keep: it grows with each change that concerns a gate."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="gate_list")
    revision = models.PositiveBigIntegerField(default=1)
    # When the matrix, a zone, a gate or a window changed last.
    rules_revision = models.PositiveBigIntegerField(default=1)
    # The highest number that a pass was given.
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.edition_id} {self.revision}"
