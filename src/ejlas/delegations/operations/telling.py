"""Telling who files a list what the host has decided: one plain mail for each list, whatever was done at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ejlas.core import languages, mail
from ejlas.delegations.models import Delegation
from ejlas.delegations.queries.desk import files_list, nobody_waits


@dataclass(frozen=True, slots=True)
class News:
    """What was done with a list and its people at once.

    Parameters
    ----------
    n_returned, n_refused : of how many people more is asked for, and how many are refused
    is_returned : the list itself was sent back
    n_answered : how many requests were answered
    is_decided : everyone on the list has an answer now
    """

    n_returned: int = 0
    n_refused: int = 0
    is_returned: bool = False
    n_answered: int = 0
    is_decided: bool = False

    def __bool__(self) -> bool:
        return bool(self.n_returned or self.n_refused or self.is_returned or self.n_answered or self.is_decided)


def tell(delegation: Delegation, news: News, *, link: str, at: datetime) -> int:
    """Send the news to everyone who files the list, each in the own language; return how many mails that makes.

    Nothing in it says whom it is about: names and reasons stand on the page behind the link.
    """
    if not news:
        return 0
    readers = files_list(delegation, at=at)
    for reader in readers:
        edition = delegation.edition
        values = {
            "name": reader.name,
            "edition": edition.name.wording(reader.language, edition.fallback_languages).text,
            "delegation": delegation.title.wording(reader.language, edition.fallback_languages).text,
            "link": link,
            "news": news,
            "returned": languages.number(news.n_returned, reader.language),
            "refused": languages.number(news.n_refused, reader.language),
        }
        mail.send(to=reader.email, template="delegations/news", language=reader.language, values=values)
    return len(readers)


def of_people(delegation: Delegation, *, n_returned: int, n_refused: int, were_decided: bool) -> News:
    """Return the news of steps that people of one list took; that all are decided is told when the last one is."""
    is_decided = were_decided and nobody_waits(delegation)
    return News(n_returned=n_returned, n_refused=n_refused, is_decided=is_decided)
