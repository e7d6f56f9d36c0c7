"""The texts of the codes of passes: what the matrix and the pass say, signed by the key of the edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from ejlas.core import signing
from ejlas.delegations.models import Access, Badge, SigningKey, Zone
from ejlas.delegations.rules.passes import payload
from ejlas.delegations.rules.passes.access import zone_mask
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.delegations.rules.passes.payload import Payload
from ejlas.forum.models import Edition

_Span = tuple[datetime, datetime]


def key_of(edition: Edition) -> SigningKey | None:
    """Return the key that signs for an edition, if one was made. One SQL query."""
    return SigningKey.objects.filter(edition=edition, retired_at=None).first()


class Coder:
    """Makes the codes of passes of one edition; the matrix is read once, in two SQL queries."""

    def __init__(self, edition: Edition, key: SigningKey) -> None:
        self._edition, self._private = edition, str(key.private)
        self._key_id = signing.key_id(key.public)
        self._bits = dict(Zone.objects.filter(edition=edition).values_list("slug", "bit"))
        self._of_category: dict[int, set[int]] = defaultdict(set)
        self._spans: dict[int, _Span] = {}
        cells = Access.objects.filter(category__edition=edition)
        for category, bit, starts, ends in cells.values_list(
            "category_id", "zone__bit", "window__starts_at", "window__ends_at"
        ):
            self._of_category[category].add(bit)
            first, last = self._spans.get(category, (starts, ends))
            self._spans[category] = (min(first, starts), max(last, ends))

    def span(self, badge: Badge) -> _Span:
        """Return from when until when a pass is valid: its own moments, else its category's, else the edition's."""
        first, last = self._spans.get(badge.category_id) or self._days()
        starts, ends = badge.starts_at or first, badge.ends_at or last
        # One end may be the pass's own and lie beyond the other, which is the category's.
        return (starts, ends) if starts < ends else (ends - payload.QUARTER, ends)

    def _days(self) -> _Span:
        edition = self._edition
        first = datetime.combine(edition.starts_on, time(0), tzinfo=edition.zone)
        return first, datetime.combine(edition.ends_on + timedelta(days=1), time(0), tzinfo=edition.zone)

    def payload(self, badge: Badge, *, is_digital: bool = False) -> Payload:
        """Return what the code of a pass says; a pass that was never printed counts as its first print."""
        starts, ends = self.span(badge)
        own = {self._bits[slug] for slug in badge.zones if slug in self._bits}
        return Payload(
            kind=BadgeKind(badge.kind),
            key_id=self._key_id,
            number=badge.number,
            print_number=max(1, badge.print_number),
            is_digital=is_digital,
            category=badge.category.code,
            zones=zone_mask(self._of_category[badge.category_id] | own),
            starts_at=starts,
            ends_at=ends,
        )

    def code(self, badge: Badge, *, is_digital: bool = False) -> str:
        """Return the 110 characters of the code of a pass; its category is at hand."""
        body = payload.pack(self.payload(badge, is_digital=is_digital))
        return payload.spell(body, signing.sign(self._private, payload.signed_part(body)))


def code_of(badge: Badge, key: SigningKey, *, is_digital: bool = False) -> str:
    """Return the text of the code of one pass. Two SQL queries."""
    return Coder(badge.edition, key).code(badge, is_digital=is_digital)


def codes_of(badges: Iterable[Badge], edition: Edition, key: SigningKey) -> dict[int, str]:
    """Return the texts of the codes of printed passes by the key of the pass. Two SQL queries."""
    coder = Coder(edition, key)
    return {badge.pk: coder.code(badge) for badge in badges}
