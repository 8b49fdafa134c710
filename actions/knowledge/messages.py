"""Customers' messages that teach the finder: which article answered them, or that none does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from actions.knowledge.articles import LANGUAGES, ArticleError
from actions.yaml_text import load_yaml

NONE = "-"
_MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


class Message(NamedTuple):
    """`slug` is None for a stranger: a message that no article answers."""

    language: str
    slug: str | None
    text: str


def read_messages(folder: Path) -> list[Message]:
    """The lines of <language>/*.tsv: `slug<TAB>message`, `-` where no article answers. Raises ArticleError."""
    files = [file for language in LANGUAGES for file in sorted((folder / language).glob("*.tsv"))]
    return [message for file in files for message in read_file(file)]


def read_file(file: Path) -> Iterator[Message]:
    """The lines of one file; its folder is its language. Raises ArticleError."""
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        slug, tab, text = line.partition("\t")
        if not tab:
            raise ArticleError(f"{file}:{number}: a line is slug<TAB>message")
        yield Message(file.parent.name, None if slug == NONE else slug, text)


def read_out_of_scope(folder: Path) -> list[Message]:
    """The examples of data/nlu/<language>/out_of_scope.yml, without the marks of details: all strangers."""
    found = []
    for language in LANGUAGES:
        file = folder / language / "out_of_scope.yml"
        for block in load_yaml(file.read_text("utf-8"))["nlu"]:
            lines = (line.strip().removeprefix("- ") for line in block.get("examples", "").splitlines())
            found += [Message(language, None, _MARKED.sub(r"\1", line)) for line in lines if line]
    return found
