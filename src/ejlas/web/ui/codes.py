"""Codes to be read from a screen: one path in an SVG, crisp at any size, with the quiet zone that readers need."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString, mark_safe

# A code of 110 characters fits this mask well; looking for the best one takes four times as long.
_MASK, _QUIET = 2, 4
_DARK = re.compile(b"\x01+")


def code_svg(text: str) -> SafeString:
    """Return the code of a text at level M, dark on white whatever the colours of the page."""
    import segno

    rows = segno.make_qr(text, error="m", mask=_MASK, boost_error=False).matrix
    runs = (
        f"M{run.start()} {y}h{run.end() - run.start()}v1h-{run.end() - run.start()}z"
        for y, row in enumerate(rows)
        for run in _DARK.finditer(bytes(row))
    )
    side = len(rows) + 2 * _QUIET
    return mark_safe(  # noqa: S308 numbers alone
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-_QUIET} {-_QUIET} {side} {side}" aria-hidden="true" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M-{_QUIET}-{_QUIET}h{side}v{side}h-{side}z"/>'
        f'<path fill="#000" d="{"".join(runs)}"/></svg>'
    )
