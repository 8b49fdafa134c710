"""From sums to what is shown: a number, a share, a median with its p90, a list."""

from __future__ import annotations

from typing import Any

from desk.figures.definitions import Figure, Kind
from desk.figures.tally import Tally

type Shown = dict[str, Any]
TOP = 24
"""Keys of a list that are shown by name; the rest is summed up."""


def show(figure: Figure, tally: Tally) -> Shown:
    """Its value as JSON; `value` is what a line of days shows, None where there is nothing to divide by."""
    keys = _keys(tally, figure.of)
    n = sum(keys.values())
    match figure.kind:
        case Kind.COUNT:
            return {"value": n}
        case Kind.SHARE | Kind.RATIO:
            over = sum(_keys(tally, figure.over).values())
            return {"value": n / over if over else None, "n": n, "of": over}
        case Kind.TIME | Kind.NUMBER:
            return {"value": percentile(keys, 50), "p90": percentile(keys, 90), "n": n}
        case Kind.SCORE | Kind.NPS:
            asked = sum(_keys(tally, figure.over).values())
            is_mean = figure.kind is Kind.SCORE
            value, scores = (_mean(keys), range(1, 6)) if is_mean else (net_promoters(keys), range(11))
            spread = {str(score): keys.get(str(score), 0) for score in scores}
            return {"value": value, "n": n, "asked": asked, "rate": n / asked if asked else None, "spread": spread}
        case Kind.LIST | Kind.MONEY:
            ranked = sorted(keys.items(), key=lambda item: (-item[1], item[0]))
            top, rest = ranked[:TOP], ranked[TOP:]
            shown = [{"key": key, "n": count} for key, count in top]
            return {"value": n, "keys": shown, "others": {"keys": len(rest), "n": sum(count for _, count in rest)}}


def _mean(keys: dict[str, int]) -> float | None:
    n = sum(keys.values())
    return sum(int(score) * count for score, count in keys.items()) / n if n else None


def net_promoters(keys: dict[str, int]) -> float | None:
    """Per cent of those who gave 9 or 10, less per cent of those who gave 6 or less; None of nothing."""
    n = sum(keys.values())
    promoters = sum(count for score, count in keys.items() if int(score) >= 9)
    detractors = sum(count for score, count in keys.items() if int(score) <= 6)
    return 100 * (promoters - detractors) / n if n else None


def percentile(keys: dict[str, int], percent: int) -> int | None:
    """The nearest rank: the smallest value that so many per cent do not exceed; None of nothing."""
    n = sum(keys.values())
    rank, seen = -(-n * percent // 100), 0
    for value in sorted(map(int, keys)):
        seen += keys[str(value)]
        if seen >= rank:
            return value
    return None


def adds(figure: Figure, tally: Tally, key: str | None = None) -> bool:
    """Whether a contact with this tally belongs to the figure's list of conversations, or to one key of it."""
    keys = _keys(tally, figure.behind or figure.of)
    return bool(keys.get(key) if key is not None else keys)


def _keys(tally: Tally, path: str) -> dict[str, int]:
    """The sums of `name`, or those of `name:key+key`."""
    name, _, only = path.partition(":")
    keys = tally.get(name, {})
    return {key: keys[key] for key in only.split("+") if key in keys} if only else keys
