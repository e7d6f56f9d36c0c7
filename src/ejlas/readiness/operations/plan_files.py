"""Plans and templates that were sent: kept until they are taken over or thrown away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.errors import RuleBroken, marked
from ejlas.forum.models import Edition
from ejlas.readiness.models import PlanFile
from ejlas.readiness.operations.obligations import new_slug
from ejlas.readiness.rules.plan.values import FileKind

MOST_FILES = 10
EVENT = "readiness.plan-file"


class TooManyFiles(RuleBroken):
    """Files were left unfinished."""

    message = marked("Finish or throw away one of the files that were sent before: %(most)d wait already.")


@transaction.atomic
def keep_file(*, edition: Edition, kind: FileKind, name: str, content: str, by: User, at: datetime) -> PlanFile:
    """Keep what was sent until it is taken over. Raises TooManyFiles."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    if PlanFile.objects.filter(edition=edition, kind=kind).count() >= MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    made = PlanFile.objects.create(
        slug=new_slug(), edition=edition, kind=kind, name=name[:200], content=content, added_at=at, added_by=by.name
    )
    _note("added", made, by, at)
    return made


@transaction.atomic
def discard_file(*, file: PlanFile, by: User, at: datetime) -> None:
    """Throw away what was sent; what was taken over from it stays."""
    _note("removed", file, by, at)
    file.delete()


def _note(what: str, file: PlanFile, by: User, at: datetime) -> None:
    entry = Entry(f"{EVENT}.{what}", "plan-file", file.slug, {"after": {"name": file.name, "kind": file.kind}})
    audit.record([entry], scope=file.edition.slug, by=by.name, at=at)
