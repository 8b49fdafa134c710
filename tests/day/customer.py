"""How a person of the day behaves: says what they came for, answers what is asked, waits for people, says thanks."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

import words
from people import FOR_PEOPLE, Person, code_in
from ways import Heard, Way

LOOK = 0.3
BREATH = 1.0
"""Seconds in which a burst of messages comes to its end."""
PATIENCE = 45.0
"""Seconds of silence after which somebody asks again, once."""
TRIES = 2
"""Wordings that somebody tries before asking for a person."""
RETURN_SECONDS = 8.0


@dataclass
class Visit:
    """What came of it. `how`: bot, person, gone, or nothing."""

    person: Person
    way: Way
    how: str = "nothing"
    heard: list[Heard] = field(default_factory=list)


class Customer:
    """One person at one way in."""

    def __init__(self, visit: Visit, mailbox: Path, limit: float) -> None:
        self.visit = visit
        self._person, self._way, self._mailbox = visit.person, visit.way, mailbox
        self._language = visit.person.language
        self._dice = random.Random(visit.person.name)
        self._deadline = time.monotonic() + limit
        self._seen = 0
        self._tries = 0
        self._waits = False
        self._told_more = self._digressed = self._confirmed = self._wants_voucher = False

    async def live(self) -> None:
        """Until the matter is settled, the patience is over, or they are gone for good."""
        person = self._person
        await self._way.say(person.opening)
        if person.gone:
            self.visit.how = "gone"
            return
        if person.leaves:
            await self._way.go()
            await asyncio.sleep(RETURN_SECONDS)
            await self._way.come_back()
        last = time.monotonic()
        while time.monotonic() < self._deadline and self.visit.how == "nothing":
            if await self._news():
                last = time.monotonic()
            elif not self._waits and time.monotonic() - last > PATIENCE:
                last = time.monotonic()
                await self._say(words.HUMAN)
            else:
                await asyncio.sleep(LOOK)

    async def _news(self) -> bool:
        heard = await self._way.heard()
        if len(heard) <= self._seen:
            return False
        await asyncio.sleep(BREATH)
        heard = await self._way.heard()
        fresh, self._seen = heard[self._seen :], len(heard)
        await self._react(fresh, "\n".join(each.text for each in fresh))
        return True

    async def _react(self, fresh: list[Heard], text: str) -> None:
        language = self._language
        if words.AGENT_DONE[language] in text:
            await self._say(words.THANKS)
            self.visit.how = "person"
        elif words.AGENT_HELLO[language] in text:
            self._waits = True
        elif self._is(words.BACK, text):
            self._waits = False
            await self._talk(fresh, text)
        elif self._is(words.WAITS, text):
            await self._wait()
        elif not self._waits and not self._is(words.MOMENT, text) and _substance(fresh):
            await self._talk(fresh, text)

    async def _wait(self) -> None:
        self._waits = True
        if not self._told_more and self._dice.random() < 0.3:
            self._told_more = True
            await self._say(words.MORE)

    async def _talk(self, fresh: list[Heard], text: str) -> None:
        """With the bot."""
        buttons = next((each.buttons for each in reversed(fresh) if each.buttons), ())
        if self._person.story in FOR_PEOPLE:
            await self._want_person(buttons)
        elif self._is(words.ASKS_CODE, text):
            await self._give_code()
        elif self._satisfied(text):
            await self._go_on(buttons)
        elif self._person.story == "cancel" and buttons and not self._confirmed:
            self._confirmed = True
            await self._way.press(buttons[0])
        elif self._is(words.ASKS_NUMBER, text):
            await self._say(words.NUMBER)
        elif self._is(words.ASKS_EMAIL, text):
            await self._way.say(self._person.email)
        elif self._digressed and self._person.story not in words.AGAIN:
            self.visit.how = "bot"
        else:
            await self._try_again()

    async def _go_on(self, buttons: tuple[str, ...]) -> None:
        """The answer is there; some want a voucher, some have another question."""
        late = self._person.story == "where" and len(buttons) >= 2
        if late and self._person.channel == "widget" and not self._wants_voucher and self._dice.random() < 0.5:
            self._wants_voucher = True
            await self._way.press(buttons[0])
        elif self._person.chatty and not self._digressed:
            self._digressed = True
            await self._way.say(self._dice.choice(words.DIGRESSION[self._language]))
            self._satisfied = lambda text: bool(text)  # type: ignore[method-assign]
        else:
            await self._say(words.THANKS)
            self.visit.how = "bot"

    async def _want_person(self, buttons: tuple[str, ...]) -> None:
        offer = next((each for each in buttons if re.search(words.OFFERS[self._language], each)), None)
        if offer:
            await self._way.press(offer)
        else:
            await self._say(words.HUMAN)

    async def _try_again(self) -> None:
        self._tries += 1
        if self._tries > TRIES:
            await self._say(words.HUMAN)
        else:
            await self._say(words.AGAIN[self._person.story])

    async def _give_code(self) -> None:
        for _ in range(20):
            if code := code_in(self._mails(), self._person.email):
                return await self._way.say(code)
            await asyncio.sleep(LOOK)
        return await self._say(words.HUMAN)

    def _mails(self) -> list[dict[str, str]]:
        if not self._mailbox.exists():
            return []
        return [json.loads(line) for line in self._mailbox.read_text("utf-8").splitlines()]

    def _satisfied(self, text: str) -> bool:
        person = self._person
        if person.story == "where":
            asks = re.search(words.ASKS_EMAIL_ONLY[self._language], text)
            return self._wants_voucher or (person.number in text and not asks)
        if person.story == "cancel":
            return self._confirmed and self._is(words.CANCELLED, text)
        return self._is(words.SATISFIED[person.story], text)

    def _is(self, patterns: dict[str, str], text: str) -> bool:
        return bool(re.search(patterns[self._language], text, re.IGNORECASE | re.DOTALL))

    async def _say(self, texts: dict[str, str]) -> None:
        await self._way.say(self._person.says(texts[self._language]))


def _substance(fresh: list[Heard]) -> bool:
    """Where the channel shows who speaks, what the desk says by itself is no answer."""
    return any(each.role in ("bot", "agent") or (not each.role and not _greeting(each.text)) for each in fresh)


def _greeting(text: str) -> bool:
    return any(part in text for part in words.GREETINGS)
