"""The knowledge base: which article answers a question. Learnt from data/faq and data/knowledge, kept in models/."""

from __future__ import annotations

import logging
import threading
import time
from functools import lru_cache
from pathlib import Path

from actions import waiting
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

log = logging.getLogger(__name__)
_LOOK_EVERY_S = 2.0
_renewing = threading.Lock()
_fresh: list[Finder] = []
"""The finder that was learnt since, if files have changed."""
_learning = threading.Lock()
"""The first question waits for what is being learnt instead of learning it too."""


def current() -> Finder:
    """The finder of this process; articles that have changed are learnt beside the questions that come meanwhile.
    Raises ArticleError where there was none yet."""
    if _learning.locked() or not (_fresh or _current.cache_info().currsize):
        waiting.begins()
    with _learning:
        finder = _fresh[-1] if _fresh else _current()
    if not _renewing.locked() and _looked.due():
        threading.Thread(target=_renew, name="knowledge", daemon=True).start()
    return finder


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


class _Looked:
    """When the files were last looked at, and how they were when the finder learnt from them."""

    def __init__(self) -> None:
        self.stamp = _stamp()
        self._at = time.monotonic()

    def due(self) -> bool:
        """At most every two seconds."""
        if time.monotonic() - self._at < _LOOK_EVERY_S:
            return False
        self._at = time.monotonic()
        return True


def _stamp() -> frozenset[tuple[str, int]]:
    return frozenset((str(file), file.stat().st_mtime_ns) for pattern in LEARNT_FROM for file in ROOT.glob(pattern))


def _renew() -> None:
    """Learn anew, if files have changed; articles that cannot be read leave what was learnt before."""
    with _renewing:
        stamp = _stamp()
        if stamp == _looked.stamp:
            return
        try:
            _fresh[:] = [_learn()]
        except ArticleError as error:
            log.warning("articles have changed and are not taken up: %s", error)
        _looked.stamp = stamp


@lru_cache(maxsize=1)
def _current() -> Finder:
    return _learn()


def _learn() -> Finder:
    made_from = kept.digest((file for pattern in LEARNT_FROM for file in ROOT.glob(pattern)), ROOT)
    if learnt := kept.read(KEPT, made_from):
        return Finder(read_articles(DATA / "faq"), _reader(), *learnt)
    finder = Finder.learn(*sources())
    kept.write(KEPT, made_from, finder.learnt)
    return finder


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader(Lexicon(read(DATA / "lexicon")))


_looked = _Looked()
