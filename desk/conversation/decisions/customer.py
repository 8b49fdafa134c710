"""What a customer can do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from desk.conversation import events as ev
from desk.conversation.decisions import closing, keeping, waiting
from desk.conversation.decisions.handoff import hand_off, tell_place
from desk.conversation.event import Event, Json
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Owner
from desk.conversation.surroundings import Now
from desk.conversation.surveys import SCALES

PERSON_WORDS = frozenset(
    {
        "ihminen",
        "ihmiselle",
        "asiakaspalvelija",
        "inimene",
        "inimesele",
        "klienditeenindaja",
        "human",
        "person",
        "agent",
    }
)
"""A message of just one of these reaches a person even when the bot is dead."""
NAME_LENGTH = 100
TOPICS = frozenset({"help", "language", "group"})
"""What a customer can have explained, each one of the closed list of texts."""
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def open_conversation(
    now: Now, channel: str, locale: str, name: str | None = None, email: str | None = None
) -> list[Event]:
    """The first events: who answers here is said before anything else. `name`: what the channel calls the customer."""
    known = clean(name or "").strip()[:NAME_LENGTH] or None
    named = [ev.CustomerNamed(name=known, email=email)] if known or email else []
    return [ev.Opened(channel=channel, locale=locale), *named, ev.SystemWrote(text="disclosure", lang=locale)]


def write(
    state: Conversation,
    now: Now,
    message_id: str,
    text: str,
    attachments: Sequence[Json] = (),
    proof: Json | None = None,
) -> list[Event]:
    """A message, with files or without. Raises Refused: empty, too_long."""
    text = clean(text)
    if attachments and not text.strip():
        return send_unread(state, message_id, "", "file_kept", attachments)
    if not text.strip():
        raise Refused("empty", "The message has no text.")
    if len(text) > now.rules.max_length:
        raise Refused(
            "too_long", f"A message has at most {now.rules.max_length} characters.", limit=now.rules.max_length
        )
    if not attachments:
        parts = (part.understand(state, now, message_id, text) for part in (keeping, closing, waiting))
        told: list[Event] | None = next(filter(None, parts), None)
        if told:
            return told
    wrote = ev.CustomerWrote(message_id=message_id, text=text, attachments=tuple(attachments), proof=proof)
    if text.strip(' .!?"”“„').casefold() in PERSON_WORDS and state.owner in (Owner.BOT, Owner.QUEUE, Owner.CLOSED):
        return [*_reopen_with_bot(state), wrote, *_ask(state, now, message_id)]
    return [*_reopen_with_bot(state), wrote, *_fetch_from_hold(state)]


def press(
    state: Conversation,
    now: Now,
    message_id: str,
    answers: dict[str, int],
    title: str,
    payload: str | None,
    proof: Json | None = None,
) -> list[Event]:
    """A button of an earlier entry; the caller has looked up what it stands for."""
    wrote = ev.CustomerWrote(message_id=message_id, text=title, answers=answers, payload=payload, proof=proof)
    return [*_reopen_with_bot(state), wrote, *_fetch_from_hold(state)]


def ask_for_person(state: Conversation, now: Now, message_id: str) -> list[Event]:
    """ "Talk to a person": always possible, in every state."""
    return [*_reopen_with_bot(state), *_ask(state, now, message_id)]


def ask_for_erasure(state: Conversation, now: Now, message_id: str, text: str) -> list[Event]:
    """The customer wants their data erased: a person has to see to it, and has to know who asks."""
    wrote = ev.CustomerWrote(message_id=message_id, text=clean(text), for_bot=False)
    told = ev.SystemWrote(text="erasure_asked", lang=state.locale)
    if state.owner in (Owner.BOT, Owner.CLOSED):
        return [*_reopen_with_bot(state), wrote, told, *hand_off(state, now, ("policy",))]
    return [wrote, told, *_fetch_from_hold(state)]


def explain(state: Conversation, topic: str, params: dict[str, Any]) -> list[Event]:
    """A standing text, when the customer asks for it. Raises Refused: bad_request."""
    if topic not in TOPICS:
        raise Refused("bad_request", f"A topic is one of {', '.join(sorted(TOPICS))}.")
    return [ev.SystemWrote(text=topic, lang=state.locale, params=params)]


def send_unread(
    state: Conversation,
    message_id: str,
    text: str,
    answer: str | None,
    attachments: Sequence[Json] = (),
    changes: Json | None = None,
) -> list[Event]:
    """What the bot cannot read (`text` names it). It reaches people; while the bot owns the conversation the customer
    is told so with the text `answer`. Without one it asks for nothing (a sticker): the conversation stays as it is."""
    files = tuple(attachments)
    wrote = ev.CustomerWrote(message_id=message_id, text=clean(text), for_bot=False, attachments=files, changes=changes)
    if answer is None:
        return [wrote]
    told = [ev.SystemWrote(text=answer, lang=state.locale)] if state.owner in (Owner.BOT, Owner.CLOSED) else []
    return [*_reopen_with_bot(state), wrote, *told, *_fetch_from_hold(state)]


def ask_for_transcript(state: Conversation, now: Now) -> list[Event]:
    """The conversation by e-mail. Raises Refused: not_possible when it was sent often enough."""
    return keeping.ask(state, now)


def wish(state: Conversation, now: Now, wished: str) -> list[Event]:
    """A call or an e-mail instead of waiting. Raises Refused: not_possible."""
    return waiting.wish(state, now, wished)


def choose(state: Conversation, now: Now, message_id: str, answers: Json, choice: Json) -> list[Event]:
    """A button below one of the desk's own texts; the caller has looked up what it stands for. Raises Refused."""
    title = now.say(f"choice_{choice.get('do')}", state.locale, choice)
    if choice.get("do") in ("settled", "not_settled"):
        return closing.choose(state, now, message_id, answers, title, choice)
    return waiting.choose(state, now, message_id, answers, title, choice)


