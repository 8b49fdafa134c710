"""What a message talks about, whatever its words: concepts, and which of them stand together.

data/judge/concepts knows what harm, law, money, the public and despair are told with, and what makes a grave word
harmless (the past, a joke, work, before buying); data/lexicon knows the shop's world. Both are written as
bot/nlu/lexicon.py says, for three languages, so that what one language's practice teaches counts in the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from bot.nlu.lexicon import Entries, Lexicon, read

DATA = Path(__file__).resolve().parents[2] / "data"
_BESIDE = frozenset(
    (
        "negation",
        "if_then",
        "be_would",
        "be_past",
        "must",
        "can",
        "product",
        "self",
        "you",
        "when",
        "where",
        "because",
        "not_wanted",
        "which",
        "how_much_cost",
        "maybe_general",
        "able_skill",
        "may_allow",
    )
)
"""Concepts of the shop's lexicon that change what a grave concept beside them means."""
_MOST = 24
"""Different concepts of a message that are looked at in pairs; long letters have more, and the pairs of all of them
would drown the rest."""


@dataclass(frozen=True)
class Meanings:
    """The two lexicons. `grave`: the judge's own; `shop`: that of understanding."""

    grave: Lexicon
    shop: Lexicon

    @classmethod
    def read(cls, data: Path = DATA) -> Meanings:
        """From the files. Raises LexiconError."""
        return cls(Lexicon(read(data / "judge" / "concepts")), Lexicon(read(data / "lexicon")))

    @classmethod
    def of(cls, stored: Mapping[str, Entries]) -> Meanings:
        """What `stored` gave."""
        return cls(Lexicon.shared(stored["grave"]), Lexicon.shared(stored["shop"]))

    def stored(self) -> dict[str, Any]:
        """The entries, to be kept with what was learnt by them."""
        return {"grave": self.grave.entries, "shop": self.shop.entries}

    def counted(self, text: str, language: str | None) -> tuple[Counter[str], Counter[str], Counter[str]]:
        """Grave concepts, those of the shop by family, and pairs that stand in the same message."""
        grave = _plain(self.grave.concepts(text, language))
        shop = [concept.partition("/")[0] for concept in _plain(self.shop.concepts(text, language))]
        beside = (f"{concept}." for concept in shop if concept in _BESIDE)
        together = sorted(dict.fromkeys([*grave, *beside]))[:_MOST]
        return Counter(grave), Counter(shop), Counter(f"{one} {two}" for one, two in combinations(together, 2))


def _plain(rows: Sequence[Sequence[str]]) -> list[str]:
    return [concept for row in rows for concept in row if not concept.startswith("mark ")]
