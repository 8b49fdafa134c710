"""Who comes to the shop on this day: two hundred people, drawn with a seed, so that a day can be had again."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path

import words

from demo.model import Order
from demo.world import World

LANGUAGES = ("fi", "et", "en")
CHANNELS = {"widget": 110, "telegram": 40, "slack": 30, "email": 20}
STORIES = {"where": 34, "cancel": 8, "price": 12, "return_time": 10, "payment": 8}
"""Out of a hundred; the bot ought to do these. Cancelling wants a code by mail and is done in the widget only."""
FOR_PEOPLE = {"person": 10, "angry": 7, "danger": 3, "law": 4, "odd": 4}
ALLOWED = {
    "where": {"compensation_granted", "inquiry_opened"},
    "cancel": {"order_cancelled"},
}
"""What may be changed in the shop for whom, besides nothing at all."""


@dataclass(frozen=True)
class Person:
    """Somebody with a matter. `comes_at`: part of the day that has passed."""

    name: str
    language: str
    channel: str
    story: str
    number: str
    email: str
    comes_at: float
    hasty: bool
    """Makes typing errors."""
    chatty: bool
    """Asks for something else in between."""
    leaves: bool
    """Goes away after the first message, and comes back."""
    gone: bool
    """Goes away after the first message, and does not come back."""

    def says(self, text: str) -> str:
        """The words with the order's facts, mistyped now and then outside of figures and addresses."""
        parts = []
        for word in text.split():
            plain = word.isalpha() and len(word) > 4
            parts.append(_mistyped(word, self.name) if self.hasty and plain else word)
        return " ".join(parts).format(number=self.number, email=self.email)

    @property
    def opening(self) -> str:
        """Their first words."""
        choice = random.Random(self.name)
        return self.says(choice.choice(words.OPENING[self.story][self.language]))


def crowd(data: Path, seed: int, size: int) -> list[Person]:
    """Everybody, by the time at which they come."""
    dice = random.Random(seed)
    orders = list(World.made(data / "shop", datetime.now(UTC).date()).orders.values())
    dice.shuffle(orders)
    waiting = iter([each for each in orders if each.state == "shipped"] * 10)
    unsent = iter([each for each in orders if each.state == "processing"])
    channels = list(chain.from_iterable(repeat(name, count) for name, count in CHANNELS.items()))
    dice.shuffle(channels)
    people = []
    for number in range(size):
        channel = channels[number % len(channels)]
        story = _drawn(dice, channel, STORIES | FOR_PEOPLE)
        order = next(unsent if story == "cancel" else waiting)
        people.append(_person(dice, f"h{number:03}", channel, story, order))
    return sorted(people, key=lambda each: each.comes_at)


def _person(dice: random.Random, name: str, channel: str, story: str, order: Order) -> Person:
    bot_story = story in STORIES
    fate = dice.random()
    return Person(
        name=name,
        language=dice.choice(LANGUAGES),
        channel=channel,
        story=story,
        number=order.number,
        email=order.customer.email,
        comes_at=min(0.95, max(0.0, dice.gauss(0.5, 0.25))),
        hasty=dice.random() < 0.3,
        chatty=bot_story and channel in ("widget", "telegram") and dice.random() < 0.2,
        leaves=channel == "widget" and fate < 0.15,
        gone=bot_story and channel == "widget" and 0.15 <= fate < 0.2,
    )


def _drawn(dice: random.Random, channel: str, chances: dict[str, int]) -> str:
    possible = {name: many for name, many in chances.items() if name != "cancel" or channel == "widget"}
    return dice.choices(list(possible), weights=list(possible.values()))[0]


def _mistyped(word: str, seed: str) -> str:
    """Two neighbouring letters exchanged, in one word of four."""
    dice = random.Random(seed + word)
    if dice.random() > 0.25:
        return word
    at = dice.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def code_in(mails: Iterable[dict[str, str]], email: str) -> str | None:
    """The newest one-time code that was sent to this address."""
    import re

    for mail in reversed(list(mails)):
        if mail.get("to") == email and (found := re.search(r"\b(\d{6})\b", mail.get("text", ""))):
            return found[1]
    return None


def fresh_seed() -> int:
    """A day that nobody has seen."""
    return secrets.randbelow(10**6)
