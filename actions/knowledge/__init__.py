"""The knowledge base: which article answers a question. Learnt from data/faq and data/knowledge, kept in models/."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path

from actions.knowledge import kept
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

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "data"
KEPT = ROOT / "models" / "knowledge.npz"
LEARNT_FROM = (
    "data/faq/*/*.md",
    "data/knowledge/*/*.tsv",
    "data/nlu/*/out_of_scope.yml",
    "data/lexicon/*.yml",
    "actions/knowledge/*.py",
    "bot/nlu/lexicon.py",
    "bot/nlu/text.py",
)

_learning = threading.Lock()
"""The first question waits for what is being learnt instead of learning it too."""


def current() -> Finder:
    """The finder of this process. Raises ArticleError."""
    with _learning:
        return _current()


def warm_up() -> None:
    """Check the articles now; learn from them beside what else starts, if they have changed. Raises ArticleError."""
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
    made_from = kept.digest((file for pattern in LEARNT_FROM for file in ROOT.glob(pattern)), ROOT)
    if learnt := kept.read(KEPT, made_from):
        return Finder(read_articles(DATA / "faq"), _reader(), *learnt)
    finder = Finder.learn(*sources())
    kept.write(KEPT, made_from, finder.learnt)
    return finder


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader(Lexicon(read(DATA / "lexicon")))
