"""What allauth calls: who may sign in, where it leads, which sentences it speaks, how its mails leave."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ejlas.accounts import permissions
from ejlas.accounts.models import User
from ejlas.accounts.rules import device_of
from ejlas.core import languages, mail, secrets

ACCOUNT_PAGE = "/account/"


def home_of(user: Any) -> str:
    """Return the address of a person's door; who has several, or none, chooses on the page of the account."""
    doors = permissions.doors_open_to(user)
    return f"/{doors[0].value}/" if len(doors) == 1 else ACCOUNT_PAGE


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by e-mail address, by invitation only."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the secretariat."),
        "email_password_mismatch": _("The e-mail address and the password do not belong together."),
        "email_taken": _("This address belongs to another account."),
        "duplicate_email": _("This is your address already."),
        "same_as_current": _("This is your address already."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code does not hold. Codes of an app change every 30 seconds; try the next one."),
        "invalid_or_expired_key": _("This link does not hold any more."),
        "invalid_password_reset": _("This link does not hold any more."),
        "rate_limited": _("Too many attempts. Wait one minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account alone: the secretariat invites."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only a path of this site is followed; an absolute address never is, not even our own."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead a person to the door of his roles."""
        return home_of(request.user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account, where the message stands."""
        return ACCOUNT_PAGE

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Lead to the account; who is not signed in signs in on the way."""
        return ACCOUNT_PAGE

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse after too many wrong passwords, and say for how long and what works meanwhile."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise ValidationError(_until(minutes_closed(request, key)), code="too_many_login_attempts") from None

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of allauth's mails in the language of the person it goes to, with what its template may show."""
        person = context.get("user") or User.objects.filter(email__iexact=email).first() or self.request.user
        browser, system = device_of(context.get("user_agent", ""))
        values = {
            "name": person.name,
            "link": context.get("password_reset_url") or context.get("activate_url", ""),
            "address": context.get("to_email") or email,
            "browser": browser,
            "system": system,
        }
        mail.send(
            to=email,
            template=f"accounts/{template_prefix.rpartition('/')[2]}",
            language=person.language,
            values=values,
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        """Say nothing: a stranger's address was typed by somebody else; its owner has asked for nothing."""


def minutes_closed(request: HttpRequest, key: str) -> int:
    """Return in how many minutes, rounded up, the next attempt to sign in is heard."""
    now = time.time()
    waits = [1.0]
    for rate in ratelimit.get_rates(app="allauth.account", action="login_failed", config=app_settings.RATE_LIMITS):
        name = ratelimit.get_cache_key(request, app="allauth.account", action="login_failed", rate=rate, key=key)
        attempts = [moment for moment in cache.get(name, []) if moment > now - rate.duration]
        if len(attempts) >= rate.amount:
            waits.append(attempts[rate.amount - 1] + rate.duration - now)
    return max(1, int(-(-max(waits) // 60)))


def _until(minutes: int) -> str:
    closed = ngettext(
        "Too many wrong attempts. Sign-in by password opens again in %(minutes)s minute.",
        "Too many wrong attempts. Sign-in by password opens again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": languages.number(minutes, get_language() or "en")}
    return f"{closed} {gettext('A passkey works meanwhile, and so does a new password by e-mail.')}"


class FactorsAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys, codes of an app, recovery codes."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Recovery codes need an app with codes or a passkey first."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        """Keep the secrets of apps and recovery codes as every other secret is kept."""
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read what `encrypt` wrote. Raises KeyMissing, SecretDamaged."""
        return secrets.decrypt(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        """Name a new passkey until its owner does."""
        return gettext("My passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the site as a passkey's window shows it."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Ejlas"}


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The host's own sign-in; it opens accounts that exist and makes none."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultSocialAccountAdapter.error_messages,
        "invalid_token": _("The answer of the sign-in provider cannot be used. Try again."),
    }

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Lead to the account: there is no page of connections."""
        return ACCOUNT_PAGE

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody makes an account alone: the secretariat invites."""
        return False
