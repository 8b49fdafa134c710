"""What the bot has learnt from so far: messages by intent, questions by article; and what a new one is most like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from desk.errors import SetupError
from desk.help.articles import read_articles
from desk.learning.likeness import Likeness
from desk.texts import LOCALES
from desk.yaml_text import load_yaml

_MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
_NEIGHBOURS = 15


@dataclass(frozen=True, slots=True)
class Example:
    """A message and what it is: an intent's name, or an article's slug."""

    text: str
    value: str


class Library:
    """Read from data/ once; `is_fresh` says whether that still holds. Raises SetupError for files that are none."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.stamp = stamp(data)
        self._intents = {locale: list(_messages(data, locale)) for locale in LOCALES}
        articles = read_articles(data / "faq")
        self.titles = {locale: {slug: one.title for slug, one in articles[locale].items()} for locale in LOCALES}
        questions = {locale: list(_questions(data, locale, articles[locale])) for locale in LOCALES}
        self._like_intents = {locale: _Known(self._intents[locale]) for locale in LOCALES}
        self._like_articles = {locale: _Known(questions[locale]) for locale in LOCALES}

    @property
    def intents(self) -> list[str]:
        """All intents, by name."""
        return sorted({each.value for examples in self._intents.values() for each in examples})

    def is_fresh(self) -> bool:
        """Whether the files are those that were read."""
        return stamp(self._data) == self.stamp

    def suggest(self, text: str, locale: str) -> dict[str, list[str]]:
        """The most likely intents and articles, the first first."""
        known = locale if locale in LOCALES else LOCALES[0]
        return {
            "intents": self._like_intents[known].suggest(text, 3),
            "articles": self._like_articles[known].suggest(text, 2),
        }

    def against(self, text: str, locale: str, value: str, is_article: bool) -> list[str]:
        """What the most alike are, the likeliest two first, where none of them is `value`; empty where one is."""
        known = self._like_articles if is_article else self._like_intents
        votes = known[locale].votes(text) if locale in LOCALES else Counter()
        return [] if value in votes else [each for each, _ in votes.most_common(2)]


class _Known:
    def __init__(self, examples: list[Example]) -> None:
        self._examples = examples
        self._likeness = Likeness([each.text for each in examples])

    def suggest(self, text: str, many: int) -> list[str]:
        return [value for value, _ in self.votes(text).most_common(many)]

    def votes(self, text: str) -> Counter[str]:
        """What the nearest examples are, weighed by how near they are."""
        votes: Counter[str] = Counter()
        for number, cosine in self._likeness.nearest(text, _NEIGHBOURS):
            votes[self._examples[number].value] += cosine  # type: ignore[assignment]
        return votes


def plain(example: str) -> str:
    """A line of training data as it was written, without the marks of details."""
    return _MARKED.sub(r"\1", example)


def _messages(data: Path, locale: str) -> Iterator[Example]:
    for file in sorted((data / "nlu" / locale).glob("*.yml")):
        try:
            blocks = load_yaml(file.read_text(encoding="utf-8"))["nlu"]
            for block in blocks:
                lines = str(block.get("examples", "")).splitlines() if "intent" in block else []
                yield from (Example(plain(line[2:]), block["intent"]) for line in lines if line.startswith("- "))
        except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise SetupError(f"{file} is no training data: {type(error).__name__}.") from error


def _questions(data: Path, locale: str, articles: Mapping[str, Any]) -> Iterator[Example]:
    for slug, article in articles.items():
        yield from (Example(text, slug) for text in (article.title, *article.questions))
    for file in sorted((data / "knowledge" / locale).glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            slug, tab, text = line.partition("\t")
            if tab and slug in articles:
                yield Example(text, slug)


def stamp(data: Path) -> tuple[tuple[str, int], ...]:
    """The files that are learnt from, with their times: equal as long as nothing has changed."""
    found: Iterable[Path] = (path for name in ("nlu", "knowledge", "faq") for path in (data / name).glob("*/*.*"))
    return tuple(sorted((str(path), path.stat().st_mtime_ns) for path in found))
