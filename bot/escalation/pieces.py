"""Texts as pieces (words, word pairs, pieces of words), weighed by how rare they are: for both models of tone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from bot.escalation.words import fold

_WORD = re.compile(r"[^\W\d_]+|[!?.,:;()]")
_SHORTEST, _LONGEST = 2, 5
"""Letters of a piece."""
_FEWEST = 2
_LAST = 8
"""Texts that are kept at hand, for the next model that asks."""
_REMEMBERED = 5_000
"""Words whose pieces are kept at hand: the same few thousand make up most of what people write."""


def counted(text: str) -> Counter[str]:
    """Words, word pairs, and pieces of words with their borders marked."""
    found = _words(text)
    return Counter([*map(_named, found), *_pairs(found), *(piece for word in found for piece in _pieces(word))])


def _named(word: str) -> str:
    return f"w {word}"


def _pieces(word: str) -> list[str]:
    padded = f" {word} "
    sizes = range(_SHORTEST, min(_LONGEST, len(padded)) + 1)
    return [padded[at : at + size] for size in sizes for at in range(len(padded) - size + 1)]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _pairs(found: Sequence[str]) -> Iterator[str]:
    return (f"w {one} {two}" for one, two in zip(found, found[1:]))


class Table:
    """Known pieces with their columns. Models that share one have a text looked up once."""

    def __init__(self, index: Mapping[str, int]) -> None:
        self.index = index
        self._columns = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        self.of = lru_cache(maxsize=_LAST)(self._read)

    def _read(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """The columns of what `counted` finds and is known, and how much each counts."""
        found, get = _words(text), self.index.get
        times = Counter([at for word in found for at in self._columns(word)])
        times.update([at for pair in _pairs(found) if (at := get(pair)) is not None])
        columns = np.fromiter(times, np.int32, len(times))
        return columns, 1 + np.log(np.fromiter(times.values(), np.float32, len(times)))

    @classmethod
    def of_names(cls, names: Iterable[str]) -> Table:
        """With a column for each of these pieces."""
        return cls({name: at for at, name in enumerate(dict.fromkeys(names))})

    def spread(self, names: Sequence[str], values: np.ndarray) -> np.ndarray:
        """Values of other columns (last axis; pieces with these names first, then others) by those of this table:
        pieces that the names do not know have 0, the others follow the pieces.
        """
        spread = np.zeros((*values.shape[:-1], len(self.index) + values.shape[-1] - len(names)), np.float32)
        spread[..., [self.index[name] for name in names]] = values[..., : len(names)]
        spread[..., len(self.index) :] = values[..., len(names) :]
        return spread

    def of_words(self, text: str) -> set[int]:
        """The columns of a text's words and their pieces."""
        return {at for word in _words(text) for at in self._columns(word)}

    def _look_up(self, word: str) -> tuple[int, ...]:
        """The columns of a folded word and its pieces."""
        return tuple(at for name in (_named(word), *_pieces(word)) if (at := self.index.get(name)) is not None)


@dataclass
class Pieces:
    """The known pieces: their column, and their rarity by column."""

    index: Mapping[str, int]
    rarity: np.ndarray

    @classmethod
    def learn(cls, counts: Sequence[Counter[str]], power: float = 1.0) -> Pieces:
        """All pieces that stand in at least two texts; `power` of their rarity."""
        seen = Counter(piece for one in counts for piece in one)
        kept = sorted(piece for piece, times in seen.items() if times >= _FEWEST)
        rarity = np.array([np.log((1 + len(counts)) / (1 + seen[piece])) + 1 for piece in kept], dtype=np.float32)
        return cls({piece: at for at, piece in enumerate(kept)}, rarity**power)

    def row(self, counts: Mapping[str, int]) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values of a text, of length 1."""
        known = [(at, times) for piece, times in counts.items() if (at := self.index.get(piece)) is not None]
        columns = np.array([at for at, _ in known], dtype=np.int32)
        values = (1 + np.log(np.array([times for _, times in known], dtype=np.float32))) * self.rarity[columns]
        length = float(np.sqrt((values**2).sum())) or 1.0
        return columns, (values / length).astype(np.float32)

    def matrix(self, counts: Sequence[Counter[str]]) -> Any:
        """A sparse matrix, a row for each text."""
        from scipy.sparse import csr_matrix

        rows = [self.row(one) for one in counts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        values, columns = np.concatenate([v for _, v in rows]), np.concatenate([c for c, _ in rows])
        return csr_matrix((values, columns, starts), shape=(len(rows), len(self.index)))
