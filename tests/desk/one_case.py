"""One conversation in memory, with a clock to move: for tests of decisions that need no store."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from desk.conversation import events as ev
from desk.conversation.decisions import agent, clock, customer
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.event import Event
from desk.conversation.fold import evolve
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import Rules
from desk.conversation.state import Conversation, Stored
from desk.conversation.surroundings import Crowd, Now, Service

HELSINKI = ZoneInfo("Europe/Helsinki")
_DAY = ((time(9), time(17)),)
OFFICE = OpeningHours(HELSINKI, (_DAY, _DAY, _DAY, _DAY, _DAY, (), ()))
LIISA, MARI = AgentRef(id="a_liisa", name="Liisa"), AgentRef(id="a_mari", name="Mari")


def at(day: int, hour: int, minute: int = 0) -> int:
    """A moment of November 2026; the 20th is a Friday."""
    return int(datetime(2026, 11, day, hour, minute, tzinfo=HELSINKI).timestamp() * 1000)


class Case:
    """What happens to one customer. `log` is the whole story."""

    def __init__(
        self, now: int = at(20, 10), locale: str = "fi", channel: str = "widget", rules: Rules | None = None
    ) -> None:
        self.at = now
        self.rules = rules or Rules()
        self.state = Conversation(id="c_1")
        self.log: list[Stored] = []
        self._numbers = itertools.count(1)
        self.take(customer.open_conversation(self.now(), channel, locale))

    def now(self) -> Now:
        """The moment, in a shop with office hours."""
        is_open = OFFICE.is_open(self.at)
        service = Service(is_open=is_open, opens_at=self.at if is_open else OFFICE.next_opening(self.at))
        return Now(
            at=self.at,
            rules=self.rules,
            is_open=service.is_open,
            opens_at=service.opens_at,
            crowd=lambda _: Crowd(ahead=1),
            new_id=lambda: f"p{next(self._numbers)}",
            hours=lambda _: service,
            calendar=lambda _: OFFICE,
            page=lambda conversation: f"https://desk.example/my-case/{conversation}",
        )

    def take(self, events: Sequence[Event]) -> list[Event]:
        """These have happened."""
        for event in events:
            stored = Stored(seq=self.state.seq + 1, at=self.at, event=event)
            self.state = evolve(self.state, stored)
            self.log.append(stored)
        return list(events)

    def write(self, text: str) -> list[Event]:
        """The customer writes."""
        return self.take(customer.write(self.state, self.now(), f"m{next(self._numbers)}", text))

    def ask_for_person(self) -> list[Event]:
        """The customer presses "Talk to a person"."""
        return self.take(customer.ask_for_person(self.state, self.now(), f"m{next(self._numbers)}"))

    def press(self, **choice: Any) -> list[Event]:
        """The customer presses the button below the last text that offered this."""
        offers = ((each.seq, each.event) for each in reversed(self.log) if isinstance(each.event, ev.SystemWrote))
        for seq, event in offers:
            for index, offered in enumerate(event.choices):
                if choice.items() <= offered.items():
                    answers = {"seq": seq, "index": index}
                    message = f"m{next(self._numbers)}"
                    return self.take(customer.choose(self.state, self.now(), message, answers, offered))
        raise AssertionError(f"{choice} was never offered")

    def resolved_by(self, who: AgentRef = LIISA) -> list[Event]:
        """An agent takes the case and ends it."""
        self.take(agent.claim(self.state, who))
        return self.take(agent.resolve(self.state, who, "solved", None, self.rules.survey_person))

    def pass_until(self, moment: int) -> list[Event]:
        """Time goes on, and brings what it brings."""
        happened: list[Event] = []
        while (due := clock.due(self.state, Rules())) is not None and due <= moment:
            self.at = max(self.at, due)
            happened += self.take(clock.tick(self.state, self.now()))
        self.at = moment
        return happened


def texts(events: Sequence[Event]) -> list[str]:
    """Which of the desk's texts were said."""
    return [each.text for each in events if isinstance(each, ev.SystemWrote)]


def kinds(events: Sequence[Event]) -> list[str]:
    """The types of the events."""
    return [each.type for each in events]
