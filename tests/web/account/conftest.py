"""Passwords are hashed fast, limits start anew, and mails in the queue are carried out."""

from __future__ import annotations

from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult


@pytest.fixture(autouse=True)
def quick_and_fresh(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    forget_limits()


def forget_limits():
    """Count anew from now on. Redis is shared with the tests beside: so another name for the keys, and no clearing."""
    caches["default"].key_prefix = uuid4().hex


@pytest.fixture
def posted(django_capture_on_commit_callbacks, mailoutbox):
    """Give the mails of what is done meanwhile: committed, queued, and delivered."""

    @contextmanager
    def carry():
        mails = []
        with django_capture_on_commit_callbacks(execute=True):
            yield mails
        before = len(mailoutbox)
        for row in DBTaskResult.objects.filter(task_path="ejlas.core.mail.tasks.deliver"):
            import_string(row.task_path).func(**row.args_kwargs["kwargs"])
            row.delete()
        mails += mailoutbox[before:]

    return carry
