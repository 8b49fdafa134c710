"""A confusion picture as SVG: rows are what messages are, columns what they were taken for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from bot.evaluation.messages import OUT_OF_SCOPE, REJECTED, Seen

_CELL, _LEFT, _TOP = 15, 150, 150
_STYLE = "text{font:10px sans-serif;fill:#222}.n{font-size:8px}rect{stroke:#e5e5e5;stroke-width:.5}"


def confusion(seen: Sequence[Seen], title: str) -> str:
    """Each row adds up to one; blue is right, red is wrong, and the number of messages stands in the cell."""
    names = sorted({one.intent for one in seen} | {OUT_OF_SCOPE})
    place = {name: at for at, name in enumerate(names)}
    cells = Counter((one.intent, OUT_OF_SCOPE if one.found in REJECTED else one.found) for one in seen)
    totals = Counter(one.intent for one in seen)
    width, height = _LEFT + _CELL * len(names) + 10, _TOP + _CELL * len(names) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for name, at in place.items():
        y, x = _TOP + _CELL * at, _LEFT + _CELL * at
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 11}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<text transform="translate({x + 11} {_TOP - 6}) rotate(-90)">{escape(name)}</text>')
    for (intent, found), times in sorted(cells.items()):
        if found in place:
            parts.append(_cell(place[intent], place[found], times, times / totals[intent]))
    return "\n".join([*parts, "</svg>", ""])


def _cell(row: int, column: int, times: int, share: float) -> str:
    x, y = _LEFT + _CELL * column, _TOP + _CELL * row
    color = "31,99,173" if row == column else "190,40,30"
    ink = "#fff" if share > 0.5 else "#222"
    return (
        f'<rect x="{x}" y="{y}" width="{_CELL}" height="{_CELL}" fill="rgba({color},{max(0.12, share):.2f})"/>'
        f'<text class="n" x="{x + _CELL / 2}" y="{y + 11}" text-anchor="middle" style="fill:{ink}">{times}</text>'
    )
