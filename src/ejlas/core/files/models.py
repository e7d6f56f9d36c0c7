"""The table of uploaded files. The bytes stand in the storage, each file under a seal of its own, which stands here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ejlas.core.fields import EncryptedTextField
from ejlas.core.files import rules


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Files, in chains."""

    def kept(self) -> StoredFileQuerySet:
        """Those whose bytes are there."""
        return self.filter(purged_at=None)

    def of(self, scope: str, purpose: str = "") -> StoredFileQuerySet:
        """Those of an edition, and of one purpose if that is named."""
        found = self.filter(scope=scope)
        return found.filter(purpose=purpose) if purpose else found

    def without_secrets(self) -> StoredFileQuerySet:
        """For lists: what is encrypted is opened only where it is asked for."""
        return self.defer("name", "seal")


class StoredFile(models.Model):
    """A file that a person sent; when its bytes are removed the row stays as the proof."""

    key = models.SlugField(max_length=40, unique=True)
    scope = models.CharField(max_length=100, blank=True)
    purpose = models.CharField(max_length=30)
    media_type = models.CharField(max_length=100)
    n_bytes = models.PositiveBigIntegerField()
    name = EncryptedTextField(default="")
    # Under the keys of the fields, so the change of those keys reaches every file and touches no byte in the storage.
    seal = EncryptedTextField(null=True)
    stored_at = models.DateTimeField()
    stored_by = models.CharField(max_length=200)
    purged_at = models.DateTimeField(null=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scope", "purpose", "stored_at"], name="files_by_purpose")]
        constraints = [
            models.CheckConstraint(
                condition=Q(purged_at=None, seal__isnull=False) | Q(purged_at__isnull=False, seal__isnull=True),
                name="files_purged_has_no_seal",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.key}"

    @property
    def place(self) -> str:
        """Where in the storage the bytes stand."""
        return rules.place_of(self.key)

    @property
    def is_kept(self) -> bool:
        """Whether the bytes are there."""
        return self.purged_at is None
