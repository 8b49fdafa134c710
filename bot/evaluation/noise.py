"""The same messages as people on phones type them: capitals only, without dots on letters, with typos."""

from __future__ import annotations

import random
from collections.abc import Callable

from bot.nlu.text import without_dots

_SLIPS = "aeiklnorstu"


def capitals(text: str) -> str:
    """CAPITALS ONLY."""
    return text.upper()


def typos(text: str) -> str:
    """One slip in a third of the words of four letters or more; the same text always gets the same slips."""
    chance = random.Random(text)
    return " ".join(
        _slip(word, chance) if len(word) > 3 and chance.random() < 1 / 3 else word for word in text.split(" ")
    )


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    letter, following = word[at], word[at + 1]
    changed = chance.choice(("", following + letter, chance.choice(_SLIPS), letter * 2))
    return word[:at] + changed + word[at + (2 if changed == following + letter else 1) :]


NOISES: dict[str, Callable[[str], str]] = {
    "capitals only": capitals,
    "without dots": without_dots,
    "typos": typos,
}