def leave_queue(state: Conversation, to: str = "bot") -> list[Event]:
    """Back to the bot, or the matter is settled (`to` = "closed"). Raises Refused: not_possible."""
    return waiting.leave(state, to)


def rate(state: Conversation, case: int, score: Any, text: Any, *, ask_why: bool = False) -> list[Event]:
    """The survey's answer, on the scale that was asked. `ask_why`: where the channel did not ask for words with it,
    one question follows.

    Raises Refused: not_possible, bad_request."""
    scores = SCALES[state.survey_scale].scores
    if not isinstance(score, int) or isinstance(score, bool) or score not in scores or not isinstance(text, str):
        raise Refused("bad_request", f"A score is a whole number from {scores[0]} to {scores[-1]}, with a text.")
    if state.survey is None or state.survey != case:
        raise Refused("not_possible", "There is no open question about this case.")
    return closing.rated(state, case, score, clean(text), ask_why=ask_why)


def change_locale(state: Conversation, locale: str) -> list[Event]:
    """The customer chose a language."""
    return [] if locale == state.locale else [ev.LocaleChanged(locale=locale, by="customer")]


def choose_language(state: Conversation, locale: str) -> list[Event]:
    """The same, where nothing but a message shows that it was done."""
    return [*change_locale(state, locale), ev.SystemWrote(text="language_chosen", lang=locale)]


def go_on_in(state: Conversation, channel: str, shown: str | None) -> list[Event]:
    """The customer, who has shown a ticket of this conversation, goes on in another channel. `shown`: its name."""
    moved = ev.ChannelChanged(channel=channel, before=state.channel)
    told = ev.SystemWrote(text="joined", lang=state.locale, params={"channel": shown})
    return [moved, told] if shown else [moved]


def erase(state: Conversation) -> list[Event]:
    """The customer has asked for it where only they can, and confirmed it. Raises Refused: not_possible (there is
    nothing), busy: people are at work on it and have to see to it (`ask_for_erasure`)."""
    if not state.seq:
        raise Refused("not_possible", "There is nothing to erase.")
    if state.owner in (Owner.QUEUE, Owner.AGENT, Owner.HOLD):
        raise Refused("busy", "People are at work on this conversation.")
    closed = ev.Resolved(by="customer", case=state.case, outcome="erased")
    return [*([] if state.owner is Owner.CLOSED else [closed]), ev.Erased(through=state.seq, by="customer")]


def clean(text: str) -> str:
    """Without what no store or screen can hold: control characters but line ends and tabs, and lone surrogates."""
    return _UNFIT.sub("", text)


def _ask(state: Conversation, now: Now, message_id: str) -> list[Event]:
    asked = ev.PersonAsked(message_id=message_id)
    if state.owner is Owner.QUEUE:
        return [asked, *tell_place(state, now, "queued")]
    if state.owner in (Owner.AGENT, Owner.HOLD):
        return [asked, ev.SystemWrote(text="person_is_here", lang=state.locale, params={"name": state.agent_name})]
    return [asked, *hand_off(state, now, ("asked_for_person",))]


def _reopen_with_bot(state: Conversation) -> list[Event]:
    """A closed conversation goes on with the bot, which finds out whether it is the same problem."""
    return [ev.ReturnedToBot(by="new_problem")] if state.owner is Owner.CLOSED else []


def _fetch_from_hold(state: Conversation) -> list[Event]:
    return [ev.Requeued(why="customer_wrote")] if state.owner is Owner.HOLD else []
