"""What follows from the bot's answer: the gate through which everything the bot says must pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from desk.conversation import events as ev
from desk.conversation.answer import LOCALES, BotAnswer, Turn
from desk.conversation.decisions import approval, privacy
from desk.conversation.decisions.closing import reopen
from desk.conversation.decisions.handoff import complete, hand_off, keep_promises
from desk.conversation.event import Event
from desk.conversation.state import Conversation, Owner
from desk.conversation.surroundings import Now
from desk.conversation.windows import LATEST

SAME_GROUP = {
    "track_order": "delivery", "late_delivery": "delivery", "missing_parcel": "delivery", "change_delivery": "delivery",
    "wrong_item": "goods", "missing_item": "goods", "defective_item": "goods", "not_as_described": "goods",
    "return_item": "money", "exchange_item": "money", "request_refund": "money", "refund_status": "money",
    "payment_problem": "payment", "ask_invoice": "payment", "discount_problem": "payment",
}  # fmt: skip
"""Intents that are one matter from the customer's point of view. `case_status` and `not_resolved` belong to any."""
ANY_GROUP = frozenset({"case_status", "not_resolved", "complain_service"})

ASKS_FOR_HOURS = "ask_contact"
ARTICLE_SHOWN, ANSWER_RATED = "article_shown", "answer_rated"
"""Effects of the bot on nothing but the conversation."""


def answer(state: Conversation, now: Now, turn: Turn, said: BotAnswer) -> list[Event]:
    """The events of an answer. What was done in the shop is always kept; words only while the bot may speak."""
    if not any(each.message_id == turn.message_id for each in state.pending):
        return _effects(said)
    if approval.wanted(state, now, turn, said):
        return [*_effects(said), *approval.draft(turn, _without_deeds(said))]
    if state.released == turn.message_id:  # what was done stands on the log since the answer was drafted
        said = _without_deeds(said)
    return release(state, now, turn, said)


def release(state: Conversation, now: Now, turn: Turn, said: BotAnswer) -> list[Event]:
    """The answer goes to the customer, or becomes what its judgement asks for."""
    understood = _understood(turn.message_id, said)
    answered = ev.BotAnswered(turn=turn.message_id, through=turn.through, order=_order(said))
    head = [understood, *_new_locale(state, said), *_effects(said), *_promised(said, now)]
    if state.owner is Owner.QUEUE:
        return [*head, *_come_back(state, now, said, turn, answered)]
    spoken = [*_disclosed(state, said), *_speak(state, said, turn), *_hours(state, now, said)]
    return [*head, *spoken, answered, *keep_promises(state), *_judged(state, now, said, turn)]


def judge_waiting(state: Conversation, message_id: str, seq: int, judged: BotAnswer) -> list[Event]:
    """What the judge says of a message to people. Only what is urgent changes the case."""
    if seq not in state.unjudged:
        return []
    urgent = judged.judgement.urgent
    reasons = tuple(code for code in judged.judgement.reasons if code.startswith("urgent_")) if urgent else ()
    return [_understood(message_id, judged), ev.Judged(through=seq, urgent=urgent, reasons=reasons)]


def _understood(message_id: str, said: BotAnswer) -> ev.Understood:
    return ev.Understood(
        message_id=message_id,
        intent=said.intent,
        confidence=said.confidence,
        language=said.language,
        frustration=said.frustration,
        score=said.judgement.score,
        reasons=said.judgement.reasons,
        entities=said.entities,
    )


def fail(state: Conversation, now: Now, error: str) -> list[Event]:
    """The bot cannot cope with what is pending here, or with the packet: people go on without it."""
    failed = ev.BotFailed(through=state.seq, error=error[:200])
    if state.owner is Owner.BOT and state.pending:
        return [failed, *hand_off(state, now, ("bot_unavailable",), packet={})]
    return [failed]


def _judged(state: Conversation, now: Now, said: BotAnswer, turn: Turn) -> list[Event]:
    """Hand over, offer, or go on. The notice is in the language that the customer now writes."""
    locale = said.language if said.language in LOCALES else state.locale
    judgement = said.judgement
    closing: list[Event] = []
    if state.offer_open:
        closing = [ev.OfferAnswered(accepted="accepted_offer" in judgement.reasons)]
    if _same_problem(state, said, now):
        return [*closing, *reopen(replace(state, locale=locale), now, "same_problem")]
    if judgement.action == "handoff":
        spoken = replace(state, locale=locale)
        handed = hand_off(
            spoken,
            now,
            judgement.reasons,
            urgent=judgement.urgent,
            problem=_problem(state, said),
            order=_order(said),
            packet=said.packet,
        )
        return [*closing, *handed]
    if judgement.action == "offer":
        return [*closing, ev.HandoffOffered(turn=turn.message_id, reasons=judgement.reasons)]
    return closing


def _come_back(state: Conversation, now: Now, said: BotAnswer, turn: Turn, answered: ev.BotAnswered) -> list[Event]:
    """The bot was away, the case stands unclaimed in the queue. A person who was asked for stays promised."""
    if said.judgement.action == "handoff" or state.person_asked:
        completed = complete(state, now, problem=_problem(state, said), order=_order(said), packet=said.packet)
        return [*([completed] if said.packet else []), answered]
    back = [ev.ReturnedToBot(by="bot_back"), *keep_promises(state), ev.SystemWrote(text="bot_back", lang=state.locale)]
    return [*back, *_speak(state, said, turn), answered]


