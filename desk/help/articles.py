"""Articles as they stand in data/faq/<language>/<slug>.md, which the bot reads too: front matter, then Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from desk.errors import SetupError
from desk.texts import LOCALES
from desk.yaml_text import load_yaml

TOPICS = (
    "delivery", "orders", "returns", "payment", "discounts", "warranty", "products", "account", "privacy", "contact",
    "shop",
)  # fmt: skip
"""In the order of the page."""

type Articles = Mapping[str, Mapping[str, Article]]
"""By language, then by slug."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language; `text` is Markdown, `questions` are what customers ask."""

    slug: str
    title: str
    topic: str
    questions: tuple[str, ...]
    countries: tuple[str, ...]
    checked_on: date
    sources: tuple[str, ...]
    text: str


def read_articles(folder: Path) -> Articles:
    """All articles. Raises SetupError naming a file that cannot be read, or an article that a language lacks."""
    found = {locale: {file.stem: _read(file) for file in sorted((folder / locale).glob("*.md"))} for locale in LOCALES}
    for locale in LOCALES:
        if lacking := sorted(set().union(*found.values()) - set(found[locale])):
            raise SetupError(f"{folder / locale} lacks {', '.join(lacking)}; each article must be in every language.")
    return found


def _read(file: Path) -> Article:
    try:
        _, front, text = file.read_text(encoding="utf-8").split("---\n", 2)
        meta: dict[str, Any] = load_yaml(front)
        article = Article(
            slug=file.stem,
            title=str(meta["title"]),
            topic=str(meta["topic"]),
            questions=tuple(map(str, meta["questions"])),
            countries=tuple(map(str, meta["countries"])),
            checked_on=meta["checked_on"],
            sources=tuple(map(str, meta["sources"])),
            text=text,
        )
    except (ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise SetupError(f"{file} is no article: {type(error).__name__}: {error}") from error
    if article.topic not in TOPICS:
        raise SetupError(f"{file}: topic must be one of {', '.join(TOPICS)}.")
    return article
