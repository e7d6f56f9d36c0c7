"""Secrets of second factors, which allauth keeps in tables of its own."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from ejlas.core import secrets

SECRETS = ("secret", "seed")


@transaction.atomic
def renew_factor_secrets() -> int:
    """Encrypt the secrets of apps and recovery codes under the newest key; return how many rows were written.

    Raises KeyMissing, SecretDamaged.
    """
    n_renewed = 0
    for row in Authenticator.objects.select_for_update().iterator():
        held = {name: row.data[name] for name in SECRETS if name in row.data}
        if held:
            row.data |= {name: secrets.encrypt(secrets.decrypt(value)) for name, value in held.items()}
            row.save(update_fields=["data"])
            n_renewed += 1
    return n_renewed
