"""What can be taken from what the customer told before anything was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.case import Case
from bot.escalation.words import fold

_ENOUGH = 7  # words besides addresses, numbers and what an order is called
_DETAIL = re.compile(
    r"\S*[@\d]\S*|\b(?:tilau\w*|tellimu\w*|order|number|numero\w*|e-?mail|e-?post\w*|sähköposti\w*)\b", re.I
)


def plain(case: Case) -> str:
    """The first message without the details by which an order is found."""
    return _DETAIL.sub(" ", case.fact("told") or "")


def story(case: Case) -> str | None:
    """The first message, where it tells more than what the matter is; None where it has to be asked."""
    words = re.findall(r"[^\W\d_]{2,}", plain(case))
    return case.fact("told") if len(words) >= _ENOUGH else None


def wish(case: Case, cues: Mapping[str, str]) -> str | None:
    """The first value whose words (a pattern over small letters without dots) stand in the first message."""
    told = fold(case.fact("told") or "")
    return next((value for value, words in cues.items() if re.search(rf"(?<!\w)(?:{words})", told)), None)
