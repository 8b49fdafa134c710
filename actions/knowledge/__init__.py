"""The knowledge base: which article answers a question. Pure; made at start from data/faq."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from actions.knowledge.articles import LANGUAGES, Article, ArticleError, excerpt, read_articles
from actions.knowledge.features import Reader
from actions.knowledge.finder import Finder, Found, is_sure
from actions.knowledge.messages import read_messages, read_out_of_scope
from bot.nlu.lexicon import Lexicon, read

__all__ = ["LANGUAGES", "Article", "ArticleError", "Finder", "Found", "current", "excerpt", "is_sure", "read_articles"]

DATA = Path(__file__).resolve().parent.parent.parent / "data"


@lru_cache(maxsize=1)
def current() -> Finder:
    """The finder of this process, learnt at the first call (about two seconds). Raises ArticleError."""
    reader = Reader(Lexicon(read(DATA / "lexicon")))
    messages = read_messages(DATA / "knowledge") + read_out_of_scope(DATA / "nlu")
    return Finder.learn(read_articles(DATA / "faq"), messages, reader)
