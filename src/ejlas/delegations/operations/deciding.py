"""What the desk and vetting decide, of many people at once too, with the mail that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.delegations.models import Delegation, Person, Request
from ejlas.delegations.operations import requests
from ejlas.delegations.operations.lists import return_list
from ejlas.delegations.operations.steps import take_step
from ejlas.delegations.operations.telling import News, of_people, tell
from ejlas.delegations.rules.states import PersonState, Step

_ANSWERS = (Step.CLEAR, Step.REFUSE)


@transaction.atomic
def decide(
    *,
    people: Iterable[Person],
    step: Step,
    by: User,
    at: datetime,
    reasons: Mapping[str, str] | None = None,
    revisions: Mapping[str, int] | None = None,
    link: str = "",
) -> int:
    """Take people one step on, all of them or none; return how many. Each list's focal point gets one mail at most.

    Parameters
    ----------
    reasons, revisions : what is said to each, and the state of each that the officer saw; by slug
    link : the whole address of the page behind the mail

    Raises what `take_step` raises.
    """
    chosen = sorted(people, key=lambda person: person.pk)
    # Grouped before the steps: each of them reads its person anew, and the lists with it.
    lists = _by_list(chosen)
    for person in chosen:
        reason, seen = (reasons or {}).get(person.slug, ""), (revisions or {}).get(person.slug)
        take_step(person=person, step=step, by=by, at=at, reason=reason, revision=seen)
    for delegation, theirs in lists.items():
        _tell(delegation, theirs, step, link=link, at=at)
    return len(chosen)


def _by_list(people: Iterable[Person]) -> dict[Delegation, list[Person]]:
    lists: dict[Delegation, list[Person]] = {}
    for person in people:
        lists.setdefault(person.delegation, []).append(person)
    return lists


def _tell(delegation: Delegation, people: list[Person], step: Step, *, link: str, at: datetime) -> None:
    states = [person.state for person in people]
    news = of_people(
        delegation,
        n_returned=states.count(PersonState.RETURNED),
        n_refused=states.count(PersonState.REFUSED),
        were_decided=step in _ANSWERS,
    )
    tell(delegation, news, link=link, at=at)


@transaction.atomic
def send_back_list(*, delegation: Delegation, answer: str, by: User, at: datetime, link: str = "") -> Delegation:
    """Send a list back with what is to be mended, and tell it by mail. Raises ReasonNeeded, ListClosed."""
    done = return_list(delegation=delegation, answer=answer, by=by, at=at)
    tell(done, News(is_returned=True), link=link, at=at)
    return done


@transaction.atomic
def answer_request(
    *, request: Request, is_granted: bool, answer: str, by: User, at: datetime, link: str = ""
) -> Request:
    """Grant or refuse what was asked for after the lock, and tell it by mail. Raises what the act raises."""
    if is_granted:
        done = requests.grant(request=request, by=by, at=at, answer=answer)
    else:
        done = requests.refuse(request=request, answer=answer, by=by, at=at)
    tell(done.delegation, News(n_answered=1), link=link, at=at)
    return done
