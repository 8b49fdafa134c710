"""Which article answers a question: a ridge regression over the articles' own words and customers' questions.

Every title, every typical question and every line of an article is an example of it, in all languages at once; messages
out of scope are examples of none. Afterwards a question costs one row of weights for each of its features. What was
tried and measured stands in docs/evaluation-knowledge.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from actions.knowledge.articles import Article
from actions.knowledge.features import Reader
from actions.knowledge.messages import Message
from actions.knowledge.weighing import Scales, ridge

SHRINKAGE = 1.0
"""Of the regression: greater follows the examples less closely."""

STRANGER = 0.3
"""A stranger counts for so much of an example: there are many, and what is out of scope has no end."""

INTENT = 0.3
"""What the certainty of the message's intent adds to the articles that name it, at most as much as their likeness: an
intent alone finds nothing. Out of scope takes as much off all."""

OUT_OF_SCOPE = "out_of_scope"

DOUBT = 0.7
"""So much of the likeness to strangers is taken off."""

SILENT_BELOW = 0.17
"""A lower score is no answer. Chosen by leaving out, so that it silences nine strangers in ten."""

SURE_BY = 0.15
"""By so much the first leads the second where it may be told without asking which is meant."""

HOMES = {"fi": "FI", "et": "EE"}
"""Where those live who write a language; English is written everywhere."""

ABROAD = 0.3
"""What an article loses that is for others: their law is close to ours, and told to a customer it would be wrong."""

_COUNTRY = re.compile(r"(?<!\w)(?:viro|eesti|estonia|suom|soome|finland)", re.IGNORECASE)

MOST = 3
"""Articles that are found at most."""

LONGEST = 400
"""Characters of a question that are read: what is asked in general is short."""


@dataclass(frozen=True)
class Found:
    """An article and how well it fits, about 0 to 1."""

    article: Article
    score: float


class Finder:
    """`find` is what it is for; the weights are columns × articles, the last one strangers."""

    def __init__(self, articles: Sequence[Article], reader: Reader, scales: Scales, weights: np.ndarray) -> None:
        self.articles = {(one.language, one.slug): one for one in articles}
        self._slugs = _slugs(articles)
        by_slug = {one.slug: one for one in articles}
        self._intents = [by_slug[slug].intents for slug in self._slugs]
        self._reader = reader
        self.learnt = scales, weights

    @classmethod
    def learn(cls, articles: Sequence[Article], messages: Sequence[Message], reader: Reader) -> Finder:
        """Learn from the articles of all languages, and from messages whose article is known. KeyError for a slug of a
        message that no article has."""
        slugs = {slug: at for at, slug in enumerate(_slugs(articles))}
        own = [(one.language, slugs[one.slug], line) for one in articles for line in _lines(one)]
        own += [(one.language, slugs[one.slug], one.text) for one in messages if one.slug]
        strangers = [(one.language, len(slugs), one.text) for one in messages if not one.slug]
        read = [reader.read(text, language) for language, _, text in own + strangers]
        scales = Scales.learn(read[: len(own)], [(language, at) for language, at, _ in own])
        doubt = [SHRINKAGE] * len(own) + [SHRINKAGE / STRANGER] * len(strangers)
        right = np.array([at for _, at, _ in own + strangers])
        return cls(articles, reader, scales, ridge(scales.matrix(read), right, np.array(doubt, dtype=np.float32)))

    def find(self, text: str, language: str, ranking: Sequence[Mapping[str, Any]] = ()) -> list[Found]:
        """At most three articles in `language`, best first; none where nothing fits.

        `ranking` is what the understanding takes the message for: `[{"name", "confidence"}, …]`.
        """
        scores = self._scores(text[:LONGEST], language, {one["name"]: one["confidence"] for one in ranking})
        scores = self._at_home(scores, text, language)
        best = [at for at in np.argsort(-scores) if (language, self._slugs[at]) in self.articles][:MOST]
        if not best or scores[best[0]] < SILENT_BELOW:
            return []
        return [Found(self.articles[language, self._slugs[at]], round(float(scores[at]), 3)) for at in best]

    def _at_home(self, scores: np.ndarray, text: str, language: str) -> np.ndarray:
        """Articles on another country's law (`defects-ee`) count for their counterpart, where none is named."""
        home = HOMES.get(language)
        if home is None or _COUNTRY.search(text):
            return scores
        scores = scores.copy()
        for at, slug in enumerate(self._slugs):
            own, counterpart = self.articles.get((language, slug)), f"{slug[:-2]}{home.lower()}"
            if own is not None and home not in own.countries and counterpart in self._slugs:
                other = self._slugs.index(counterpart)
                scores[other] = max(scores[other], scores[at])
                scores[at] -= ABROAD
        return scores

    def _scores(self, text: str, language: str, confidences: Mapping[str, float]) -> np.ndarray:
        scales, weights = self.learnt
        columns, values = scales.vector(self._reader.read(text, language))
        alike = np.array(values, dtype=np.float32) @ weights[columns]
        expected = np.array([sum(confidences.get(name, 0.0) for name in intents) for intents in self._intents])
        strange = DOUBT * alike[-1] + INTENT * confidences.get(OUT_OF_SCOPE, 0.0)
        return alike[:-1] + np.minimum(INTENT * expected, np.maximum(alike[:-1], 0)) - strange


def is_sure(found: Sequence[Found]) -> bool:
    """Whether the first may be told without asking which one is meant."""
    return bool(found) and (len(found) == 1 or found[0].score - found[1].score >= SURE_BY)


def _slugs(articles: Sequence[Article]) -> list[str]:
    return sorted({one.slug for one in articles})


def _lines(article: Article) -> list[str]:
    return [article.title, *article.questions, *(line for line in article.text.splitlines() if line.strip())]
