"""Secrets: what stands in the database, what may be asked of it, and the change of keys."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps

from ejlas.config import environment
from ejlas.core import rotation, secrets
from ejlas.core.fields import EncryptedTextField

OLD, NEW = secrets.new_key(), secrets.new_key()


with isolate_apps("ejlas.core.audit"):

    class Held(models.Model):
        """A table with a secret, for these tests alone."""

        secret = EncryptedTextField(null=True)

        class Meta:
            app_label = "audit"


@pytest.fixture
def table(transactional_db, monkeypatch):
    with connection.schema_editor() as editor:
        editor.create_model(Held)
    monkeypatch.setattr(rotation, "encrypted_fields", lambda: [(Held, "secret")])
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Held)


def raw() -> list[str | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM audit_held ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_secret_stands_encrypted_and_comes_back(table):
    Held.objects.create(secret="دریا and sea")

    stored = raw()[0]

    assert "sea" not in stored
    assert stored.startswith(f"{secrets.current_key_id()}.")
    assert Held.objects.get().secret == "دریا and sea"


def test_the_empty_text_and_none_stay_apart(table):
    empty = Held.objects.create(secret="")
    nothing = Held.objects.create(secret=None)

    empty.refresh_from_db()
    nothing.refresh_from_db()

    assert (empty.secret, nothing.secret) == ("", None)
    assert raw()[1] is None
    assert Held.objects.get(secret__isnull=True) == nothing


@pytest.mark.parametrize("lookup", ["secret", "secret__startswith", "secret__in", "secret__length", "secret__gt"])
def test_nothing_is_looked_up_by_a_secret(table, lookup):
    with pytest.raises(FieldError, match="encrypted"):
        list(Held.objects.filter(**{lookup: "word"}))


def test_missing_key_is_named_and_a_damaged_secret_is_never_garbage(table, settings):
    settings.FIELD_KEYS = [OLD]
    Held.objects.create(secret="word")

    settings.FIELD_KEYS = [NEW]
    with pytest.raises(secrets.KeyMissing, match=secrets.key_id(OLD)):
        Held.objects.get()

    for stored in ["word", f"{secrets.key_id(NEW)}.word", f"{secrets.key_id(NEW)}.{raw()[0].partition('.')[2]}"]:
        with pytest.raises(secrets.SecretDamaged):
            secrets.decrypt(stored)


def test_rotation_is_done_in_batches_goes_on_and_says_what_may_be_dropped(table, settings, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    settings.FIELD_KEYS = [OLD]
    for number in range(5):
        Held.objects.create(secret=f"word {number}")
    Held.objects.create(secret=None)
    settings.FIELD_KEYS = [NEW, OLD]
    assert rotation._rotate_batch(Held, "secret") == 2  # then it was stopped
    assert sum(value.startswith(secrets.key_id(OLD)) for value in raw() if value) == 3

    done = rotation.rotate()

    assert (done.n_done, done.may_be_dropped) == (3, (secrets.key_id(OLD),))
    settings.FIELD_KEYS = [NEW]
    assert [held.secret for held in Held.objects.order_by("pk")] == [*(f"word {n}" for n in range(5)), None]
    assert rotation.rotate().n_done == 0


def test_rotation_stops_at_a_secret_whose_key_is_gone(table, settings):
    settings.FIELD_KEYS = [OLD]
    Held.objects.create(secret="word")
    settings.FIELD_KEYS = [NEW]

    with pytest.raises(secrets.KeyMissing):
        rotation.rotate()

    settings.FIELD_KEYS = [OLD]
    assert Held.objects.get().secret == "word"


def test_keyed_hash_finds_a_token_again_and_differs_by_purpose():
    first = secrets.keyed_hash("token", purpose="api-key")

    assert first == secrets.keyed_hash("token", purpose="api-key")
    assert first != secrets.keyed_hash("token", purpose="invitation")
    assert first != secrets.keyed_hash("token2", purpose="api-key")
    assert len(first) == 64
    assert secrets.same_hash(first, first)
    assert not secrets.same_hash(first, secrets.keyed_hash("token", purpose="invitation"))


def test_keys_are_made_once_and_read_newest_first(tmp_path, monkeypatch):
    monkeypatch.delenv("EJLAS_FIELD_KEYS", raising=False)
    file = tmp_path / "var" / "field_keys"

    made = environment.env_keys("EJLAS_FIELD_KEYS", file)
    file.write_text(f"{NEW}\n{made[0]}\n")

    assert environment.env_keys("EJLAS_FIELD_KEYS", file) == [NEW, made[0]]
    assert file.stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("EJLAS_FIELD_KEYS", f"{OLD}, {NEW}")
    assert environment.env_keys("EJLAS_FIELD_KEYS", file) == [OLD, NEW]


@pytest.mark.parametrize("value", ["short", f"{OLD},{NEW[:-4]}", "é" * 44], ids=["short", "cut", "letters"])
def test_wrong_key_stops_the_start_and_is_not_shown(value, monkeypatch, tmp_path):
    monkeypatch.setenv("EJLAS_FIELD_KEYS", value)

    with pytest.raises(ImproperlyConfigured) as fault:
        environment.env_keys("EJLAS_FIELD_KEYS", tmp_path / "none")

    assert "EJLAS_FIELD_KEYS: key" in str(fault.value)
    assert value not in str(fault.value)


def test_command_makes_a_key_and_rotates(tmp_path):
    environ = {**os.environ, "EJLAS_VAR": str(tmp_path), "DATABASE_URL": ""}

    made = subprocess.run(
        [sys.executable, "-m", "ejlas", "keys", "new"], env=environ, capture_output=True, text=True, check=True
    )
    keys = f"{made.stdout.strip()},{OLD}"
    turned = subprocess.run(
        [sys.executable, "-m", "ejlas", "keys", "rotate"],
        env={**environ, "EJLAS_FIELD_KEYS": keys},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "0 secrets were encrypted anew" in turned.stdout
    assert f"Nothing needs the key {secrets.key_id(OLD)} any more" in turned.stdout
