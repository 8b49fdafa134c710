"""The knowledge base: which article answers a question. Pure; made at start from data/faq."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path

from actions.knowledge.articles import LANGUAGES, Article, ArticleError, excerpt, read_articles
from actions.knowledge.features import Reader
from actions.knowledge.finder import Finder, Found, is_sure
from actions.knowledge.messages import Message, read_messages, read_out_of_scope
from bot.nlu.lexicon import Lexicon, read

__all__ = [
    "LANGUAGES",
    "Article",
    "ArticleError",
    "Finder",
    "Found",
    "asks",
    "current",
    "excerpt",
    "is_sure",
    "read_articles",
    "sources",
    "warm_up",
]

DATA = Path(__file__).resolve().parent.parent.parent / "data"


_learning = threading.Lock()
"""The first question waits for what is being learnt instead of learning it too."""


def current() -> Finder:
    """The finder of this process. Raises ArticleError."""
    with _learning:
        return _current()


def warm_up() -> None:
    """Check the articles now, and learn from them beside what else starts (some seconds). Raises ArticleError."""
    read_articles(DATA / "faq")
    read_messages(DATA / "knowledge")
    threading.Thread(target=current, name="knowledge", daemon=True).start()


def asks(text: str, language: str) -> bool:
    """Whether a text is a question, also without its mark."""
    return "?" in text or _reader().asks(text, language)


def sources() -> tuple[list[Article], list[Message], Reader]:
    """What a finder is learnt from. Raises ArticleError."""
    messages = read_messages(DATA / "knowledge") + read_out_of_scope(DATA / "nlu")
    return read_articles(DATA / "faq"), messages, _reader()


@lru_cache(maxsize=1)
def _current() -> Finder:
    return Finder.learn(*sources())


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader(Lexicon(read(DATA / "lexicon")))
