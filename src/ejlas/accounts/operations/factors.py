"""Second factors, which allauth keeps in tables of its own: their secrets, and forgetting them for a lost phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from ejlas.accounts.models import User
from ejlas.accounts.operations.grants import require_may_give
from ejlas.accounts.operations.links import make_sign_in_link
from ejlas.accounts.operations.sign_ins import end_other_sign_ins
from ejlas.core import mail, secrets
from ejlas.core.audit import operations as audit

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


@transaction.atomic
def start_over(*, user: User, by: User, at: datetime, expires_at: datetime) -> str:
    """Let a person who has lost phone and password begin anew; return the token of a link that signs in, once.

    Passkeys, apps, recovery codes, the password and every sign-in are forgotten; the roles stay. Raises NotYoursToGive.
    """
    require_may_give(by, "")
    n_factors, _by_table = Authenticator.objects.filter(user=user).delete()
    end_other_sign_ins(user=user, kept="", at=at)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    entry = audit.Entry("accounts.user.started_over", "user", str(user.pk), {"before": {"n_factors": n_factors}})
    audit.record([entry], scope="", by=by.name, at=at)
    return make_sign_in_link(user=user, by=by, at=at, expires_at=expires_at)


@transaction.atomic
def send_start_over(*, user: User, by: User, at: datetime, expires_at: datetime, address: Callable[[str], str]) -> None:
    """Let a person begin anew by a link in a mail; `address` turns its token into the whole address of its page.

    Raises NotYoursToGive.
    """
    token = start_over(user=user, by=by, at=at, expires_at=expires_at)
    values = {"name": user.name, "link": address(token)}
    mail.send(to=user.email, template="accounts/start_over", language=user.language, values=values)
