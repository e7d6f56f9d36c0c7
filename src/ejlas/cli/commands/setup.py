"""`ejlas setup`: the first account of an installation, for the head of the secretariat."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ejlas.accounts import operations, queries
from ejlas.accounts.rules import Role
from ejlas.cli import session

LINK_HOLDS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The account to be made; without a password, a link leads to setting one."""

    email: str
    name: str
    language: str
    password: str | None


def run(options: Namespace) -> int:
    """Make the account of a head of every edition, and say what comes next."""
    if session.pending_migrations():
        session.say(_("Preparing the database …"))
        session.migrate()
    if queries.has_people() and not options.add:
        session.say(_("There are accounts already: nothing was changed."))
        raise session.Refused(_("To make one more head of the secretariat, say “ejlas setup --add”."))
    wanted = _wanted(options)
    translation.activate(wanted.language)
    token = make(wanted)
    session.answer(_("%(name)s is head of the secretariat, for every edition.") % {"name": wanted.name})
    if token:
        address = f"{settings.SITE}{reverse('account:link', args=[token])}"
        session.answer(_("Set a password here, once, within 24 hours: %(address)s") % {"address": address})
    session.answer(
        _("Next: “ejlas serve”, sign in at %(address)s and make an edition.") % {"address": f"{settings.SITE}/desk/"}
    )
    return session.OK


@transaction.atomic
def make(wanted: Wanted) -> str | None:
    """Make the account, or take the one of the address; return a link's token where no password was given."""
    by, now = queries.system_account(), timezone.now()
    known = queries.user_by_email(wanted.email)
    user = known or operations.add_user(
        email=wanted.email, name=wanted.name, language=wanted.language, password=wanted.password, by=by, at=now
    )
    operations.grant_role(user=user, role=Role.HEAD, edition="", by=by, at=now)
    if known:
        # Who comes to the machine for this has lost the phone, too.
        return operations.start_over(user=user, by=by, at=now, expires_at=now + LINK_HOLDS)
    if wanted.password:
        return None
    return operations.make_sign_in_link(user=user, by=by, at=now, expires_at=now + LINK_HOLDS)


def _wanted(options: Namespace) -> Wanted:
    asks = not options.no_input and sys.stdin.isatty()
    email = _value(options.email, "--email", _("E-mail address"), asks=asks, check=_email)
    known = queries.user_by_email(email)
    if known is not None:
        return Wanted(known.email, known.name, known.language, None)
    name = _value(options.name, "--name", _("Name"), asks=asks, check=_name)
    question = f"{_('Language')} ({', '.join(code for code, _own in settings.LANGUAGES)}) [en]"
    asked_for = options.account_language or options.language
    language = _value(asked_for, "--language", question, asks=asks, check=_language, default="en")
    return Wanted(email, name, language, _password(options, email, name, asks=asks))


def _value(
    given: str | None, option: str, question: str, *, asks: bool, check: Callable[[str], str], default: str = ""
) -> str:
    if given is None and not asks:
        given = default
        if not given:
            raise session.Refused(_("%(option)s is missing.") % {"option": option})
    while True:
        try:
            return check(given if given is not None else _asked(question) or default)
        except ValueError as fault:
            if given is not None:
                raise session.Refused(f"{option}: {fault}") from fault
            session.say(str(fault))


def _asked(question: str) -> str:
    return input(f"{question}: ").strip()


def _email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError(_("Write an address such as name@example.org.")) from None
    return value.lower()


def _name(value: str) -> str:
    words = " ".join(value.split())
    if not words or len(words) > 200:
        raise ValueError(_("Write a name of at most 200 characters."))
    return words


def _language(value: str) -> str:
    known = [code for code, _own in settings.LANGUAGES]
    if value not in known:
        raise ValueError(_("There are: %(known)s.") % {"known": ", ".join(known)})
    return value


def _password(options: Namespace, email: str, name: str, *, asks: bool) -> str | None:
    if options.password_stdin:
        try:
            return _strong(sys.stdin.readline().rstrip("\r\n"), email, name)
        except ValueError as fault:
            raise session.Refused(f"--password-stdin: {fault}") from fault
    while asks:
        typed = getpass.getpass(_("Password (at least 12 characters; empty for a link): "))
        if not typed:
            break
        try:
            strong = _strong(typed, email, name)
        except ValueError as fault:
            session.say(str(fault))
            continue
        if getpass.getpass(_("Once more: ")) == strong:
            return strong
        session.say(_("The two differ."))
    return None


def _strong(password: str, email: str, name: str) -> str:
    try:
        validate_password(password, queries.person_to_be(email=email, name=name))
    except ValidationError as weak:
        raise ValueError(" ".join(weak.messages)) from None
    return password
