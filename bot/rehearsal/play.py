"""The whole bot answers written dialogues: its model, rules, actions and the demo shop, one conversation each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any

import requests

from bot import history, server, wire
from bot.escalation.conversation import Judgement, Turn
from bot.escalation.judge import judge
from bot.rehearsal.dialogues import Written
from bot.rehearsal.shuffle import Known
from bot.settings import Settings, model_path

if TYPE_CHECKING:
    from bot.dialogue import Dialogue

TODAY = date(2026, 11, 21)
"""The demo shop's day, so that a rehearsal is the same on every day."""
_ORDERS = "/api/v1/orders"

Judge = Callable[[Turn, Sequence[Turn]], Judgement]


@dataclass(frozen=True)
class Heard:
    """What the bot did at a message: its judgement (the actions' part included) and the turn as the judge sees it."""

    action: str
    score: float
    urgent: bool
    reasons: tuple[tuple[str, float, str], ...]
    turn: Turn


def listen(_now: Turn, _before: Sequence[Turn] = ()) -> Judgement:
    """A judge that calls nobody, to hear what the bot answers to all of a dialogue."""
    return Judgement("none", 0.0, False)


class Rehearsal:
    """The demo shop and the actions as processes, the bot in this one. Use it as a context, after `light.install()`."""

    def __init__(self, today: date = TODAY) -> None:
        self._today = today
        self._open = ExitStack()

    def __enter__(self) -> Rehearsal:
        from ops.stack import Stack

        env = {"ASPA_DEMO_TODAY": self._today.isoformat(), "ASPA_ACTIONS_IN": "server"}
        stack = self._open.enter_context(Stack(("demo", "actions"), env=env))
        self._shop, self._token = stack.urls["demo"], stack.env["ASPA_SHOP_TOKEN"]
        self._agent = server.load_agent(
            Settings(0, "", f"{stack.urls['actions']}/webhook", stack.var, model_path(), host="127.0.0.1")
        )
        self._open.callback(self._agent.tracker_store.close)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    def orders(self) -> list[Known]:
        """All orders of the demo shop."""
        found: list[Known] = []
        while True:
            page = requests.get(
                f"{self._shop}{_ORDERS}",
                params={"limit": "100", "after": found[-1].number if found else ""},
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=30,
            ).json()["orders"]
            if not page:
                return found
            found += [Known(one["number"], one["state"], **_owner(one["customer"]), goods=_goods(one)) for one in page]

    async def play(self, dialogues: Iterable[Written], judge: Judge = judge) -> list[list[Heard]]:
        """What was heard, turn by turn. A dialogue ends when a person takes over, unless the judge only listens."""
        from bot.dialogue import Dialogue

        bot, to_the_end = Dialogue(self._agent, judge), judge is listen
        return [await self._one(bot, one, number, to_the_end) for number, one in enumerate(dialogues)]

    async def answer(self, turns: Sequence[wire.Turn]) -> list[dict[str, Any]]:
        """The bot's whole answers to the turns of one conversation, in a shop where nothing has happened yet."""
        from bot.dialogue import Dialogue

        self._reset()
        bot = Dialogue(self._agent)
        return [await bot.answer(turn) for turn in turns]

    async def _one(self, bot: Dialogue, written: Written, number: int, to_the_end: bool) -> list[Heard]:
        self._reset()
        conversation, heard = f"rehearsal-{number}-{id(bot)}", []
        for at, message in enumerate(written.messages):
            turn = wire.Turn(conversation, f"{conversation}-{at}", message.text, customer={})
            judgement = (await bot.answer(turn))["judgement"]
            heard.append(_heard(judgement, await self._turns(conversation)))
            if judgement["action"] == "handoff" and not to_the_end:
                break
        return heard

    def _reset(self) -> None:
        requests.post(f"{self._shop}/reset", json={}, headers={"Authorization": f"Bearer {self._token}"}, timeout=30)

    async def _turns(self, conversation: str) -> list[Turn]:
        tracker = await self._agent.tracker_store.retrieve(conversation)
        return history.turns(self._agent.tracker_store.story(tracker)) if tracker else []


def _goods(order: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(str(line["name"]) for line in order["lines"]))


def _owner(customer: dict[str, Any]) -> dict[str, str]:
    return {key: customer[key] for key in ("email", "name", "language")}


def _heard(judgement: dict[str, Any], turns: Sequence[Turn]) -> Heard:
    reasons = tuple((one["code"], float(one["weight"]), str(one["evidence"])) for one in judgement["reasons"])
    return Heard(judgement["action"], judgement["score"], judgement["urgent"], reasons, turns[-1])
