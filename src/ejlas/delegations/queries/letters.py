"""Questions about letters: the register, what a template says to a delegation, who has not answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from ejlas.core import calendars, languages
from ejlas.core.text import Text, Wording
from ejlas.delegations.models import Delegation, Letter, LetterFile, Person, PersonQuerySet, Template
from ejlas.delegations.queries.lists import windows_of
from ejlas.delegations.rules.letters import (
    LetterDirection,
    LetterKind,
    LetterState,
    fill,
    placeholders,
    unfilled_placeholders,
)
from ejlas.delegations.rules.states import DelegationKind, PersonState
from ejlas.forum.models import Edition
from ejlas.forum.permissions import visible

_WITH = ("edition", "delegation__party", "delegation__edition", "answers")
# Where an invitation stands that nobody has answered.
WAITING = (LetterState.SENT, LetterState.DELIVERED, LetterState.ACKNOWLEDGED)

# --- The register ---


def templates_for(user: Any, edition: Edition) -> QuerySet[Template]:
    """Return the templates of letters that this user may see."""
    return visible(Template.objects.select_related("edition"), user, edition, "delegations.view_letters")


def templates_of(edition: Edition) -> list[Template]:
    """Return the templates of an edition, in their order. One SQL query."""
    return list(Template.objects.filter(edition=edition).order_by("position", "pk"))


def letters_for(user: Any, edition: Edition) -> QuerySet[Letter]:
    """Return the letters of the register, in and out, that this user may see."""
    return visible(Letter.objects.select_related(*_WITH), user, edition, "delegations.view_letters")


def letters_of(delegation: Delegation) -> QuerySet[Letter]:
    """Return the letters to and from a delegation, the newest first."""
    return Letter.objects.filter(delegation=delegation).select_related(*_WITH).order_by("-position", "-pk")


def incoming_of(letter: Letter) -> QuerySet[Letter]:
    """Return the letters that came in and may be the answer to this one: of its delegation, or of nobody known."""
    found = Letter.objects.filter(edition=letter.edition_id, direction=LetterDirection.IN)
    return found.filter(delegation__in=[letter.delegation_id]) if letter.delegation_id else found


def files_of(letter: Letter) -> QuerySet[LetterFile]:
    """Return the attachments of a letter."""
    return LetterFile.objects.filter(letter=letter).select_related("file")


def file_of(letter: Letter, slug: str) -> LetterFile | None:
    """Return an attachment of a letter by its slug. One SQL query."""
    return files_of(letter).filter(slug=slug).first()


def people_of_letter(letter: Letter) -> PersonQuerySet:
    """Return the people whom a letter names, in the order of their delegation, with what is sealed."""
    found = Person.objects.filter(edition=letter.edition_id, slug__in=letter.people)
    return found.select_related("capacity", "delegation__edition", "delegation__party").order_by("position", "pk")


def approved_of(delegations: Iterable[Delegation]) -> PersonQuerySet:
    """Return the approved people of delegations, those whom a letter names unless somebody chooses otherwise."""
    found = Person.objects.filter(delegation__in=[each.pk for each in delegations], state=PersonState.APPROVED)
    found = found.select_related("capacity", "delegation__edition", "delegation__party").unsealed()
    return found.order_by("delegation__position", "position", "pk")


def counts_of(delegations: Iterable[Delegation]) -> dict[int, int]:
    """Return how many people each delegation names, by its key. One SQL query."""
    found = Person.objects.filter(delegation__in=[each.pk for each in delegations]).counted().order_by()
    return dict(found.values_list("delegation_id").annotate(n=Count("pk")))


# --- To whom to write ---


def uninvited(edition: Edition) -> QuerySet[Delegation]:
    """Return the delegations of parties to which no invitation was written."""
    written = Letter.objects.filter(
        delegation=OuterRef("pk"), kind=LetterKind.INVITATION, direction=LetterDirection.OUT
    )
    found = Delegation.objects.filter(~Exists(written), edition=edition, kind=DelegationKind.PARTY)
    return found.select_related("edition", "party").order_by("position", "pk")


def unanswered(edition: Edition, *, days: int, at: datetime) -> QuerySet[Delegation]:
    """Return the delegations whose invitation went out so many days ago or more, and of which nothing was heard.

    Who was reminded within these days is not named again.
    """
    since = at - timedelta(days=days)
    out = Letter.objects.filter(delegation=OuterRef("pk"), direction=LetterDirection.OUT)
    waiting = out.filter(kind=LetterKind.INVITATION, state__in=WAITING, sent_at__lte=since)
    reminders = out.filter(kind=LetterKind.REMINDER)
    unsent = reminders.filter(state__in=[LetterState.DRAFT, LetterState.CLEARED])
    found = Delegation.objects.filter(
        Exists(waiting), ~Exists(reminders.filter(sent_at__gt=since)), ~Exists(unsent), edition=edition
    )
    return found.select_related("edition", "party").order_by("position", "pk")


# --- What a template says ---


@dataclass(frozen=True, slots=True)
class Filled:
    """A template filled for a delegation.

    Parameters
    ----------
    language : of the text: that which was asked for, or the one that stands in for it
    borrowed : what is worded in another language than the text, with that language
    left : the places that nothing could fill; they stay in their braces
    """

    language: str
    subject: str
    body: str
    closing: str
    signatory: str
    signatory_office: str
    addressee: str
    borrowed: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()


def language_for(delegation: Delegation) -> str:
    """Return the language in which a delegation is written to: its own, else the first that its party works in."""
    spoken = delegation.edition.languages
    party = delegation.party.languages if delegation.party is not None else []
    return delegation.language or next((code for code in party if code in spoken), "") or spoken[0]


def filled(template: Template, delegation: Delegation, *, language: str, portal: str, n_people: int) -> Filled | None:
    """Fill a template for a delegation; None where the template has no text in any language."""
    edition = delegation.edition
    fallbacks = tuple(edition.fallback_languages or edition.languages)
    body: Wording = template.body.wording(language, fallbacks)
    if not body:
        return None
    texts = {
        name: getattr(template, name).wording(body.language, fallbacks)
        for name in ("subject", "closing", "signatory", "signatory_office")
    }
    worded = _worded(delegation, body.language, fallbacks)
    values = {name: each.text for name, each in worded.items()} | _counted(
        delegation, body.language, portal=portal, n_people=n_people
    )
    parts = {"body": body.text, **{name: each.text for name, each in texts.items()}}
    used = {name for words in parts.values() for name in placeholders(words)}
    borrowed = {name: each.language for name, each in texts.items() if each and each.is_fallback}
    borrowed |= {name: worded[name].language for name in used & worded.keys() if worded[name].is_fallback}
    return Filled(
        language=body.language,
        addressee=values["head_office"],
        borrowed=tuple(sorted(borrowed.items())),
        left=tuple(sorted({name for words in parts.values() for name in unfilled_placeholders(words, values)})),
        **{name: fill(words, {key: said for key, said in values.items() if said}) for name, words in parts.items()},
    )


def _worded(delegation: Delegation, language: str, fallbacks: tuple[str, ...]) -> dict[str, Wording]:
    """Return what others have worded, as a reader of the language sees it."""
    edition, party = delegation.edition, delegation.party
    texts: Mapping[str, Text] = {
        "party": delegation.title,
        "head_office": party.head_office if party is not None else Text(),
        "edition": edition.name,
        "forum": edition.forum.name,
        "city": edition.city,
        "host_office": edition.host_office,
        "lead_ministry": edition.lead_ministry,
        "secretariat": edition.secretariat,
    }
    return {name: text.wording(language, fallbacks) for name, text in texts.items()}


def _counted(delegation: Delegation, language: str, *, portal: str, n_people: int) -> dict[str, str]:
    edition, windows = delegation.edition, windows_of(delegation)
    return {
        "days": in_both(calendars.format_spans(edition.starts_on, edition.ends_on, language, edition.calendars)),
        "nominate_by": day_words(windows.nominate_by.astimezone(edition.zone).date(), language, edition),
        "confirm_by": day_words(windows.confirm_by.astimezone(edition.zone).date(), language, edition),
        "people_count": languages.number(n_people, language),
        "number_of_edition": languages.number(edition.number, language),
        "portal": portal,
    }


def day_words(day: date, language: str, edition: Edition) -> str:
    """Return a day in words, in each calendar of the edition."""
    return in_both(calendars.format_dates(day, language, edition.calendars))


def in_both(worded: tuple[str, ...]) -> str:
    """Return the first wording of a day or a span, the others in brackets behind it."""
    first, *others = worded
    return f"{first} ({'; '.join(others)})" if others else first
