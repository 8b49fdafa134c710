"""The waiting room: while a customer waits for a person they can add facts, choose a call or an e-mail instead, go back
to the bot or leave, by button or in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desk.conversation import events as ev
from desk.conversation import windows, words
from desk.conversation.decisions.handoff import drop_promises, tell_place
from desk.conversation.event import Event, Json
from desk.conversation.refusal import Refused
from desk.conversation.rules import HOUR
from desk.conversation.state import Conversation, Owner
from desk.conversation.surroundings import Now

CALL_LEAD = 5 * 60_000
"""A call is due in so short a time: the case stays in the queue, and is not put aside until then."""


def waits(state: Conversation) -> bool:
    """Whether the customer is in the waiting room: in the queue, or put aside until a call."""
    return state.owner is Owner.QUEUE or (state.owner is Owner.HOLD and state.care.wish is not None)


def understand(state: Conversation, now: Now, message_id: str, text: str) -> list[Event] | None:
    """What follows from words that are an answer or a wish; None: they are a fact for whoever comes."""
    if not waits(state):
        return None
    wrote = ev.CustomerWrote(message_id=message_id, text=text, for_bot=False)
    wished = words.wish(text)
    if state.care.asking in ("phone", "window", "email") and wished in (None, "call", "mail"):
        answered = _answer(state, now, state.care.asking, text)
        if answered is not None:
            return [wrote, *answered]
    done = _do(state, now, wished, text) if wished else None
    return None if done is None else [wrote, *done]


def wish(state: Conversation, now: Now, wished: str) -> list[Event]:
    """A call or an e-mail, from a channel's own button. Raises Refused: not_possible."""
    if not waits(state):
        raise Refused("not_possible", "The conversation is not in the queue.", owner=str(state.owner))
    return _do(state, now, wished, "") or []


def choose(state: Conversation, now: Now, message_id: str, answers: Json, title: str, choice: Json) -> list[Event]:
    """A button below one of the desk's own texts. Raises Refused: not_possible when its time has passed."""
    if not waits(state):
        raise Refused("not_possible", "The conversation is not in the queue.", owner=str(state.owner))
    wrote = ev.CustomerWrote(message_id=message_id, text=title, answers=answers, for_bot=False)
    if choice.get("do") == "window":
        return [wrote, *_call(state, now, int(choice["start"]), int(choice["end"]))]
    done = _do(state, now, str(choice.get("do")), "")
    if done is None:
        raise Refused("not_possible", "There is no such button.")
    return [wrote, *done]


def _do(state: Conversation, now: Now, wish: str, text: str) -> list[Event] | None:
    match wish:
        case "call":
            return _begin_call(state, now, text)
        case "mail":
            return _begin_mail(state, now, text)
        case "bot" | "leave":
            return leave(state, "bot" if wish == "bot" else "closed")
        case "status" if state.care.wish:
            return _confirm(state, now)
        case "status":
            return tell_place(state, now, "still_queued")
    return None


def leave(state: Conversation, to: str = "bot") -> list[Event]:
    """Back to the bot, or the matter is settled (`to` = "closed"). Raises Refused: not_possible."""
    if not waits(state) and state.assigned_at is None:
        raise Refused("not_possible", "The conversation is not in the queue.", owner=str(state.owner))
    back: list[Event] = [ev.Requeued(why="customer_wrote")] if state.owner is Owner.HOLD else []
    left: list[Event] = [*back, ev.QueueLeft(to=to), *drop_promises(state)]
    if to == "closed":
        ended = ev.Resolved(by="customer", case=state.case, outcome="solved")
        return [*left, ended, ev.SystemWrote(text="left_queue", lang=state.locale)]
    return [*left, ev.SystemWrote(text="with_bot", lang=state.locale)]


# A call


def _begin_call(state: Conversation, now: Now, text: str) -> list[Event]:
    """Number and window, as far as they are not known or said already."""
    number = words.phone(text)
    named: list[Event] = [ev.CustomerNamed(phone=number)] if number else []
    if not number and "phone" not in state.care.known:
        return [ev.SystemWrote(text="ask_phone", lang=state.locale), ev.Asked(what="phone")]
    said = windows.read(_without_phone(text), now.calendar(state.team), now.at) if text else None
    return [*named, *(_call(state, now, *said) if said else _ask_window(state, now, known=not number))]


