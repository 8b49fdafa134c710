"""What the finder of articles learns from: well labelled, enough of it, and nothing of what it is judged by."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT

from actions.knowledge.articles import LANGUAGES, ArticleError, read_articles
from actions.knowledge.messages import NONE, Message, read_messages

KNOWLEDGE = ROOT / "data" / "knowledge"
SET_ASIDE = ROOT / "tests" / "bot" / "knowledge"
ARTICLES = read_articles(ROOT / "data" / "faq")
SLUGS = {one.slug for one in ARTICLES}
each_language = pytest.mark.parametrize("language", LANGUAGES)


def plain(text: str) -> str:
    """Without case, dots on letters, marks and doubled spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(one for one in letters if not unicodedata.combining(one))))


def messages(language: str) -> list[Message]:
    return [one for one in read_messages(KNOWLEDGE) if one.language == language]


def set_aside(language: str) -> list[tuple[str, str]]:
    lines = (SET_ASIDE / f"questions.{language}.tsv").read_text("utf-8").splitlines()
    return [(slug, text) for slug, _, text in (line.partition("\t") for line in lines)]


@each_language
def test_every_message_belongs_to_an_article_or_to_none(language: str):
    assert {one.slug for one in messages(language)} == {*SLUGS, None}


@each_language
def test_no_message_stands_twice(language: str):
    counts = Counter(plain(one.text) for one in messages(language))

    assert [text for text, times in counts.items() if times > 1] == []


@each_language
def test_each_article_has_enough_questions_and_there_are_enough_that_none_answers(language: str):
    counts = Counter(one.slug for one in messages(language))

    assert min(counts[slug] for slug in SLUGS) >= 7
    assert counts[None] >= 120


@each_language
def test_nothing_is_learnt_from_what_is_set_aside(language: str):
    learnt = {plain(one.text) for one in messages(language)}
    for article in ARTICLES:
        if article.language == language:
            learnt |= {plain(text) for text in (article.title, *article.questions)}

    assert sum(plain(text) in learnt for _, text in set_aside(language)) == 0


@each_language
def test_what_is_set_aside_is_labelled_by_articles_that_there_are(language: str):
    labels = [slug for slug, _ in set_aside(language)]

    assert set(labels) <= {*SLUGS, NONE}
    assert len(labels) - labels.count(NONE) >= 50
    assert labels.count(NONE) >= 20


def test_a_line_without_a_tab_is_named(tmp_path: Path):
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
    (tmp_path / "fi" / "questions.tsv").write_text("return-time palautusaika\n", "utf-8")

    with pytest.raises(ArticleError, match=r"questions\.tsv:1: a line is slug<TAB>message"):
        read_messages(tmp_path)
