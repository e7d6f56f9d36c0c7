"""Why a test of pages need not run on a second database: said once here, and pointed at by the tests."""

from __future__ import annotations

import pytest

_same = pytest.mark.same_on_any_database

# One role of each door stays on both, so that every query behind a page runs on PostgreSQL too.
PERMISSIONS = _same("Who may do what is decided in Python, from the roles that were read")
WORDS = _same("Sentences come from the templates and the catalogues, never from the database")
FORMS = _same("A form judges what is sent, and refuses it, before anything is written")