def _ask_window(state: Conversation, now: Now, *, known: bool = False) -> list[Event]:
    hours = now.calendar(state.team)
    choices = [
        {"do": "window", "start": start, "end": end, "day": _is_today(now, start)}
        for start, end in windows.offer(hours, now.at)
    ]
    if not choices:  # nobody is at work within two weeks
        return [ev.SystemWrote(text="closed_for_long", lang=state.locale)]
    text = "ask_window_known" if known else "ask_window"
    return [ev.SystemWrote(text=text, lang=state.locale, choices=tuple(choices)), ev.Asked(what="window")]


def _call(state: Conversation, now: Now, start: int, end: int) -> list[Event]:
    """Promised, and put aside until its time where that is not now."""
    if end <= now.at:
        raise Refused("not_possible", "This time has passed; choose another.")
    wanted = ev.CallWanted(start=start, end=end)
    promised = ev.PromiseMade(promise=now.new_id(), kind="call", due=end, by="system")
    told = _noted(state, now, "call_noted", start=start, end=end)
    later: list[Event] = []
    if start > now.at + CALL_LEAD:
        later = [ev.PutOnHold(by="customer", until=start)]
    elif state.owner is Owner.HOLD:
        later = [ev.Requeued(why="customer_wrote")]
    return [wanted, *drop_promises(state), promised, *later, told, *_letter(state, "call")]


# An e-mail


def _begin_mail(state: Conversation, now: Now, text: str) -> list[Event]:
    address = words.email(text)
    if not address and "email" not in state.care.known:
        return [ev.SystemWrote(text="ask_email", lang=state.locale), ev.Asked(what="email")]
    return [*([ev.CustomerNamed(email=address)] if address else []), *_mail(state, now)]


def _mail(state: Conversation, now: Now) -> list[Event]:
    due = mail_due(state, now)
    promised = ev.PromiseMade(promise=now.new_id(), kind="mail", due=due, by="system")
    back: list[Event] = [ev.Requeued(why="customer_wrote")] if state.owner is Owner.HOLD else []
    told = _noted(state, now, "mail_noted", due=due)
    return [*back, ev.MailWanted(), *drop_promises(state), promised, told, ev.LetterOrdered(letter="mail")]


def mail_due(state: Conversation, now: Now) -> int:
    """By when an answer by e-mail is promised: a day after people are at work."""
    opens_at = now.service(state.team).opens_at
    return (now.at if opens_at is None else opens_at) + now.rules.mail_within


# What was asked for


def _answer(state: Conversation, now: Now, asked: str, text: str) -> list[Event] | None:
    """The detail that was asked for; asked once more when it is not in the text, then never again."""
    if asked == "phone" and words.phone(text):
        return _begin_call(state, now, text)
    if asked == "email" and words.email(text):
        return _begin_mail(state, now, text)
    if asked == "window":
        number = words.phone(text)
        named: list[Event] = [ev.CustomerNamed(phone=number)] if number else []
        said = windows.read(_without_phone(text), now.calendar(state.team), now.at)
        if said:
            return [*named, *_call(state, now, *said)]
        if number:
            return [*named, *_ask_window(state, now)]
    if state.care.again or len(text.split()) > 12:
        return None
    if asked == "window":
        return _ask_window(state, now)
    return [ev.SystemWrote(text=f"ask_{asked}_again", lang=state.locale), ev.Asked(what=asked)]


def _without_phone(text: str) -> str:
    """So that its figures are not taken for a time."""
    return words.PHONE.sub(" ", text)


def _confirm(state: Conversation, now: Now) -> list[Event]:
    """What was chosen, once more."""
    care = state.care
    if care.wish == "call" and care.start and care.end:
        return [_noted(state, now, "call_noted", start=care.start, end=care.end)]
    due = next((each.due for each in state.promises if each.kind == "mail"), mail_due(state, now))
    return [_noted(state, now, "mail_noted", due=due)]


def _noted(state: Conversation, now: Now, text: str, **params: Any) -> ev.SystemWrote:
    page = now.page(state.id)
    return ev.SystemWrote(text=text, lang=state.locale, params={**params, "page": page})


def _letter(state: Conversation, letter: str) -> list[Event]:
    """The same by e-mail, where the address is known."""
    return [ev.LetterOrdered(letter=letter)] if "email" in state.care.known else []


def _is_today(now: Now, at: int) -> bool:
    zone = now.calendar(None).zone
    today, day = (datetime.fromtimestamp(each / 1000, zone).date() for each in (now.at, at))
    return today == day


APOLOGY_WITHIN = HOUR
"""A broken call or mail is promised anew within this time of people being at work."""
