"""A message that is four times as long costs about four times as much, whatever it is made of."""

from __future__ import annotations

import asyncio
import random
import string
import sys
import time
from collections.abc import Callable

import pytest
from rasa.core.processor import MessageProcessor

from bot import understanding
from bot.escalation.hearing import Hearing
from bot.nlu.text import UNDERSTOOD

SHORT, LONG = UNDERSTOOD // 4 - 10, UNDERSTOOD - 40
ROUNDS = 5
KNOWN = ("missä", "paketti", "on", "tilaus", "where", "is", "my", "parcel", "kus", "minu", "pakk", "raha", "tagasi")


def _sentences(length: int, seed: int) -> str:
    """Known words, and as many that nobody has written before, so that nothing is remembered."""
    draw = random.Random(f"{length} {seed}")
    words: list[str] = []
    while len(" ".join(words)) < length:
        words += [draw.choice(KNOWN), "".join(draw.choices("aeioulnstrkmäõ", k=draw.randint(3, 12))) + "?"]
    return " ".join(words)[:length]


def _of(letters: str) -> Callable[[int, int], str]:
    return lambda length, seed: "".join(random.Random(f"{length} {seed}").choices(letters, k=length))


TEXTS = {
    "sentences": _sentences,
    "one word": _of(string.ascii_letters),
    "digits": _of(string.digits),
    "numbers": _of(string.digits + " .-"),
    "marks": _of("!?.,:;()#€"),
    "addresses": _of("ab@. "),
    "one address": lambda length, seed: _of("abc")(length - 1, seed) + "@",
    "capitals": _of("ABC De-"),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_cost_grows_with_the_length_and_not_faster(
    processor: MessageProcessor, text: Callable[[int, int], str]
) -> None:
    asyncio.run(understanding.parse(processor, text(LONG, -1)))  # loads what is loaded late

    calls = _calls(processor, text(LONG, ROUNDS)) / _calls(processor, text(SHORT, ROUNDS))
    seconds = _least_seconds(processor, text, LONG) / _least_seconds(processor, text, SHORT)

    assert calls < 1.5 * LONG / SHORT
    assert seconds < 2.5 * LONG / SHORT, "a regular expression or an array that grows by the square?"


def _calls(processor: MessageProcessor, text: str) -> int:
    """How many functions are called for a message: the same however busy the machine is."""
    count = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        asyncio.run(understanding.parse(processor, text))
    finally:
        sys.setprofile(None)
    return count


def _least_seconds(processor: MessageProcessor, text: Callable[[int, int], str], length: int) -> float:
    """The least processor time that one of some messages takes: what calls do not show, such as regular expressions."""
    taken = []
    for seed in range(ROUNDS):
        written = text(length, seed)
        started = time.thread_time()
        asyncio.run(understanding.parse(processor, written))
        taken.append(time.thread_time() - started)
    return min(taken)


def test_a_wish_beside_details_is_heard_once(processor: MessageProcessor, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "please cancel it at once, order 100233, anna.tamm@example.ee"
    heard: list[str] = []
    told = Hearing.told
    monkeypatch.setattr(Hearing, "told", lambda self, *given: heard.append(given[0]) or told(self, *given))

    parsed = asyncio.run(understanding.parse(processor, text))

    assert heard == [text]
    assert parsed["intent"]["name"] == "cancel_order"
    assert parsed["intent_ranking"][0]["name"] == "cancel_order"
