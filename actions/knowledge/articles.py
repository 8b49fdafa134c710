"""Articles as they stand in data/faq/<language>/<slug>.md: front matter in YAML, then a few paragraphs of Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from actions.yaml_text import load_yaml

LANGUAGES = ("fi", "et", "en")
_MARK = re.compile(r"\*\*|__|`|\[([^\]]*)\]\([^)]*\)")
_ITEM = re.compile(r"^(?:[-*]|\d+\.) ", re.MULTILINE)


class ArticleError(ValueError):
    """An article is not what it should be; the message names the file. The editor's mistake, not a bug."""


@dataclass(frozen=True)
class Article:
    """One article in one language. `text` is Markdown; `intents` are those of messages that it may answer."""

    slug: str
    language: str
    title: str
    topic: str
    intents: tuple[str, ...]
    questions: tuple[str, ...]
    countries: tuple[str, ...]
    checked_on: date
    sources: tuple[str, ...]
    text: str

    @property
    def paragraphs(self) -> list[str]:
        """The text's blocks: paragraphs, and lists whole."""
        return [block.strip() for block in re.split(r"\n\s*\n", self.text) if block.strip()]


def read_articles(folder: Path) -> list[Article]:
    """All articles of all languages. Raises ArticleError."""
    articles = [_read(file, language) for language in LANGUAGES for file in sorted((folder / language).glob("*.md"))]
    if not articles:
        raise ArticleError(f"{folder} holds no articles: fi/, et/ and en/ are looked for there.")
    return articles


_LEADS_ON = re.compile(r"(?:\A|(?<=[.!?])|(?<=\n))\s*[^.!?\n]*:\Z")
"""A last sentence that leads to a list which has no room."""


def excerpt(article: Article, longest: int = 420) -> str:
    """The beginning as plain text, for a chat: whole blocks, at most `longest` characters if the first is shorter."""
    said = ""
    for block in article.paragraphs:
        plain = _plain(block)
        if said and len(said) + len(plain) > longest:
            break
        said = f"{said}\n\n{plain}" if said else plain
    return _LEADS_ON.sub("", said).strip() or said.removesuffix(":")


def _plain(block: str) -> str:
    text = _MARK.sub(lambda match: match.group(1) or "", block)
    lines = _ITEM.sub("• ", text) if block.lstrip().startswith(("-", "*")) else text
    return lines.strip()


def _read(file: Path, language: str) -> Article:
    try:
        opening, front, text = file.read_text("utf-8").split("---\n", 2)
        meta: dict[str, Any] = load_yaml(front)
        if opening:
            raise ValueError("it must begin with ---")
        return Article(
            slug=file.stem,
            language=language,
            title=str(meta["title"]),
            topic=str(meta["topic"]),
            intents=_texts(meta["intents"]),
            questions=_texts(meta["questions"]),
            countries=_texts(meta["countries"]),
            checked_on=meta["checked_on"],
            sources=_texts(meta["sources"]),
            text=text.strip(),
        )
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise ArticleError(f"{file}: {type(error).__name__}: {error}") from error


def _texts(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
