"""`ejlas keys new` and `ejlas keys rotate`: changing the keys under which secrets stand in the database."""

from __future__ import annotations

from argparse import Namespace

from django.utils.translation import gettext as _

from ejlas.accounts import operations as accounts
from ejlas.cli import session
from ejlas.core import rotation, secrets
from ejlas.core.errors import RuleBroken


def run(options: Namespace) -> int:
    """Print a new key, or encrypt every stored secret under the newest one."""
    if options.act == "new":
        session.answer(secrets.new_key())
        return session.OK
    session.ready_database()
    try:
        # Before the fields: what may be dropped afterwards then holds for these, too.
        accounts.renew_factor_secrets()
        done = rotation.rotate(
            progress=lambda place, number: session.say(
                _("%(place)s: %(number)d secrets so far") % {"place": place, "number": number}
            )
        )
    except RuleBroken as broken:
        raise session.Refused(broken.sentence(_), session.FAULT) from broken
    if options.json:
        in_use, dropped = dict(done.in_use), list(done.may_be_dropped)
        session.answer_json({"done": done.n_done, "in_use": in_use, "may_be_dropped": dropped})
        return session.OK
    values = {"number": done.n_done, "key": secrets.current_key_id()}
    session.answer(_("%(number)d secrets were encrypted anew under the key %(key)s.") % values)
    for name in done.may_be_dropped:
        session.answer(_("Nothing needs the key %(key)s any more: it may be taken out.") % {"key": name})
    return session.OK
