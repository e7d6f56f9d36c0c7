"""Keys of the API: shown once, kept as a hash, ended by their date, their person, or the person's end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from ejlas.accounts import operations, queries
from ejlas.accounts.forms import ApiKeyForm
from ejlas.accounts.models import ApiKey, User
from ejlas.accounts.rules import Scope, scope_allows
from ejlas.core.audit.models import Line

pytestmark = pytest.mark.django_db
AT = datetime(2025, 11, 1, 9, 0, tzinfo=UTC)
END = AT + timedelta(days=30)


@pytest.fixture
def person() -> User:
    return User.objects.create(email="person@example.org", name="Person")


def make(person: User, **values) -> tuple[ApiKey, str]:
    wanted = {"name": "Import", "scopes": [Scope.WRITE], "ends_at": END, "at": AT, **values}
    return operations.make_key(user=person, by=person, **wanted)


def test_token_is_returned_once_and_kept_as_a_hash(person):
    key, token = make(person)

    kept = str(ApiKey.objects.values().get())

    assert token.startswith(f"ejlas_{key.prefix}_")
    assert token not in kept
    assert token.rpartition("_")[2] not in kept
    assert key.scopes == ["read", "write"]
    assert queries.key_by_token(token, at=AT) == key


def test_key_ends_by_its_date_by_its_person_and_with_its_person(person):
    key, token = make(person)
    _other, revoked = make(person)
    operations.revoke_key(key=_other, by=person, at=AT)

    assert queries.key_by_token(token, at=END - timedelta(seconds=1)) == key
    assert queries.key_by_token(token, at=END) is None
    assert queries.key_by_token(revoked, at=AT) is None
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert queries.key_by_token(token, at=AT) is None


@pytest.mark.parametrize("token", ["", "ejlas_", "ejlas_00000000_" + "0" * 64, "x" * 10_000, "ejlas_é_" + "0" * 64])
def test_what_is_no_token_opens_nothing(token):
    assert queries.key_by_token(token, at=AT) is None


def test_key_and_its_end_are_in_the_trail_without_the_token(person):
    key, token = make(person)
    operations.revoke_key(key=key, by=person, at=AT)
    operations.revoke_key(key=key, by=person, at=AT)

    lines = list(Line.objects.select_related("held").order_by("number"))

    assert [line.event for line in lines] == ["accounts.key.added", "accounts.key.removed"]
    assert [line.subject for line in lines] == [f"{person.pk} {key.prefix}"] * 2
    assert token.rpartition("_")[2] not in str([line.held.values for line in lines])


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"ends_at": AT}, operations.EndsInThePast),
        ({"ends_at": AT + timedelta(days=400)}, operations.KeyLastsTooLong),
    ],
)
def test_end_lies_ahead_and_not_too_far(person, values, error):
    with pytest.raises(error):
        make(person, **values)


def test_system_account_and_one_shut_out_have_no_keys(person):
    person.is_active = False
    person.save()

    for account in (queries.system_account(), person):
        with pytest.raises(operations.NoKeyForThisAccount):
            make(account)


def test_a_person_has_twenty_keys_in_force_at_most(person):
    keys = [make(person)[0] for _ in range(20)]

    with pytest.raises(operations.TooManyKeys):
        make(person)

    operations.revoke_key(key=keys[0], by=person, at=AT)
    assert make(person)[0].pk


def test_use_is_noted_once_a_minute(person, django_assert_num_queries):
    key, _token = make(person)

    operations.note_key_used(key=key, at=AT)
    key.refresh_from_db()
    with django_assert_num_queries(0):
        operations.note_key_used(key=key, at=AT + timedelta(seconds=59))
    operations.note_key_used(key=key, at=AT + timedelta(seconds=60))

    key.refresh_from_db()
    assert key.last_used_at == AT + timedelta(seconds=60)


def test_keys_of_another_person_are_not_found(person):
    other = User.objects.create(email="other@example.org", name="Other")
    key, _token = make(person)

    assert queries.keys_of(other) == []
    assert queries.key_of(other, key.prefix) is None
    assert queries.key_of(person, key.prefix) == key


def test_every_key_reads_and_writes_only_by_its_scope():
    assert scope_allows([], Scope.READ)
    assert scope_allows(["plan"], Scope.PLAN)
    assert not scope_allows(["read", "plan"], Scope.WRITE)


def test_form_offers_a_day_in_reach_and_speaks_the_language():
    today = timezone.localdate()
    form = ApiKeyForm({"name": "Import", "scopes": ["read"], "ends_on": str(today + timedelta(days=400))})
    past = ApiKeyForm({"name": "", "scopes": ["all"], "ends_on": str(today - timedelta(days=1))})
    good = ApiKeyForm({"name": "Import", "scopes": ["read"], "ends_on": str(today + timedelta(days=365))})

    with translation.override("en"):
        assert "ends_on" in form.errors
        assert set(past.errors) == {"name", "scopes", "ends_on"}
    assert good.is_valid()
