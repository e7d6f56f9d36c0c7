"""`ejlas export EDITION`: the published programme, or the one-page report of readiness, as files."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Held, Role
from ejlas.cli import session
from ejlas.exports import readiness_report
from ejlas.exports.content import Content
from ejlas.exports.documents import DOCUMENTS
from ejlas.forum import queries as forum
from ejlas.planning.queries.ready.report import readiness_report as gathered

READINESS = "readiness"


def run(options: Namespace) -> int:
    """Write the files, one for each language where the format has one, and name them."""
    session.ready_database()
    if options.format == READINESS:
        return _readiness(options)
    published = forum.published_edition(options.edition)
    if published is None:
        raise _unpublished(options.edition)
    _require_language(options, published.languages)
    document = DOCUMENTS[options.format]
    content = cast(Content, forum.publication_content(published.publication_id))
    languages = (options.only,) if options.only else document.languages(published.languages)
    moment, number = published.published_at, published.number
    bodies = (
        (
            document.file_name(published.slug, language),
            document.render(content, number=number, published_at=moment, language=language),
        )
        for language in languages
    )
    return _written(options, bodies, {"edition": published.slug, "number": number})


def _readiness(options: Namespace) -> int:
    """Write the report of readiness as whoever runs the machine sees it: as the head of the secretariat."""
    edition = forum.edition(options.edition)
    if edition is None:
        raise session.no_edition(options.edition, forum.edition_slugs())
    _require_language(options, edition.languages)
    reader = accounts.guest(email="", name="ejlas", held=Held(Role.HEAD, edition.slug))
    at = timezone.now()
    report = gathered(edition, reader, at=at)
    bodies = (
        (f"{edition.slug}-readiness-{language}.pdf", readiness_report.render(report, language=language, at=at))
        for language in ([options.only] if options.only else edition.languages)
    )
    return _written(options, bodies, {"edition": edition.slug})


def _require_language(options: Namespace, known: Iterable[str]) -> None:
    if options.only and options.only not in known:
        values = {"code": options.only, "known": ", ".join(known)}
        raise session.Refused(_("The edition has no language “%(code)s”; it has: %(known)s.") % values)


def _written(options: Namespace, bodies: Iterable[tuple[str, bytes]], told: dict[str, Any]) -> int:
    """Write files by name, and tell each as it is there; in JSON all at the end."""
    folder = _folder(options.output)
    written = []
    for name, body in bodies:
        path = folder / name
        _write(path, body)
        written.append(str(path))
        if not options.json:
            session.answer(str(path))
    if options.json:
        session.answer_json(told | {"files": written})
    return session.OK


def _unpublished(slug: str) -> session.Refused:
    known = forum.edition_slugs()
    if slug not in known:
        return session.no_edition(slug, known)
    words = _("The edition “%(slug)s” is not published; run “ejlas publish %(slug)s” first.")
    return session.Refused(words % {"slug": slug})


def _folder(name: str) -> Path:
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        values = {"folder": name, "reason": fault.strerror}
        raise session.Refused(_("%(folder)s: cannot be made: %(reason)s; name another folder") % values) from fault
    return folder


def _write(path: Path, body: bytes) -> None:
    # A file is whole or not there: it gets its name only when all of it is written.
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(body)
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        values = {"file": str(path), "reason": fault.strerror}
        raise session.Refused(_("%(file)s: cannot be written: %(reason)s") % values, session.FAULT) from fault
