"""A case with a simulated customer: opened with what was said to the assistant before, and marked for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.conversation import events as ev
from desk.conversation.event import Event, Json
from desk.conversation.state import Conversation
from desk.conversation.surroundings import Now

CHANNEL = "practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the agent finds. `before`: ("customer" or "bot", text), in turns; `packet` as in docs/protocol.md."""

    script: str
    locale: str
    name: str
    email: str
    before: Sequence[tuple[str, str]]
    problem: str
    order: str | None
    reasons: tuple[str, ...]
    urgent: bool
    packet: Json


def begin(now: Now, agent: str, scene: Scene) -> list[Event]:
    """The whole story up to the handoff, in one list. The agent claims it as any other case."""
    said: list[Event] = []
    for number, (who, text) in enumerate(scene.before):
        key = f"before-{number}"
        if who == "customer":
            said.append(ev.CustomerWrote(message_id=key, text=text, for_bot=False))
        else:
            said.append(ev.BotReplied(turn=key, lang=scene.locale, text=text))
    return [
        ev.Opened(channel=CHANNEL, locale=scene.locale, practice=agent, script=scene.script),
        ev.CustomerNamed(name=scene.name, email=scene.email),
        *said,
        ev.HandedOff(
            case=1,
            reasons=scene.reasons,
            urgent=scene.urgent,
            problem=scene.problem,
            order=scene.order,
            packet=scene.packet,
        ),
        ev.SystemWrote(text="queued", lang=scene.locale, params={"place": 1, "from": 0, "to": 2}),
    ]


def say(state: Conversation, message_id: str, text: str) -> list[Event]:
    """The simulated customer says this to the agent who has the case."""
    if state.practice is None or state.agent is None:
        return []
    return [ev.CustomerWrote(message_id=message_id, text=text, for_bot=False)]
