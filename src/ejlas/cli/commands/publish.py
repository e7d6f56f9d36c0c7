"""`ejlas publish EDITION`: the next public version."""

from __future__ import annotations

from argparse import Namespace

from django.utils import timezone
from django.utils.translation import gettext as _

from ejlas.accounts import queries as accounts
from ejlas.cli import session
from ejlas.forum import queries as forum
from ejlas.journeys.publish_edition import publish_edition


def run(options: Namespace) -> int:
    """Publish the edition; 0 also when nothing differs from the last version."""
    session.ready_database()
    number, is_new = published(options.edition, note=options.note)
    if options.json:
        session.answer_json({"edition": options.edition, "number": number, "is_new": is_new})
    elif is_new:
        session.answer(
            _("%(edition)s: version %(number)d is published.") % {"edition": options.edition, "number": number}
        )
    else:
        values = {"edition": options.edition, "number": number}
        session.answer(_("%(edition)s: nothing differs from version %(number)d, which stays.") % values)
    return session.OK


def published(slug: str, *, note: str) -> tuple[int, bool]:
    """Publish an edition; return the number of its newest version, and whether that is new."""
    edition = forum.edition(slug)
    if edition is None:
        raise session.no_edition(slug, forum.edition_slugs())
    publication = publish_edition(edition=edition, note=note, by=accounts.system_account(), at=timezone.now())
    if publication:
        return publication.number, True
    newest = forum.published_edition(slug)
    return newest.number if newest else 0, False
