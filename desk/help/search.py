"""Finding articles by a few words, on one page of results: whole words, their beginnings and endings, and typos."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping

from desk.help.articles import Article

MOST = 10
"""Results on the page."""
LONGEST_QUERY = 200
MOST_WORDS = 12
GOOD_ENOUGH = 0.34
"""The share of the question's weight that an article has to cover."""

_FIELDS = {"title": 1.0, "questions": 0.9, "text": 0.6}
_WORD = re.compile(r"\w{2,}")
_SMALL, _SMALL_WORTH = 3, 0.3
"""Letters of a word that rather joins than names ("ma", "the", "on"), and what it tells beside the others."""
_STEM = 4
"""Letters that two words must share at their beginning to be forms of one."""
_ALIKE = 0.6
"""How alike the pieces of two words must be to be one of them mistyped."""


def fold(text: str) -> str:
    """Small letters without dots, as people type them.

    >>> fold("Õiget ÄÄNTÄ")
    'oiget aanta'
    """
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in text if not unicodedata.combining(letter))


class Search:
    """The articles of one language. Words that few articles have tell more."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = list(articles.values())
        self._words = [_weights(article) for article in self._articles]
        vocabulary = set().union(*self._words)
        self._spread = {word: sum(word in words for words in self._words) for word in vocabulary}
        self._pieces = {word: _pieces(word) for word in vocabulary}

    def find(self, query: str) -> list[Article]:
        """The best articles, best first; none where too little of the question is in any."""
        asked = list(dict.fromkeys(_WORD.findall(fold(query[:LONGEST_QUERY]))))[:MOST_WORDS]
        meant = [self._meant(word) for word in asked]
        small = [_SMALL_WORTH if len(word) <= _SMALL else 1.0 for word in asked]
        worth = [self._worth(words) * part for words, part in zip(meant, small, strict=True)]
        total = sum(worth)
        if not total:
            return []
        rated = [
            (sum(share * _best(words, own) for share, words in zip(worth, meant, strict=True)) / total, at)
            for at, own in enumerate(self._words)
        ]
        best = sorted((one for one in rated if one[0] >= GOOD_ENOUGH), key=lambda one: (-one[0], one[1]))
        return [self._articles[at] for _, at in best[:MOST]]

    def _meant(self, word: str) -> dict[str, float]:
        """Words of the articles that a word may stand for, and how surely."""
        exact = {word: 1.0} if word in self._spread else {}
        forms = {known: sure for known in self._spread if known != word and (sure := _same_stem(word, known))}
        if exact or forms:
            return exact | forms
        pieces = _pieces(word)
        return {known: 0.5 for known, own in self._pieces.items() if _alike(pieces, own) >= _ALIKE}

    def _worth(self, words: Mapping[str, float]) -> float:
        """What a word of the question tells; one that no article has tells as much as one that a single has."""
        spread = min((self._spread[word] for word in words), default=1)
        return math.log(1 + len(self._articles) / spread)


def _weights(article: Article) -> dict[str, float]:
    fields: dict[str, Iterable[str]] = {
        "title": [article.title],
        "questions": article.questions,
        "text": [article.text],
    }
    weights: dict[str, float] = {}
    for field, texts in fields.items():
        for word in _WORD.findall(fold(" ".join(texts))):
            weights[word] = max(weights.get(word, 0.0), _FIELDS[field])
    return weights


def _best(words: Mapping[str, float], own: Mapping[str, float]) -> float:
    return max((sure * own[word] for word, sure in words.items() if word in own), default=0.0)


def _same_stem(one: str, other: str) -> float:
    """How much of the longer word is their common beginning (palautus, palauttaa: 6 of 9); 0 where it is too little."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    enough = max(_STEM, math.ceil(0.7 * min(len(one), len(other))))
    return shared / max(len(one), len(other)) if shared >= enough else 0.0


def _pieces(word: str) -> frozenset[str]:
    framed = f" {word} "
    return frozenset(framed[at : at + 2] for at in range(len(framed) - 1))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
