"""Lists of words that are tried by a word's first letters find what each finds alone."""

from __future__ import annotations

import re

import pytest

from bot.escalation import words
from bot.escalation.starts import AtWords, starts


@pytest.mark.parametrize(
    ("phrases", "letters"),
    [
        ("(?:cat|dogs?)", {"cat", "dog"}),
        (r"(?:ca\w*|cab)", {"ca"}),
        (r"(?:\d+th)", {"0"}),
        ("(?:(?:the )?end)", {"the ", "end"}),
        ("(?:[ab]c)", {"ac", "bc"}),
    ],
)
def test_beginnings_are_told(phrases: str, letters: set[str]) -> None:
    assert starts(re.compile(rf"(?<!\w)(?=\w){phrases}(?!\w)")) == (letters, set())


@pytest.mark.parametrize(
    ("pattern", "letters", "needs"),
    [
        (r"^no", {""}, set()),
        (r"^\W*(?:no|yes)\W*$", {""}, set()),
        (r"(?<!\w)(?=\w)(?:a)(?!\w)|:-\)", {"a", ":-)"}, set()),
        (r"(?<!\w)(?=\w)(?:\w+ (?:weeks|months)|never)(?!\w)", {"neve"}, {"week", "mont"}),
    ],
)
def test_a_match_can_begin_with_the_text_a_mark_or_any_word_before_one_that_is_told(
    pattern: str, letters: set[str], needs: set[str]
) -> None:
    assert starts(re.compile(pattern)) == (letters, needs)
    _finds_what_it_finds_alone(pattern, "no :-) nobody a a:-) I never said three weeks, a month, six months :-) a")
    _finds_what_it_finds_alone(pattern, "")


@pytest.mark.parametrize("pattern", [r"(?<!\w)(?=\w)(?:\w*ing)(?!\w)", r"no", r"[?\s]no", r"\s+", r"x*"])
def test_what_can_begin_with_anything_is_tried_everywhere(pattern: str) -> None:
    assert starts(re.compile(pattern)) is None
    _finds_what_it_finds_alone(pattern, "no :-) singing? nono")


def _finds_what_it_finds_alone(pattern: str, text: str) -> None:
    expected = [match.span() for match in re.compile(pattern).finditer(text)]
    assert AtWords([re.compile(pattern)]).spans(text) == ({0: expected} if expected else {})


def test_lists_of_words_find_what_each_finds_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns: list[re.Pattern[str]] = []
    monkeypatch.setattr(words, "AtWords", lambda given: patterns.extend(given) or AtWords(given))
    words.read()
    assert patterns
    at_words = AtWords(patterns)
    texts = [
        "I want to talk to a real person, third time I ask, 4th day!!",
        "Laturi savuaa ja haiskahtaa palaneelta, lapsi sai sormeensa haavan; ei auttanut, ei toimi, 2. kerta",
        "Ma ootan juba kolmandat nädalat ja keegi ei vasta. Tahan inimesega rääkida :-) 100 € läks kaotsi",
        "ok ok, fine… thanks for nothing. I'll see you in court, and I'm going to the police and the papers",
        "",
    ]
    for text in map(words.fold, texts):
        alone = {at: [match.span() for match in one.finditer(text)] for at, one in enumerate(patterns)}
        assert at_words.spans(text) == {at: spans for at, spans in alone.items() if spans}
