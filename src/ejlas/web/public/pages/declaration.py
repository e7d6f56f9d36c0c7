"""The outcome texts, point by point: the force of each, and what it lacks to be a commitment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from ejlas.core import languages
from ejlas.outcomes.rules import Lack, PointContent, TextContent, TextKind
from ejlas.web.public.citing import Citer
from ejlas.web.public.edition import Indexed
from ejlas.web.ui import labels
from ejlas.web.ui.reading import Reader


@dataclass(frozen=True, slots=True)
class Score:
    """How many points of a text are commitments."""

    n_kept: int
    n_points: int
    kept: str
    points: str


@dataclass(frozen=True, slots=True)
class Need:
    """One of the three things that make a point a commitment: there, in words, or lacking."""

    words: SafeString
    is_there: bool = True


@dataclass(frozen=True, slots=True)
class Point:
    """A point as the page shows it."""

    number: str
    anchor: str
    topic: SafeString
    verb: str
    verb_words: str
    wording: SafeString
    state: str
    needs: list[Need]
    is_commitment: bool
    sources: SafeString


@dataclass(frozen=True, slots=True)
class Text:
    """An outcome text as the page shows it."""

    slug: str
    kind: str
    is_declaration: bool
    title: SafeString
    adopted_on: tuple[str, ...]
    adopted_iso: str
    adoption: SafeString
    is_complete: bool
    languages: str
    observation: SafeString
    sources: SafeString
    points: list[Point]
    score: Score


def score(text: TextContent, reader: Reader) -> Score:
    """Count the points that lack nothing."""
    n_kept, n_points = sum(not point["lacks"] for point in text["points"]), len(text["points"])
    return Score(n_kept, n_points, reader.number(n_kept), reader.number(n_points))


def page(indexed: Indexed, reader: Reader, citer: Citer) -> dict[str, object]:
    """Prepare the declaration page for one reader: the declaration first, then the other texts."""
    ordered = sorted(indexed.content["texts"], key=lambda text: text["kind"] != TextKind.DECLARATION)
    return {"texts": [_text(text, reader, citer) for text in ordered]}


def _text(text: TextContent, reader: Reader, citer: Citer) -> Text:
    comma = languages.comma(reader.language)
    return Text(
        slug=text["slug"],
        kind=labels.word(labels.TEXT_KINDS, text["kind"]),
        is_declaration=text["kind"] == TextKind.DECLARATION,
        title=reader.html(text["title"]),
        adopted_on=reader.dates(date.fromisoformat(text["adopted_on"])) if text["adopted_on"] else (),
        adopted_iso=text["adopted_on"] or "",
        adoption=reader.html(text["adoption"]),
        is_complete=text["is_complete"],
        languages=comma.join(languages.name_of(code, reader.language) for code in text["languages_seen"]),
        observation=reader.html(text["observation"]),
        sources=citer.names(text["sources"]),
        points=[_point(point, text["slug"], reader, citer) for point in text["points"]],
        score=score(text, reader),
    )


def _point(point: PointContent, text: str, reader: Reader, citer: Citer) -> Point:
    return Point(
        number=reader.number(point["number"]),
        anchor=f"{text}-{point['number']}",
        topic=reader.html(point["topic_name"]),
        verb=point["verb"],
        verb_words=labels.word(labels.VERBS, point["verb"]),
        wording=reader.html(point["wording"]),
        state=labels.word(labels.POINT_STATES, point["state"]),
        needs=_needs(point, reader),
        is_commitment=not point["lacks"],
        sources=citer.marks(point["sources"]),
    )


def _needs(point: PointContent, reader: Reader) -> list[Need]:
    due = reader.dates(date.fromisoformat(point["due_on"]))[0] if point["due_on"] else ""
    there = {Lack.OWNER: reader.html(point["owner"]), Lack.DATE: due, Lack.MEASURE: reader.html(point["measure"])}
    return [
        _lacking(lack) if lack in point["lacks"] else Need(words=SafeString(words)) for lack, words in there.items()
    ]


def _lacking(lack: Lack) -> Need:
    return Need(words=SafeString(labels.word(labels.LACKS, lack)), is_there=False)
