"""Readers of environment variables; each names the variable when its value cannot be used."""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from ejlas.core.secrets import new_key

Network = IPv4Network | IPv6Network


def env_str(name: str, default: str) -> str:
    """Return the variable as it stands, or the default where it is absent or empty."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, *, default: bool) -> bool:
    """Return the variable as yes or no; it may be written 1, 0, true, false, yes, no, on, off."""
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    value = env_str(name, str(int(default))).lower()
    if value not in words:
        raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0")
    return words[value]


def env_int(name: str, default: int, *, least: int, most: int) -> int:
    """Return the variable as a whole number between `least` and `most`."""
    value = env_str(name, str(default))
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number") from None
    if not least <= number <= most:
        raise ImproperlyConfigured(f"{name} is {number}; write a number from {least} to {most}")
    return number


def env_list(name: str, default: list[str]) -> list[str]:
    """Return the comma-separated values of the variable."""
    values = [part.strip() for part in env_str(name, "").split(",") if part.strip()]
    return values or default


def env_url(name: str, default: str) -> str:
    """Return the variable as an address with a scheme."""
    value = env_str(name, default)
    if value and not urlsplit(value).scheme:
        raise ImproperlyConfigured(f"{name} is not an address; write it as scheme://host/name")
    return value


def env_secret(name: str, file: Path) -> str:
    """Return the secret of the variable; without it, that of `file`, which is made on the first start."""
    value = env_str(name, "")
    if value:
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} is too short; write at least 32 characters")
        return value
    return _kept_in(file, secrets.token_urlsafe(50), name)


def env_keys(name: str, file: Path) -> list[str]:
    """Return the encryption keys of the variable, newest first; without it, those of `file`, made on the first start.

    A key is 32 bytes in base64, as `ejlas keys new` prints one.
    """
    value = env_str(name, "")
    source = name if value else f"{name} is not set and {file}"
    keys = (value or _kept_in(file, new_key(), name)).replace(",", " ").split()
    if not keys:
        raise ImproperlyConfigured(f"{source} holds no key; take one from “ejlas keys new”")
    for number, key in enumerate(keys, start=1):
        try:
            length = len(base64.b64decode(key, altchars=b"-_", validate=True))
        except (binascii.Error, ValueError):
            length = 0
        if length != 32:
            raise ImproperlyConfigured(f"{source}: key {number} is no key; take one from “ejlas keys new”")
    return list(dict.fromkeys(keys))


def _kept_in(file: Path, value: str, name: str) -> str:
    """Return what a file for its owner alone holds; where there is none, it is made with this value."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as made:
            made.write(value)
    except FileExistsError:
        pass
    except OSError as fault:
        raise ImproperlyConfigured(f"{name} is not set and {file} cannot be written: {fault.strerror}") from fault
    return file.read_text()


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """Return the variable as one of a few words."""
    value = env_str(name, default).lower()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; write {', '.join(choices[:-1])} or {choices[-1]}")
    return value


def env_networks(name: str) -> tuple[Network, ...]:
    """Return the comma-separated addresses and networks of the variable; none without it."""
    networks = []
    for value in env_list(name, []):
        try:
            networks.append(ip_network(value))
        except ValueError:
            raise ImproperlyConfigured(f"{name} holds {value!r}; write 10.0.0.7 or 10.0.0.0/24") from None
    return tuple(networks)


def env_mailbox(name: str, default: str) -> str:
    """Return the variable as an e-mail address, which may have a name before it."""
    value = env_str(name, default)
    if not re.fullmatch(r"[^@<>\r\n]*<[^@\s<>]+@[^@\s<>]+>|[^@\s<>]+@[^@\s<>]+", value):
        raise ImproperlyConfigured(f"{name} is {value!r}; write name@example.org or Name <name@example.org>")
    return value


def env_token(name: str) -> str:
    """Return the variable as a word that nobody guesses; empty without it."""
    value = env_str(name, "")
    if value and len(value) < 16:
        raise ImproperlyConfigured(f"{name} is too short; write at least 16 characters")
    return value
