"""`ejlas demo`: the example loaded, planned, published and served; what is done already is not done again."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ejlas.cli import session
from ejlas.cli.commands import load, plan, publish, serve
from ejlas.cli.commands.check import checked
from ejlas.core import languages
from ejlas.forum import queries as forum
from ejlas.journeys import demo_people
from ejlas.journeys.summit_file import check
from ejlas.planning import queries as planning


def run(options: Namespace) -> int:
    """Prepare the example where it is not prepared yet, then serve it in the foreground."""
    started = monotonic()
    if os.environ.get("EJLAS_END_WITH_PARENT"):
        serve.end_with_parent()
    serve.require_free(options.host, options.port)
    # At a terminal a line for each request would hide what there is to read.
    os.environ.setdefault("EJLAS_LOG_LEVEL", "warning")
    if session.pending_migrations():
        session.say(_("Preparing the database …"))
        session.migrate()
    slug = check.slug_of(session.read_input(options.file))
    if slug is None or not forum.published_edition(slug):
        slug = prepare(options)
    session.say(_("Ready after %(seconds)d s.") % {"seconds": monotonic() - started})
    address = serve.address(options)
    links = write_links(slug, address)
    show(slug, address)
    if links:
        session.answer(_("Links that sign in, one for each role, once: %(file)s") % {"file": links})
    return serve.serve(options)


def prepare(options: Namespace) -> str:
    """Load, plan and publish the summit of the file; a part that a stopped start had finished is kept."""
    summit = checked(options.file)
    if summit is None:
        raise SystemExit(session.BAD_INPUT)
    slug = summit.edition.slug
    session.say(_("Loading %(file)s …") % {"file": options.file})
    load.report(load.loaded(summit), slug=slug)
    edition = forum.edition(slug)
    if edition and summit.bilaterals and not planning.accepted_run(edition):
        session.say(_("Planning the bilaterals …"))
        plan.report(plan.planned(slug, seconds=options.seconds, workers=2, seed=1), in_full=False)
    number, _is_new = publish.published(slug, note="")
    session.say(_("%(edition)s: version %(number)d is published.") % {"edition": slug, "number": number})
    return slug


def write_links(slug: str, address: str) -> Path | None:
    """Write a fresh link for each role into a file for its owner alone; nothing where real people have accounts."""
    edition = forum.edition(slug)
    if edition is None or not demo_people.is_free_for_demo():
        session.say(_("This installation has accounts of its own: no links of the demo are made."))
        return None
    tokens = demo_people.make_links(edition, at=timezone.now())
    links = {role: f"{address}{reverse('account:link', args=[token])}" for role, token in tokens.items()}
    file = Path(settings.VAR, "demo", "links.json")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as made:
        json.dump(links, made, indent=1)
    # Whoever waits for the file finds it whole.
    fresh.replace(file)
    return file


def show(slug: str, address: str) -> None:
    """Say what there is to look at."""
    published = forum.published_edition(slug)
    if published is None:
        return
    session.answer(_("Open %(address)s — Ctrl-C ends the demo.") % {"address": f"{address}/"})
    for code in published.languages:
        session.answer(f"  {address}/{code}/{slug}/  {languages.own_name(code)}")
    for page in ("programme/", "parties/", "declaration/", "data/"):
        session.answer(f"  {address}/{published.languages[0]}/{slug}/{page}")
    for feed in ("programme.ics", "programme.json", "programme.xlsx", "schedule.xml"):
        session.answer(f"  {address}/{slug}/{feed}")
