"""Articles that change while the actions run are learnt beside the questions; broken ones leave what was learnt."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from actions import knowledge
from actions.knowledge import ArticleError

_stamps = itertools.count()
"""No two looks at the files find the same, in any test."""


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What learning gives, in turn, after the files have changed; the first is what was learnt at the start."""
    results: list[Any] = ["first"]

    def learn() -> Any:
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    knowledge._current.cache_clear()
    monkeypatch.setattr(knowledge, "_learn", learn)
    monkeypatch.setattr(knowledge, "_fresh", [])
    monkeypatch.setattr(knowledge, "_LOOK_EVERY_S", 0.0)
    monkeypatch.setattr(knowledge, "_stamp", lambda: frozenset({("file", next(_stamps))}))
    yield results
    knowledge._current.cache_clear()


def settled() -> Any:
    """What is found once nobody learns any more."""
    for thread in threading.enumerate():
        if thread.name == "knowledge" and thread is not threading.current_thread():
            thread.join(20)
    return knowledge._fresh[-1] if knowledge._fresh else knowledge._current()


def test_the_question_that_notices_is_answered_at_once_and_later_ones_by_what_is_new(changed: list[Any]) -> None:
    changed.append("second")
    assert knowledge.current() == "first"
    assert settled() == "second"


def test_articles_that_cannot_be_read_leave_what_was_learnt(
    changed: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    changed.append(ArticleError("delivery.md: no title"))
    assert knowledge.current() == "first"
    assert settled() == "first"
    assert "delivery.md: no title" in caplog.text