def _disclosed(state: Conversation, said: BotAnswer) -> list[Event]:
    """After a person the assistant says again that it is one, before its first words (AI Act, Art. 50)."""
    if not state.person_spoke or not said.messages:
        return []
    return [ev.SystemWrote(text="with_bot", lang=said.language if said.language in LOCALES else state.locale)]


def _speak(state: Conversation, said: BotAnswer, turn: Turn) -> list[Event]:
    """What the customer reads, and which article it comes from or how the last one was rated."""
    replies = [
        ev.BotReplied(turn=turn.message_id, lang=each.lang, text=each.text, buttons=each.buttons, card=each.card)
        for each in said.messages
    ]
    return [*_rated(state, said), *replies, *_shown(said, turn), *_refused(said)]


def _hours(state: Conversation, now: Now, said: BotAnswer) -> list[Event]:
    """Who asks how to reach us hears whether people are at work: the desk knows, on holidays too."""
    service = now.service(None)
    if said.intent != ASKS_FOR_HOURS or said.judgement.action == "handoff":
        return []
    locale = said.language if said.language in LOCALES else state.locale
    if service.closes_at is not None:
        return [ev.SystemWrote(text="hours_open", lang=locale, params={"closes_at": service.closes_at})]
    if not service.is_open and service.opens_at is not None:
        return [ev.SystemWrote(text="hours_closed", lang=locale, params={"opens_at": service.opens_at})]
    return []


def _shown(said: BotAnswer, turn: Turn) -> list[Event]:
    shown = [each for each in said.effects if each.get("kind") == ARTICLE_SHOWN]
    return [ev.ArticleShown(article=str(each.get("article", ""))[:100], turn=turn.message_id) for each in shown]


def _refused(said: BotAnswer) -> list[Event]:
    """Every no, for the figures."""
    return [
        ev.NoSaid(line=str(each.get("line", ""))[:60], product=str(each.get("product") or "")[:100] or None)
        for each in said.noes
    ]


def _rated(state: Conversation, said: BotAnswer) -> list[Event]:
    """A rating is of the article shown last, once."""
    rated = [each for each in said.effects if each.get("kind") == ANSWER_RATED]
    return [ev.AnswerRated(seq=state.article, helped=bool(rated[0].get("helped")))] if rated and state.article else []


def _promised(said: BotAnswer, now: Now) -> list[Event]:
    """What the bot has set going has a day: then the customer is asked whether it is settled. A request about personal
    data has the law's month."""
    opened = any(each.get("kind") == privacy.OPENED for each in said.effects)
    days = [str(each["due_on"]) for each in said.effects if each.get("ok") and each.get("due_on")]
    settled = [
        ev.PromiseMade(promise=now.new_id(), kind="settled", due=due, by="bot")
        for day in days
        if (due := _evening(day, now)) is not None and due > now.at
    ]
    return [*([privacy.promise(now)] if opened else []), *settled]


def _evening(day: str, now: Now) -> int | None:
    """When the day is over for people; None for what is no day."""
    try:
        end = datetime.combine(date.fromisoformat(day), LATEST, now.calendar(None).zone)
    except ValueError:
        return None
    return int(end.timestamp() * 1000)


def _effects(said: BotAnswer) -> list[Event]:
    """What was done in the shop."""
    return [
        ev.ActionDone(
            kind=str(each.get("kind", "")),
            by="bot",
            ok=bool(each.get("ok", False)),
            order=each.get("order"),
            amount=each.get("amount"),
            reference=each.get("reference"),
        )
        for each in said.effects
        if each.get("kind") not in (ARTICLE_SHOWN, ANSWER_RATED)
    ]


def _without_deeds(said: BotAnswer) -> BotAnswer:
    """The answer with those effects alone that go with its words."""
    of_words = tuple(each for each in said.effects if each.get("kind") in (ARTICLE_SHOWN, ANSWER_RATED))
    return replace(said, effects=of_words)


def _new_locale(state: Conversation, said: BotAnswer) -> list[Event]:
    changed = said.language in LOCALES and said.language != state.locale
    return [ev.LocaleChanged(locale=said.language, by="message")] if changed else []


def _order(said: BotAnswer) -> str | None:
    number = said.slots.get("order_number")
    return str(number) if number else None


def _problem(state: Conversation, said: BotAnswer) -> str | None:
    """What the case is about: asking for a person says nothing of the problem, an earlier intent does."""
    problem = (said.packet or {}).get("problem")
    return str(problem) if problem else said.intent or state.intent


def _same_problem(state: Conversation, said: BotAnswer, now: Now) -> bool:
    """A case that an agent resolved lately comes up again: same order and same group of intents."""
    if not (state.settled_by_person and state.resolved_at):
        return False
    if now.at - state.resolved_at > now.rules.same_problem_within:
        return False
    if said.intent == "not_resolved":
        return True
    same_order = _order(said) is not None and _order(said) == state.settled_order
    group = SAME_GROUP.get(said.intent)
    return same_order and (
        said.intent in ANY_GROUP or (group is not None and group == SAME_GROUP.get(state.settled_intent or ""))
    )
