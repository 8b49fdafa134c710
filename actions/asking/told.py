"""What can be taken from what the customer told before anything was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from actions.case import Case
from bot.choices import named
from bot.escalation.words import fold

_ENOUGH = 5  # words besides addresses, numbers and what an order is called
_WANTS = re.compile(
    r"(?<!\w)(?:halu\w*|tahdo\w*|toivo\w*|saisi\w*|saanko|voisi\w*|pyyda\w*|lahettak\w*|soovi\w*|tahan|tahaks\w*|palun|"
    r"saatke|want|would like|i'd like|i'd rather|need|please|can i|could i)(?!\w)"
)
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


def remedy(case: Case, options: Sequence[str]) -> str | None:
    """What the customer said that they want done: "haluan rahat takaisin", "please send me a new one"."""
    for sentence in re.split(r"[.!?\n]+", fold(case.fact("told") or "")):
        at = _WANTS.search(sentence)
        said = named(sentence[at.start() :], options) if at else None
        if said:
            return said
    return None


def wish(case: Case, cues: Mapping[str, str]) -> str | None:
    """What the first message means by these cues."""
    return meant(case.fact("told") or "", cues)


def meant(text: str, cues: Mapping[str, str]) -> str | None:
    """The first value whose words (a pattern over small letters without dots) stand in a text."""
    said = fold(text)
    return next((value for value, words in cues.items() if re.search(rf"(?<!\w)(?:{words})", said)), None)
