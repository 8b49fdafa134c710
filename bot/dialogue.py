"""A turn of the conversation: understand, judge, let Rasa answer, and tell the desk.

A turn is stored whole or not at all, and what the desk is told is derived from what is stored. So a message that comes
again after a crash is either taken as if for the first time (changes in the shop carry a key made of the conversation
and the order, so the shop does them once) or answered with the very same words.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import history, reply, sessions, understanding, wire
from bot.escalation.conversation import Judgement, Turn
from bot.escalation.judge import judge
from bot.foreign import SENTENCES
from bot.packet import packet
from masking import remember

log = logging.getLogger("bot.dialogue")

ACTION_LISTEN = "action_listen"
_OWN_BUSINESS = frozenset({"policy"})
"""What the actions know better than the judge: while they solve it, the bot offers nobody for it."""

HAND_OVER = "hand_over"
"""The intent that the dialogue is told when the judge has decided: it stops asking and stays silent."""


class Silent(OutputChannel):
    """Rasa's side of the channel. Answers are read from the tracker, so there is nothing to send."""

    @classmethod
    def name(cls) -> str:
        """As the input channel."""
        return "desk"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Nothing."""


class Dialogue:
    """All conversations of this process. Each is worked on by one request at a time."""

    def __init__(self, agent: Agent, judge: Callable[[Turn, Sequence[Turn]], Judgement] = judge) -> None:
        self.agent = agent
        self._judge = judge
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    async def answer(self, turn: wire.Turn) -> dict[str, Any]:
        """Answer a message, once."""
        async with self._alone(turn.conversation):
            tracker = await self._tracker(turn.conversation)
            if history.find(self._story(tracker), turn.message_id) is None:
                await self._take(turn, tracker)
                tracker = await self._tracker(turn.conversation)
            await self._complete(turn.message_id, tracker)
            return reply.build(self._story(tracker), turn.message_id)

    async def packet(self, conversation: str) -> dict[str, Any] | None:
        """The packet as of now; None if the bot has never heard of the conversation."""
        async with self._alone(conversation):
            tracker = await self.agent.tracker_store.retrieve(conversation)
            return packet(self._story(tracker)) if tracker else None

    async def judge(self, text: str, earlier: Sequence[str]) -> dict[str, Any]:
        """What the judge says of a text, without dialogue or state."""
        before = [await self._heard(one) for one in earlier]
        parsed = await understanding.parse(self.agent.processor, text)
        judgement = self._judge(_turn(parsed, text, button=False), before)
        return {"nlu": reply.nlu(parsed, parsed["intent"], None), "judgement": _plain(judgement)}

    async def _heard(self, text: str) -> Turn:
        """An earlier message of which only the text is known: nobody answered it, as far as the bot can tell."""
        parsed = await understanding.parse(self.agent.processor, text)
        return replace(_turn(parsed, text, button=False), answered=False)

    async def note_outcome(self, outcome: wire.Outcome) -> None:
        """Keep what people did; the judge starts clean and the bot has nothing open."""
        async with self._alone(outcome.conversation):
            tracker = await self._tracker(outcome.conversation)
            noted = asdict(outcome)
            story = self._story(tracker)
            if any(isinstance(e, SlotSet) and e.key == history.OUTCOME and e.value == noted for e in story):
                return
            events: list[Event] = [
                SlotSet(slot, None)
                for slot in ("requested_slot", "question", "facts", "topic", "proof_tries", "told_late")
            ]
            tracker.update_with_events([ActiveLoop(None), *events, SlotSet(history.OUTCOME, noted)], self.agent.domain)
            await self._save(tracker)

    async def erase(self, conversation: str) -> None:
        """Forget a conversation for good."""
        async with self._alone(conversation):
            self.agent.tracker_store.erase(conversation)

    def renew(self) -> None:
        """Another model answers from now on; conversations that are being answered end their turn first."""
        self.agent.tracker_store.forget_idle(self._locks)

    async def _take(self, turn: wire.Turn, tracker: DialogueStateTracker) -> None:
        """One turn through understanding, judge and Rasa. Whatever fails leaves nothing half done."""
        try:
            tracker = await self._renewed(tracker)
            events = self._story(tracker)
            parsed = await self._understand(turn, events)
            known = history.slots(events)
            remember(turn.customer.get("name") or known.get("name"))
            locale = understanding.locale(parsed, known.get("locale") or turn.locale)
            judgement = self._judge(
                _turn(parsed, turn.text, button=turn.button is not None), history.turns(history.since_outcome(events))
            )
            await self._remember(turn, tracker, locale, known, silent=judgement.action == "handoff")
            if judgement.action == "handoff":
                parsed = {**parsed, "understood": parsed["intent"], "intent": {"name": HAND_OVER, "confidence": 1.0}}
            noted: dict[str, Any] = {"judgement": _plain(judgement), "locale": locale, "button": turn.button}
            noted |= {"channel": turn.channel, "page": turn.page, "offered": history.offers_person(events)}
            text = understanding.clean(turn.text)
            message = UserMessage(
                text,
                Silent(),
                turn.conversation,
                parse_data=parsed,
                input_channel="desk",
                message_id=turn.message_id,
                metadata=noted,
            )
            await self.agent.handle_message(message)
        except BaseException:
            self.agent.tracker_store.forget(turn.conversation)
            raise

    async def _understand(self, turn: wire.Turn, events: list[Event]) -> understanding.Parse:
        if turn.button is not None:
            try:
                return understanding.parse_button(turn.button, turn.text)
            except ValueError as error:
                raise wire.BadRequest(f"button: {error}") from error
        if turn.files and not turn.text.strip():
            return understanding.sent_file()
        return understanding.in_context(await understanding.parse(self.agent.processor, turn.text), events)

    async def _remember(
        self, turn: wire.Turn, tracker: DialogueStateTracker, locale: str, known: dict[str, Any], *, silent: bool
    ) -> None:
        """Set what is known before Rasa answers: the language, and who the customer is. `silent` closes an open
        form."""
        case = dict(turn.case) if turn.case else None
        wanted: dict[str, Any] = {"locale": locale, "case": case, **_proved(turn.customer, known)}
        for name in ("email", "name", "phone"):
            value = turn.customer.get(name)
            if isinstance(value, str) and value and not known.get(name):
                wanted.setdefault(name, value[:200])
        fresh: list[Event] = [SlotSet(name, value) for name, value in wanted.items() if known.get(name) != value]
        if silent and tracker.active_loop:
            fresh += [ActiveLoop(None), SlotSet("requested_slot", None)]
        if fresh:
            if not tracker.events:
                tracker = await self.agent.processor.fetch_tracker_with_initial_session(turn.conversation, Silent())
            tracker.update_with_events(fresh, self.agent.domain)
            self.agent.tracker_store.hold(tracker)

    async def _complete(self, message_id: str, tracker: DialogueStateTracker) -> None:
        """Say what the dialogue leaves unsaid. Done once: what has been said is seen in the events."""
        story = self._story(tracker)
        found = history.find(story, message_id)
        assert found is not None
        if found[1] != len(story):
            return  # an older turn: what was told then was complete
        user, *after = story[slice(*found)]
        events = await self._unsaid(user, after, tracker)
        if tracker.latest_action_name != ACTION_LISTEN:
            # A loop that Rasa's circuit breaker cut would leave the bot deaf.
            events.append(ActionExecuted(ACTION_LISTEN))
        if events:
            tracker.update_with_events(events, self.agent.domain)
            await self._save(tracker)

    async def _unsaid(self, user: UserUttered, after: Sequence[Event], tracker: DialogueStateTracker) -> list[Event]:
        """What must be said before a person comes, the judge's offer, and never nothing at all."""
        judged = user.metadata["judgement"]
        codes = {reason["code"] for reason in judged["reasons"]}
        spoke = any(one.text for one in history.said(after))
        if judged["action"] == "handoff":
            if "urgent_danger" in codes and not spoke:
                return [await self._say("utter_safety_first", tracker)]
            language = (user.parse_data.get("language") or {}).get("code")
            if "unsupported_language" in codes and language in SENTENCES and not spoke:
                return [BotUttered(SENTENCES[language], {"custom": {"language": language}})]
            return []
        if any(True for _ in history.custom(after, "handoff")):
            return []
        if not spoke:
            trouble = await self._say("utter_trouble", tracker, {"handoff": {"code": "bot_unavailable"}})
            return [trouble, ActiveLoop(None), SlotSet("requested_slot", None)]
        offered = any(True for _ in history.custom(after, "offer"))
        if judged["action"] == "offer" and not offered and not (codes <= _OWN_BUSINESS and tracker.active_loop):
            return [await self._say("utter_offer_human", tracker)]
        return []

    async def _say(
        self, response: str, tracker: DialogueStateTracker, extra: dict[str, Any] | None = None
    ) -> BotUttered:
        said = await self.agent.processor.nlg.generate(response, tracker, "desk") or {}
        payload = {**(said.get("custom") or {}), **(extra or {})}
        data = {"buttons": said.get("buttons") or None, "custom": payload or None}
        return BotUttered(said.get("text"), data, {"utter_action": response})

    async def _tracker(self, conversation: str) -> DialogueStateTracker:
        return await self.agent.processor.get_tracker(conversation)

    def _story(self, tracker: DialogueStateTracker) -> list[Event]:
        return self.agent.tracker_store.story(tracker)

    async def _renewed(self, tracker: DialogueStateTracker) -> DialogueStateTracker:
        events = sessions.renewal(tracker)
        if not events:
            return tracker
        tracker.update_with_events(events, self.agent.domain)
        await self._save(tracker)
        return await self._tracker(tracker.sender_id)

    async def _save(self, tracker: DialogueStateTracker) -> None:
        try:
            await self.agent.tracker_store.save(tracker)
        except BaseException:
            self.agent.tracker_store.forget(tracker.sender_id)
            raise

    @asynccontextmanager
    async def _alone(self, conversation: str) -> AsyncIterator[None]:
        lock, users = self._locks.get(conversation, (asyncio.Lock(), 0))
        self._locks[conversation] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[conversation]
            if users == 1:
                del self._locks[conversation]
            else:
                self._locks[conversation] = (lock, users - 1)


def _turn(parsed: understanding.Parse, text: str, *, button: bool) -> Turn:
    return Turn(
        text=text,
        intent=parsed["intent"]["name"],
        confidence=parsed["intent"]["confidence"],
        language=parsed["language"]["code"] if parsed["language"]["clear"] else None,
        frustration=parsed["frustration"],
        button=button,
        sounds=parsed.get("sounds") or {},
        telling=parsed.get("telling") or {},
    )


def _proved(customer: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Whom the shop's token proves the customer to be, as long as it does. Only the desk can say so."""
    email = customer.get("email")
    if customer.get("verified") is not True or not isinstance(email, str):
        return {"verified": None} if known.get("verified") else {}
    if known.get("verified") == email:
        return {}
    return {"verified": email, "email": email}


def _plain(judgement: Judgement) -> dict[str, Any]:
    plain = asdict(judgement)
    plain["reasons"] = [dict(reason) for reason in plain["reasons"]]
    return plain
