"""Labels that nothing like them bears out: slips of the finger, or somebody who wants to spoil the model."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path

from desk.learning import edits
from desk.learning.edits import ARTICLE, Edits, Labelled
from desk.learning.library import Library, stamp

FEWEST = 10
"""Of fewer labels than this a supervisor is the better judge."""
SHARE = 0.5
"""A batch of which a larger part is odd is not learnt from: of right labels of failures one in five is, of exchanged
ones four in five."""

type Odd = tuple[Labelled, list[str]]
"""A label, and what those most like its message are."""


def odd(labels: Iterable[Labelled], library: Library) -> list[Odd]:
    """Those that none of the nearest known messages bears out. Labels do not vouch for each other."""
    found = (
        (label, library.against(label.text, label.language, label.value, label.kind == ARTICLE)) for label in labels
    )
    return [(label, likelier) for label, likelier in found if likelier]


def is_doubtful(strange: int, labels: int) -> bool:
    """Whether so many odd labels of so many forbid learning from them."""
    return labels >= FEWEST and strange > SHARE * labels


class Drafts:
    """What labels come to, worked out once as long as they and the data stay as they are: consoles keep asking."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._edits: tuple[Hashable, Edits] | None = None
        self._odd: tuple[Hashable, list[Odd]] | None = None

    def edits(self, labels: Sequence[Labelled]) -> Edits:
        """What they change in data/."""
        key = (stamp(self._data), tuple(labels))
        if self._edits is None or self._edits[0] != key:
            self._edits = (key, edits.make(self._data, labels))
        return self._edits[1]

    def odd(self, labels: Sequence[Labelled], library: Library) -> list[Odd]:
        """Those that look odd."""
        key = (library.stamp, tuple(labels))
        if self._odd is None or self._odd[0] != key:
            self._odd = (key, odd(labels, library))
        return self._odd[1]
