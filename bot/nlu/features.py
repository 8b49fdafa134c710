"""What a classifier sees of a text: words, pieces of words, beginnings, concepts of the lexicon, and the text's shape.

Each kind of feature is a function from a Reading to a list of names; KINDS says how much a kind weighs. What each kind
is worth stands in docs/decisions/0005-understanding.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from bot.nlu.lexicon import Lexicon
from bot.nlu.patterns import shaped
from bot.nlu.spelling import Spelling
from bot.nlu.text import fold

_WORD = re.compile(r"\w+|[^\w\s]")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST, _LONGEST = 2, 5
"""Letters of a piece, with the borders of its word."""
_BEGINNING = 4
_LENGTHS = (0, 1, 2, 4, 8, 15, 31)


@dataclass(frozen=True)
class Reading:
    """A text, read once for all kinds. `concepts` has a list for each word, empty where the lexicon knows none."""

    text: str
    language: str | None
    folded: str
    words: list[str]
    concepts: Sequence[Sequence[str]]


def read(text: str, language: str | None, lexicon: Lexicon) -> Reading:
    """Read a text. `language` says where the lexicon looks first."""
    folded = fold(text)
    return Reading(text, language, folded, _WORD.findall(folded), lexicon.concepts(text, language))


def words(reading: Reading) -> list[str]:
    """Words and word pairs. Marks count as words: "?" and "!!" say something."""
    found = reading.words
    return [f"w {word}" for word in found] + [f"w {one} {two}" for one, two in zip(found, found[1:])]


def pieces(reading: Reading) -> list[str]:
    """Pieces of each word with its borders marked by a space: they survive endings and typos."""
    return [piece for word in reading.folded.split() for piece in word_pieces(word)]


def word_pieces(word: str) -> list[str]:
    """The pieces of one word; a word of the length of a piece has only itself."""
    padded = f" {word} "
    found: list[str] = []
    for size in range(_SHORTEST, _LONGEST + 1):
        if len(padded) <= size:
            found.append(padded)
            break
        found.extend([padded[at : at + size] for at in range(len(padded) - size + 1)])
    return found


def beginnings(reading: Reading) -> list[str]:
    """The first letters of words, and pairs of them: a poor man's stems, with where the text begins and ends."""
    found = [word[:_BEGINNING] for word in reading.words]
    framed = ["<", *found, ">"]
    return [f"s {word}" for word in found] + [f"s {one} {two}" for one, two in zip(framed, framed[1:])]


def concepts(reading: Reading) -> list[str]:
    """Concepts, and the family of each: product/shoes is also a product."""
    found = []
    for concept in (concept for row in reading.concepts for concept in row):
        found.append(f"c {concept}")
        if "/" in concept:
            found.append(f"c {_family(concept)}")
    return found


def neighbours(reading: Reading) -> list[str]:
    """Pairs of concepts that follow each other, with at most one between; unknown words do not count."""
    rows = [list(map(_family, row)) for row in reading.concepts if row]
    return [
        f"n {one} {two}"
        for at, row in enumerate(rows)
        for later in rows[at + 1 : at + 3]
        for one in row
        for two in later
    ]


def shape(reading: Reading) -> list[str]:
    """Details by pattern (an order number, an e-mail …), and how many words there are beside them."""
    rest, details = reading.text, shaped(reading.text)
    for one in details:
        rest = rest.replace(reading.text[one.start : one.end], " ")
    count = len(_LETTERS.findall(rest))
    length = next((bound for bound in _LENGTHS if count <= bound), "many")
    return [f"e {one.entity}" for one in details] + [f"len {length}", f"{'detail' if details else 'plain'} {length}"]


def frame(reading: Reading) -> list[str]:
    """With which concepts a text begins and ends, its language, and how much of it the lexicon knows."""
    rows = [list(map(_family, row)) or ["?"] for row in reading.concepts]
    found = [f"lang {reading.language}"]
    for name, at in (("first", 0), ("second", 1), ("last", -1)):
        if len(rows) > (at if at >= 0 else 0):
            found.extend(f"{name} {concept}" for concept in rows[at])
    unknown = sum(row == ["?"] for row in rows)
    return [*found, f"unknown {4 * unknown // max(1, len(rows))}"]


def _family(concept: str) -> str:
    return concept.partition("/")[0]


@dataclass(frozen=True)
class Kind:
    """`weight`: length of the kind's part of the vector. `fewest`: texts that have to show a feature. `rarity`: power
    of the inverse document frequency."""

    name: str
    of: Callable[[Reading], list[str]]
    weight: float
    fewest: int = 1
    rarity: float = 1.0


KINDS = (
    Kind("words", words, 1.0),
    Kind("pieces", pieces, 1.0, fewest=2),
    Kind("beginnings", beginnings, 0.7),
    Kind("concepts", concepts, 1.0, rarity=0.5),
    Kind("neighbours", neighbours, 0.7),
    Kind("shape", shape, 0.5),
    Kind("frame", frame, 0.5),
)
"""What one text alone shows is kept, though it tells little of intents: at learning it takes its share of the length,
as what is unknown does later. Left out, the commoner features are learnt as surer than they are. Of pieces, most of
the features, the common ones are enough."""

Counts = tuple[Counter[Any], ...]
"""How often a text has each feature, by kind in the order of KINDS. Features are names; pieces may be numbers."""

LookUp = Callable[[str], Iterable[Any]]
"""From a word to its pieces: `word_pieces`, or Vocabulary.pieces, which remembers the columns of words it has met."""


def count(text: str, language: str | None, lexicon: Lexicon, look_up: LookUp = word_pieces) -> Counts:
    """All features of a text."""
    reading = read(text, language, lexicon)
    return tuple(
        Counter(chain.from_iterable(map(look_up, reading.folded.split())) if kind.of is pieces else kind.of(reading))
        for kind in KINDS
    )


def count_mended(
    text: str, language: str | None, lexicon: Lexicon, spelling: Spelling, look_up: LookUp = word_pieces
) -> Counts:
    """All features of a text as it stands, and of the same text without its typos."""
    counts = count(text, language, lexicon, look_up)
    mended = spelling.correct(text, language)
    if mended != fold(text):
        for one, other in zip(counts, count(mended, language, lexicon, look_up)):
            one.update({name: more for name, times in other.items() if (more := times - one.get(name, 0)) > 0})
    return counts
