"""What a customer is asked after the end: how well we helped, how easy it was, or whether they would recommend us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32


@dataclass(frozen=True, slots=True)
class Scale:
    """`well`: from this score on the customer is content. `person`, `bot`: the question, among the desk's texts."""

    scores: range
    well: int
    person: str
    bot: str


CSAT = "csat"
SCALES = {
    CSAT: Scale(range(1, 6), 4, "survey", "survey_bot"),
    "ces": Scale(range(1, 6), 4, "survey_ces", "survey_bot_ces"),
    "nps": Scale(range(11), 7, "survey_nps", "survey_bot_nps"),
}
"""Satisfaction and ease from 1 to 5; how likely one is to recommend the shop from 0 to 10."""
ASKS = {text: name for name, scale in SCALES.items() for text in (scale.person, scale.bot)}
"""The desk's texts that ask for a score, with the scale."""


def choose(scales: Sequence[str], conversation: str, case: int) -> str | None:
    """The one question of this case: where the shop wants several scales, each gets its part of the customers."""
    return scales[(crc32(conversation.encode()) + case) % len(scales)] if scales else None
