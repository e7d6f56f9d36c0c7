"""Tables of the forum, its editions and parties, the facts around them, and publications."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ejlas.core.fields import TranslatedField
from ejlas.core.files.models import StoredFile
from ejlas.core.index.models import Indexed
from ejlas.core.text import Text
from ejlas.forum import rules


def choices(enum: type[Any]) -> list[tuple[str, str]]:
    """Return the choices of a stored enum; the pages show its label from web.ui."""
    return [(member.value, member.name) for member in enum]


class Forum(Indexed):
    """A standing series of meetings."""

    slug = models.SlugField(max_length=60, unique=True)
    name = TranslatedField()
    description = TranslatedField()
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.slug


class Edition(Indexed):
    """One summit of a forum."""

    index_scope = "slug"

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="editions")
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    number = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    name = TranslatedField()
    motto = TranslatedField()
    summary = TranslatedField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    opens_at = models.DateTimeField(null=True)
    timezone = models.CharField(max_length=60)
    city = TranslatedField()
    country = models.CharField(max_length=2)
    languages = models.JSONField(default=list)
    fallback_languages = models.JSONField(default=list, blank=True)
    calendars = models.JSONField(default=list)
    colours = models.JSONField(default=list, blank=True)
    aims = models.JSONField(default=list, blank=True)
    host_office = TranslatedField()
    lead_ministry = TranslatedField()
    secretariat = TranslatedField()
    settings = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="edition_ends_after"),
            models.UniqueConstraint(fields=["forum", "number"], name="edition_number_is_unique"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the place."""
        return ZoneInfo(self.timezone)

    def index_languages(self) -> dict[str, list[str]]:
        """Return the languages of what belongs to the edition."""
        return {"languages": self.languages, "fallbacks": self.fallback_languages}


class OfEdition(Indexed):
    """What belongs to one edition and has an address in it."""

    index_scope = "edition__slug"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="%(class)s_set")
    slug = models.SlugField(max_length=60)
    position = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "slug"], name="%(app_label)s_%(class)s_slug_is_unique")
        ]
        # A page of a list is read in this order, however long the list is.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edition", "position"], name="%(app_label)s_%(class)s_order")
        ]

    def __str__(self) -> str:
        return self.slug


class Sourced(OfEdition):
    """What rests on sources, named by their slugs."""

    sources = models.JSONField(default=list, blank=True)
    confidence = models.CharField(max_length=10, choices=choices(rules.Confidence), default=rules.Confidence.MEDIUM)

    class Meta(OfEdition.Meta):
        abstract = True


class Source(OfEdition):
    """A public page that facts rest on."""

    index_words = ("url",)

    url = models.TextField(blank=True)
    title = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True)
    language = models.CharField(max_length=20, default="en")
    note = TranslatedField()

    def title_in_index(self) -> Text:
        """Return the title of the page, in the language of the page."""
        return Text({self.language: self.title})


class Claim(OfEdition):
    """A fact on which sources disagree; `versions` keeps each with its sources."""

    index_title = "subject"

    subject = TranslatedField()
    versions = models.JSONField(default=list)


class Mandate(Sourced):
    """A decision on which the hosting rests: who took it, when, and the document that holds it."""

    index_title = "wording"
    index_words = ("number",)

    kind = models.CharField(max_length=20, choices=choices(rules.MandateKind), default=rules.MandateKind.HOSTING)
    wording = TranslatedField()
    decided_by = TranslatedField()
    decided_on = models.DateField(null=True)
    document = TranslatedField()
    number = models.CharField(max_length=100, blank=True)
    # Of an agreement: who signed it. Decisions of every kind may come into force on a later day.
    signatories = TranslatedField()
    in_force_on = models.DateField(null=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")


class Duty(OfEdition):
    """One line of the split of duties."""

    index_title = "task"

    task = TranslatedField()
    bearer = models.CharField(max_length=20, choices=choices(rules.DutyBearer))
    supported_by = models.JSONField(default=list, blank=True)


class Milestone(Sourced):
    """A dated step of the preparation."""

    index_title = "wording"

    date = models.DateField()
    wording = TranslatedField()

    class Meta(Sourced.Meta):
        ordering: ClassVar[list[str]] = ["date", "position", "pk"]


class Party(Sourced):
    """A region, city, state or organisation that is invited."""

    index_words = ("iso",)

    kind = models.CharField(max_length=20, choices=choices(rules.PartyKind))
    role = models.CharField(max_length=20, choices=choices(rules.PartyRole))
    country = models.CharField(max_length=2, blank=True)
    iso = models.CharField(max_length=6, blank=True)
    name = TranslatedField()
    seat = TranslatedField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    languages = models.JSONField(default=list)
    head_office = TranslatedField()
    head_attendance = models.CharField(max_length=20, choices=choices(rules.Attendance))
    represented_by = TranslatedField()
    rank_class = models.PositiveSmallIntegerField(default=5, validators=[MinValueValidator(1), MaxValueValidator(9)])
    arrives_at = models.DateTimeField(null=True)
    departs_at = models.DateTimeField(null=True)
    note = TranslatedField()


class Office(Sourced):
    """An office that takes part beside the parties."""

    name = TranslatedField()
    role = TranslatedField()
    party = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL, related_name="offices")
    country = models.CharField(max_length=2, blank=True)
    rank_class = models.PositiveSmallIntegerField(default=5, validators=[MinValueValidator(1), MaxValueValidator(9)])
    attendance = models.CharField(max_length=20, choices=choices(rules.Attendance))


class Publication(models.Model):
    """What the public sees of an edition, as it stood at one moment; never changed afterwards."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="publications")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(db_index=True)
    published_by = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    # Copied from the content: every request asks for these, and none should read half a megabyte for them.
    languages = models.JSONField(default=list)
    fallback_languages = models.JSONField(default=list)
    colours = models.JSONField(default=list)
    content = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="publication_number_is_unique")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.number}"


class PublishedText(models.Model):
    """A feed of a publication, made together with it: the same however often it is fetched."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="texts")
    form = models.CharField(max_length=10)
    language = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "form", "language"], name="published_text_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.language}"
