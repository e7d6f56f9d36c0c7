"""The charts of the report of readiness, as shares of their width and height: what is delivered, and the trend."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, pgettext

from ejlas.core import languages
from ejlas.exports.readiness_pen import Pen
from ejlas.exports.ready_labels import share_words

if TYPE_CHECKING:
    from ejlas.planning.models import Forecast
    from ejlas.planning.queries.ready.burn_up import BurnUp

Chart = dict[str, Any]


def burn_up_chart(found: BurnUp, pen: Pen, *, today: date, target: date) -> Chart:
    """Return how much was to be delivered, was, and is expected, day by day."""
    span = _Span(found.points[0].day, max(found.points[-1].day, target))
    most = max(found.n, 1)

    def points(name: str) -> list[list[float]]:
        values = ((point.day, getattr(point, name)) for point in found.points)
        return [[span.share(day), value / most] for day, value in values if value is not None]

    delivered = max((point.delivered or 0 for point in found.points), default=0)
    values = {"number": pen.number(delivered), "all": pen.number(found.n), "day": pen.day(today)}
    return {
        "lines": [
            {"kind": kind, "words": words, "points": points(kind)}
            for kind, words in (
                ("planned", pgettext("in a chart", "to be delivered")),
                ("likely", gettext("expected with %(share)s") % {"share": share_words(0.5, pen.around)}),
                ("sure", gettext("expected with %(share)s") % {"share": share_words(0.8, pen.around)}),
                ("delivered", pgettext("in a chart", "delivered")),
            )
        ],
        "marks": [
            {"at": span.share(today), "words": pgettext("in a chart", "today"), "kind": "today"},
            {"at": span.share(target), "words": pgettext("in a chart", "target"), "kind": "target"},
        ],
        "low": pen.own_day(span.first),
        "high": pen.own_day(span.last),
        "levels": [[0, pen.number(0)], [1, pen.number(found.n)]],
        "alt": gettext("Until %(day)s, %(number)s of %(all)s obligations are delivered.") % values,
    }


def trend_chart(trend: list[Forecast], pen: Pen) -> Chart | None:
    """Return how the answer moved from forecast to forecast; None with fewer than two."""
    made = [(each.made_on, each.p_ready, each.meeting_id is not None) for each in trend if each.made_on is not None]
    rows = sorted((day, share, at_meeting) for day, share, at_meeting in made if share is not None)
    if len(rows) < 2:
        return None
    span = _Span(rows[0][0], rows[-1][0])
    values = {"first": share_words(rows[0][1], pen.around), "last": share_words(rows[-1][1], pen.around)}
    return {
        "lines": [{"kind": "delivered", "words": "", "points": [[span.share(day), share] for day, share, _ in rows]}],
        "dots": [[span.share(day), share] for day, share, at_meeting in rows if at_meeting],
        "marks": [],
        "low": pen.own_day(span.first),
        "high": pen.own_day(span.last),
        "levels": [[share, languages.percent(share, pen.around)] for share in (0, 0.5, 1)],
        "alt": gettext("The probability went from %(first)s to %(last)s.") % values,
    }


class _Span:
    """Days between two, as shares of the way."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last

    def share(self, day: date) -> float:
        """Return how far along a day lies, between 0 and 1."""
        whole = (self.last - self.first).days or 1
        return round(min(max((day - self.first).days / whole, 0.0), 1.0), 4)
