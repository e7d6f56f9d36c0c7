"""`ejlas export EDITION`: the published programme as files."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import cast

from django.utils.translation import gettext as _

from ejlas.cli import session
from ejlas.exports.content import Content
from ejlas.exports.documents import DOCUMENTS
from ejlas.forum import queries as forum


def run(options: Namespace) -> int:
    """Write the files, one for each language where the format has one, and name them."""
    session.ready_database()
    published = forum.published_edition(options.edition)
    if published is None:
        raise _unpublished(options.edition)
    if options.only and options.only not in published.languages:
        values = {"code": options.only, "known": ", ".join(published.languages)}
        raise session.Refused(_("The edition has no language “%(code)s”; it has: %(known)s.") % values)
    document = DOCUMENTS[options.format]
    content = cast(Content, forum.publication_content(published.publication_id))
    languages = (options.only,) if options.only else document.languages(published.languages)
    folder = _folder(options.output)
    written = []
    for language in languages:
        body = document.render(content, number=published.number, published_at=published.published_at, language=language)
        path = folder / document.file_name(published.slug, language)
        _write(path, body)
        written.append(str(path))
        if not options.json:
            session.answer(str(path))
    if options.json:
        session.answer_json({"edition": published.slug, "number": published.number, "files": written})
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
