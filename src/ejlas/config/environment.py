"""Readers of environment variables; each names the variable when its value cannot be used."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


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
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as made:
            made.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    except OSError as fault:
        raise ImproperlyConfigured(f"{name} is not set and {file} cannot be written: {fault.strerror}") from fault
    return file.read_text()


def database_from(url: str) -> dict[str, Any]:
    """Return Django's settings for a database address, sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:] if parts.path.startswith("//") else parts.path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
            },
        }
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(f"DATABASE_URL begins with {parts.scheme!r}; write sqlite or postgresql")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}, **options},
    }
