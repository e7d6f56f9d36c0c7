"""Encrypting every stored secret anew under the newest key, in batches, so that an old key can be dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast

from ejlas.core import secrets
from ejlas.core.fields import EncryptedTextField

BATCH = 200


@dataclass(slots=True)
class Rotation:
    """What a rotation did: how many secrets it encrypted anew, and how many stand under each key now."""

    n_done: int = 0
    in_use: Counter[str] = field(default_factory=Counter)

    @property
    def may_be_dropped(self) -> tuple[str, ...]:
        """The keys of this installation, by name, that no stored secret needs any more."""
        return tuple(name for name in secrets.key_ids()[1:] if not self.in_use[name])


def encrypted_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Yield every table of the installation that holds secrets, with the name of the column."""
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, EncryptedTextField):
                yield model, column.name


def rotate(*, progress: Callable[[str, int], None] | None = None) -> Rotation:
    """Encrypt what does not stand under the newest key anew; a rotation that was stopped goes on when called again.

    Each batch is a transaction of its own. Raises KeyMissing, SecretDamaged; what was done by then stays done.
    """
    done = Rotation()
    for model, name in encrypted_fields():
        while n_batch := _rotate_batch(model, name):
            done.n_done += n_batch
            if progress:
                progress(f"{model._meta.label}.{name}", done.n_done)
        done.in_use += _in_use(model, name)
    return done


def _raw(model: type[models.Model], name: str) -> models.QuerySet[models.Model]:
    # As text, so that the field neither decrypts it nor refuses the comparison.
    return model._base_manager.annotate(raw_secret=Cast(name, models.TextField())).filter(**{f"{name}__isnull": False})


@transaction.atomic
def _rotate_batch(model: type[models.Model], name: str) -> int:
    mark = f"{secrets.current_key_id()}{secrets.MARK}"
    old = _raw(model, name).exclude(raw_secret__startswith=mark).order_by("pk").select_for_update()
    batch = list(old.values_list("pk", "raw_secret")[:BATCH])
    for key, stored in batch:
        model._base_manager.filter(pk=key).update(**{name: secrets.decrypt(stored)})
    return len(batch)


def _in_use(model: type[models.Model], name: str) -> Counter[str]:
    stored = _raw(model, name).values_list("raw_secret", flat=True).iterator(chunk_size=2000)
    return Counter(secret.partition(secrets.MARK)[0] for secret in stored)
