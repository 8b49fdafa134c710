"""The same dialogues with other orders, customers and dates, so that nothing can hang on a certain one.

An order is exchanged for another one of the same goods in the same state whose customer has the same language, and its
customer's address and name go with it: the shop then tells the same kind of story. An order without its like stays.
Days are moved within the month, and numbers that are no order of the shop stay none.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.rehearsal.dialogues import Written

_NUMBER = re.compile(r"(?<!\d)\d{6}(?!\d)")
_DATE = re.compile(r"(?<![\d.])([12]?\d|3[01])(?=\.(?:1[0-2]|0?[1-9])\.)")


@dataclass(frozen=True)
class Known:
    """An order of the shop, and whose it is."""

    number: str
    state: str
    email: str
    name: str
    language: str
    goods: tuple[str, ...] = ()

    def like(self, other: Known) -> bool:
        """Whether a customer could tell the same of both."""
        return (self.state, self.language, self.goods) == (other.state, other.language, other.goods)


def shuffled(dialogues: Sequence[Written], orders: Sequence[Known], seed: int) -> list[Written]:
    """The dialogues in their order, each with its own exchange."""
    chance = random.Random(seed)
    by_number = {one.number: one for one in orders}
    return [_changed(written, by_number, chance) for written in dialogues]


def _changed(written: Written, orders: Mapping[str, Known], chance: random.Random) -> Written:
    texts = [message.text for message in written.messages]
    swaps: dict[str, str] = {}
    for text in texts:
        for number in _NUMBER.findall(text):
            if number not in swaps:
                swaps.update(_exchange(number, orders, swaps, chance))
    pattern = re.compile("|".join(map(re.escape, sorted(swaps, key=len, reverse=True))), re.I) if swaps else None
    shift = chance.randrange(1, 20)
    messages = []
    for message in written.messages:
        text = pattern.sub(lambda match: _kept(match[0], swaps), message.text) if pattern else message.text
        messages.append(replace(message, text=_DATE.sub(lambda match: str((int(match[0]) + shift) % 28 + 1), text)))
    return replace(written, messages=tuple(messages))


def _kept(found: str, swaps: Mapping[str, str]) -> str:
    return swaps.get(found) or swaps.get(found.casefold()) or found


def _exchange(
    number: str, orders: Mapping[str, Known], swaps: Mapping[str, str], chance: random.Random
) -> dict[str, str]:
    """What stands for what: the number, and its customer's address and name in small letters too. A second order of
    the same customer becomes one of the same other customer."""
    known = orders.get(number)
    if known is None:
        while (other := str(chance.randrange(100_000, 1_000_000))) in orders:
            pass
        return {number: other}
    same = [one for one in orders.values() if one.like(known)]
    if known.email in swaps:
        mine = [one for one in orders.values() if one.email == swaps[known.email]]
        same = [one for one in mine if one.like(known)] or [known]
    new = chance.choice(same)
    pairs = {number: new.number, known.email: new.email, known.name: new.name}
    return pairs | {old.casefold(): fresh.casefold() for old, fresh in pairs.items()} | pairs
