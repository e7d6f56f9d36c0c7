"""When a wording is missing, unsure or behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ejlas.core.index.rules.items import WordingState, digest_of
from ejlas.core.text import Text


@dataclass(frozen=True, slots=True)
class WordingFacts:
    """The state of a wording, the digest by which a change of its words is seen, and since when it is so."""

    state: WordingState
    digest: str
    changed_at: datetime


def wording_states(
    text: Text, before: Mapping[str, WordingFacts], languages: tuple[str, ...], at: datetime
) -> dict[str, WordingFacts]:
    """Return the state of a text's wordings in these languages; none for a text that is empty in every language.

    A wording falls behind when a current one in another language changes and it does not. Adding a missing wording,
    or bringing an unsure or late one up to date, is catching up: it leaves the others as they are.
    """
    if not text:
        return {}
    digests = {language: digest_of(words) for language, words in text.values.items()}
    moved = any(
        facts.state == WordingState.PRESENT and digests.get(language, facts.digest) != facts.digest
        for language, facts in before.items()
    )
    states = {}
    for language in languages:
        now = WordingFacts(_plain_state(text, language), digests.get(language, ""), at)
        states[language] = _after(before.get(language), now, others_moved=moved)
    return states


def _plain_state(text: Text, language: str) -> WordingState:
    if language not in text.values:
        return WordingState.MISSING
    return WordingState.UNSURE if language in text.unsure else WordingState.PRESENT


def _after(before: WordingFacts | None, now: WordingFacts, *, others_moved: bool) -> WordingFacts:
    if before is None or before.digest != now.digest:
        return now
    if now.state == WordingState.PRESENT == before.state and others_moved:
        return WordingFacts(WordingState.BEHIND, now.digest, now.changed_at)
    still_behind = now.state == WordingState.PRESENT and before.state == WordingState.BEHIND
    return before if still_behind or now.state == before.state else now
