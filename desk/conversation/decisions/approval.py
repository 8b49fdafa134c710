"""Answers of the bot that an agent looks at before they go (off by default): kept whole, then released as they were."""

from __future__ import annotations

from dataclasses import asdict, replace

from desk.conversation import events as ev
from desk.conversation.answer import BotAnswer, BotMessage, Judgement, Turn
from desk.conversation.event import Event, Json
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Owner
from desk.conversation.surroundings import Now

EVERYBODY = "all"


def wanted(state: Conversation, now: Now, turn: Turn, said: BotAnswer) -> bool:
    """Whether this answer waits: the shop wants it for the team, which is at work. A handoff calls a person anyway."""
    if not now.rules.approve or state.owner is not Owner.BOT or state.draft is not None:
        return False
    if state.released == turn.message_id or not said.messages or said.judgement.action == "handoff":
        return False
    team = now.signpost.route(said.intent, ()).team
    if not now.rules.approve & {EVERYBODY, team}:
        return False
    return now.service(team).is_open and bool(now.crowd(state).workers)


def draft(turn: Turn, said: BotAnswer) -> list[Event]:
    """Keep it until somebody has looked at it."""
    return [ev.AnswerDrafted(turn=turn.message_id, through=turn.through, answer=asdict(said))]


def restored(answer: Json) -> BotAnswer:
    """The inverse of what `draft` keeps."""
    messages = tuple(BotMessage(**{**each, "buttons": tuple(each["buttons"])}) for each in answer["messages"])
    judged = answer["judgement"]
    judgement = Judgement(**{**judged, "reasons": tuple(judged["reasons"])})
    lists: Json = {name: tuple(answer[name]) for name in ("entities", "effects", "noes") if name in answer}
    return BotAnswer(**{**answer, **lists, "messages": messages, "judgement": judgement})


def edited(said: BotAnswer, text: str) -> BotAnswer:
    """The answer in an agent's words; buttons and card of the last message stay."""
    last = said.messages[-1]
    return replace(said, messages=(replace(last, text=text),))


def check(state: Conversation, turn: str) -> None:
    """Raises Refused: not_possible, when this answer does not wait any more."""
    if state.owner is not Owner.BOT or state.draft is None or state.draft.turn != turn:
        raise Refused("not_possible", "This answer does not wait any more.", owner=str(state.owner))
