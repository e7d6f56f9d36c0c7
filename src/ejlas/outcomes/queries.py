"""Questions about texts and points."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from ejlas.accounts.permissions import may
from ejlas.forum.models import Edition
from ejlas.forum.permissions import visible
from ejlas.forum.queries import naming
from ejlas.outcomes import rules
from ejlas.outcomes.models import OutcomeText, Point


def texts_for(user: Any, edition: Edition) -> QuerySet[OutcomeText]:
    """Return the texts that this user may see."""
    return visible(OutcomeText.objects.all(), user, edition, "outcomes.view_texts")


def points_for(user: Any, edition: Edition) -> QuerySet[Point]:
    """Return the points of all texts that this user may see, with their texts, in their order."""
    points = Point.objects.filter(text__edition=edition).select_related("text__edition")
    seen = points if may(user, "outcomes.view_texts", edition) else points.none()
    return seen.order_by("text__position", "number", "pk")


def lacking(points: QuerySet[Point]) -> QuerySet[Point]:
    """Keep the points that lack an owner, a date or a measure."""
    return points.filter(Q(owner={}) | Q(due_on__isnull=True) | Q(measure={}))


def lacking_points(user: Any, edition: Edition) -> QuerySet[Point]:
    """Return the points that this user may see and that are no commitments yet."""
    return lacking(points_for(user, edition))


def things_citing(edition: Edition, slug: str) -> list[str]:
    """Return the slugs of texts and points that rest on a source. Two SQL queries."""
    resting = (edition.outcometext_set.all(), Point.objects.filter(text__edition=edition))
    return [name for things in resting for name in naming(things, "sources", slug).values_list("slug", flat=True)[:10]]


def text_by_slug(*, edition: Edition) -> dict[str, OutcomeText]:
    """Return the edition's texts by slug. One SQL query."""
    return {text.slug: text for text in edition.outcometext_set.select_related("edition")}


def texts_content(edition: Edition) -> list[rules.TextContent]:
    """Return what a publication says of the texts, with their points. Two SQL queries."""
    return [_text(text) for text in edition.outcometext_set.prefetch_related("points")]


def _text(text: OutcomeText) -> rules.TextContent:
    return {
        "slug": text.slug,
        "kind": text.kind,
        "title": text.title.to_stored(),
        "adopted_on": text.adopted_on.isoformat() if text.adopted_on else None,
        "adoption": text.adoption.to_stored(),
        "is_complete": text.is_complete,
        "languages_seen": text.languages_seen,
        "observation": text.observation.to_stored(),
        "sources": text.sources,
        "points": [_point(point) for point in text.points.all()],
    }


def _point(point: Point) -> rules.PointContent:
    return {
        "number": point.number,
        "topic": point.topic,
        "topic_name": point.topic_name.to_stored(),
        "verb": point.verb,
        "wording": point.wording.to_stored(),
        "state": point.state,
        "owner": point.owner.to_stored(),
        "due_on": point.due_on.isoformat() if point.due_on else None,
        "measure": point.measure.to_stored(),
        "lacks": [lack.value for lack in point.lacks],
        "sources": point.sources,
    }
