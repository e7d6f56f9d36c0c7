"""What a reminder says, in the words of its reader: for each body what is new, due soon and late, with a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ejlas.core import languages
from ejlas.core.text import Text
from ejlas.delegations.queries.letters import day_words
from ejlas.forum.models import Edition
from ejlas.readiness.models import Body, Obligation
from ejlas.readiness.queries.reminders import Digest, Notice
from ejlas.readiness.rules import house
from ejlas.readiness.rules.ladder import Level, Rung
from ejlas.readiness.rules.states import WORKED, ObligationState, is_late

# A mail of more lines is read by nobody: the rest stands on the page behind the link.
MOST_LINES = 15
_ISOLATE, _END = "\u2068", "\u2069"


def values_of(digest: Digest, edition: Edition, today: date, *, link: Callable[[Body | None], str]) -> dict[str, Any]:
    """Return what the templates of a reminder show."""
    reader = digest.reader
    with translation.override(reader.language):
        writer = _Writer(edition, reader.language, today)
        values: dict[str, Any] = {"name": reader.name, "edition": writer.text(edition.name)}
        if reader.level is Level.SECRETARIAT:
            return values | {"sections": writer.of_secretariat(digest.notices), "link": link(None)}
        until = today + timedelta(days=house.stored(edition.settings)["link_days"])
        return values | {
            "parts": [
                {
                    "body": writer.text(body.name) or body.slug,
                    "sections": writer.of_body(own, reader.level),
                    "link": link(body),
                }
                for body, own in _by_body(digest.notices)
            ],
            "until": "" if reader.has_account else day_words(until, reader.language, edition),
            "stands_in": reader.level is Level.HEAD_OF_BODY and any(_is_passed_up(each) for each in digest.notices),
        }


def _by_body(notices: Iterable[Notice]) -> list[tuple[Body, list[Notice]]]:
    found: dict[int, tuple[Body, list[Notice]]] = {}
    for notice in notices:
        body = notice.obligation.body
        if body is not None:
            found.setdefault(body.pk, (body, []))[1].append(notice)
    return list(found.values())


def _is_passed_up(notice: Notice) -> bool:
    return notice.rung not in (Rung.HEAD_OF_BODY, Rung.SECRETARIAT)


class _Writer:
    """Writes sections of a mail in one language."""

    def __init__(self, edition: Edition, language: str, today: date) -> None:
        self.edition, self.language, self.today = edition, language, today

    def text(self, text: Text) -> str:
        """Return the words of a name, kept from mixing their direction with what stands around them."""
        wording = text.wording(self.language, self.edition.fallback_languages)
        if languages.direction(wording.language) == languages.direction(self.language):
            return str(wording.text)
        return f"{_ISOLATE}{wording.text}{_END}" if wording.text else ""

    def of_body(self, notices: list[Notice], level: Level) -> list[dict[str, Any]]:
        """Return what a body, or its head, is told."""
        fresh = [each for each in notices if each.rung is Rung.ASKED]
        returned = [each for each in notices if each.rung is Rung.RETURNED]
        dated = [each for each in notices if each not in fresh and each not in returned]
        late = [each for each in dated if self._is_late(each.obligation)]
        soon = [each for each in dated if each not in late]
        rungs = {each.rung for each in late}
        note = ""
        if Rung.SECRETARIAT in rungs:
            note = _("The head of the secretariat is told of what is late, too.")
        elif Rung.HEAD_OF_BODY in rungs and level is Level.BODY:
            note = _("The head of the body is told of what is late, too.")
        n_new = ngettext("%(number)s new obligation", "%(number)s new obligations", len(fresh))
        return self._sections(
            (
                n_new % {"number": self._number(len(fresh))},
                fresh,
                _("Please take each on, or refuse it with a reason."),
            ),
            (_("Came back to you: why, stands on its page"), returned, ""),
            (_("Due soon"), soon, ""),
            (_("Late"), late, note),
        )

    def of_secretariat(self, notices: list[Notice]) -> list[dict[str, Any]]:
        """Return what the head of the secretariat is told."""
        delivered = [each for each in notices if each.obligation.state in WORKED]
        others = [each for each in notices if each not in delivered]
        unreached = [each for each in others if each.rung is not Rung.SECRETARIAT]
        late = [each for each in others if each not in unreached]
        return self._sections(
            (_("Late at bodies"), late, ""),
            (_("Delivered, and waiting for you"), delivered, ""),
            (
                _("The body could not be told: it has named nobody with an address"),
                unreached,
                _("Write down whom each body names."),
            ),
            with_body=True,
        )

    def _sections(self, *given: tuple[str, list[Notice], str], with_body: bool = False) -> list[dict[str, Any]]:
        return [
            {
                "title": title,
                "lines": [self._line(each.obligation, with_body=with_body) for each in notices[:MOST_LINES]],
                "more": self._more(len(notices) - MOST_LINES),
                "note": note,
            }
            for title, notices, note in given
            if notices
        ]

    def _line(self, owed: Obligation, *, with_body: bool) -> str:
        parts = [self.text(owed.name) or owed.slug]
        if with_body:
            parts.insert(0, (self.text(owed.body.name) or owed.body.slug) if owed.body else _("No body"))
        if owed.due_on is not None:
            due = {"due": day_words(owed.due_on, self.language, self.edition)}
            parts.append((_("Late since %(due)s") if self._is_late(owed) else _("Due %(due)s")) % due)
        if owed.state == ObligationState.PLANNED:
            parts.append(_("Needs an answer") if with_body else _("Needs your answer"))
        return " · ".join(parts)

    def _more(self, n_more: int) -> str:
        if n_more <= 0:
            return ""
        words = ngettext("and %(number)s more", "and %(number)s more", n_more)
        return words % {"number": self._number(n_more)}

    def _is_late(self, owed: Obligation) -> bool:
        return is_late(owed.state, owed.due_on, self.today)

    def _number(self, number: int) -> str:
        return languages.number(number, self.language)
