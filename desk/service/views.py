"""What a reader may see of the log, as entries on the wire (docs/protocol.md). Decided here and nowhere else:
a customer's view knows only the customer's, the bot's, the agents' and the system's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from desk.conversation import events as ev
from desk.conversation.state import Conversation, Deed, Owner, Stored
from desk.service.packets import effect, packet
from desk.texts import Texts

__all__ = ["NOTHING_REACHED", "Entry", "Reached", "customer_state", "for_agent", "for_customer", "packet", "summary"]

type Entry = dict[str, Any]

_CHANGES = (
    ev.HandoffOffered, ev.OfferAnswered, ev.PersonAsked, ev.HandedOff, ev.QueueLeft, ev.Claimed, ev.Transferred,
    ev.Requeued, ev.PutOnHold, ev.Resolved, ev.ReturnedToBot, ev.Reopened, ev.PromiseMade, ev.PromiseKept,
    ev.PromiseMissed, ev.PromiseDropped, ev.CallWanted, ev.MailWanted, ev.LetterSent, ev.LetterFailed,
    ev.FollowUpAnswered, ev.NewsTold, ev.SurveyExplained, ev.ActionDone, ev.SurveyAnswered, ev.LocaleChanged,
    ev.BotFailed, ev.Accepted, ev.Widened, ev.Hurried, ev.Escalated,
    ev.ChannelChanged, ev.DeedAsked, ev.DeedApproved, ev.DeedDeclined, ev.AnswerDrafted, ev.AnswerApproved, ev.Tagged,
    ev.AnswerMarked,
    ev.HandoffJudged,
)  # fmt: skip
"""Events that agents see as a line between messages."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the customer has been told: everything up to `through`, except what failed for good."""

    through: int
    failures: dict[int, str]

    def delivery(self, seq: int) -> str:
        """The state of one message, as the protocol calls it."""
        if seq in self.failures:
            return "failed"
        return "delivered" if seq <= self.through else "sent"


NOTHING_REACHED = Reached(0, {})


def for_customer(stored: Iterable[Stored], state: Conversation, texts: Texts) -> list[Entry]:
    """The customer's transcript. Each message in it belongs to this customer or was written to them."""
    entries = (_message(each, state, texts) for each in stored)
    return [entry for entry in entries if entry is not None]


def for_agent(
    stored: Iterable[Stored], state: Conversation, texts: Texts, names: dict[str, str], reached: Reached
) -> list[Entry]:
    """The whole story. `names` of agents and teams by id."""
    entries = []
    for each in stored:
        entry = _message(each, state, texts) or _note(each) or _change(each, names)
        if entry is None:
            continue
        if isinstance(each.event, (ev.AgentWrote, ev.BotReplied)):
            entry["delivery"] = reached.delivery(each.seq)
        entries.append(entry)
    return entries


def customer_state(state: Conversation, queue: dict[str, int] | None, page: str | None = None) -> dict[str, Any]:
    """What a customer may know of the conversation's state; `page`: where they see how the case stands.

    A case that was given to an agent who has not taken it up still waits.
    """
    given = state.assigned_at is not None
    return {
        "owner": str(Owner.QUEUE if given else state.owner),
        "agent": {"name": state.agent_name} if state.owner is Owner.AGENT and not given else None,
        "queue": queue if state.owner is Owner.QUEUE else None,
        "survey": {"case": state.survey, "scale": state.survey_scale} if state.survey is not None else None,
        "wish": _wish(state),
        "page": page,
        "locale": state.locale,
        "seq": state.seq,
    }


def _wish(state: Conversation) -> dict[str, Any] | None:
    """What the customer chose instead of waiting, and by when it is promised."""
    if state.care.wish is None:
        return None
    due = next((each.due for each in state.promises if each.kind == state.care.wish), None)
    return {"kind": state.care.wish, "from": state.care.start, "to": state.care.end, "due": due}


def summary(state: Conversation, profile: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """A row of the agents' lists."""
    agent = state.agent or state.held_by
    waiting = state.queued_at if state.owner is Owner.QUEUE and state.waiting_since is None else state.waiting_since
    return {
        "id": state.id,
        "seq": state.seq,
        "practice": state.practice is not None,
        "owner": str(state.owner),
        "channel": state.channel,
        "locale": state.locale,
        "customer": {"name": profile.get("name"), "email": profile.get("email")},
        "agent": {"id": agent, "name": names.get(agent, state.agent_name)} if agent else None,
        "preview": profile.get("preview") or {"role": "system", "text": ""},
        "last_at": state.last_at,
        "waiting_since": waiting,
        "urgent": state.urgent,
        "reasons": list(state.reasons),
        "intent": state.intent,
        "order": state.order,
        "unread": state.unread,
        "answer_due": min((each.due for each in state.promises), default=None),
        "promises": [{"id": each.promise, "kind": each.kind, "due": each.due} for each in state.promises],
        "wish": _wish(state),
        "hold_until": state.hold_until,
        "waits_for": state.waits_for,
        "case": state.case,
        "queued_at": state.queued_at,
        "team": state.team,
        "skill": state.skill,
        "for_everybody": state.for_everybody,
        "wanted": state.wanted_agent,
        "promised": state.hurried,
        "escalated": state.escalated,
        "given": state.assigned_at is not None,
        "draft": {"turn": state.draft.turn, "at": state.draft.at} if state.draft else None,
        "tags": list(state.tags),
        "deeds": [_deed(each) for each in state.deeds],
    }


def _deed(deed: Deed) -> dict[str, Any]:
    return {
        "deed": deed.deed,
        "kind": deed.kind,
        "by": deed.by,
        "order": deed.order,
        "amount": deed.amount,
        "needs": deed.needs,
    }


def _message(stored: Stored, state: Conversation, texts: Texts) -> Entry | None:
    entry: Entry = {"seq": stored.seq, "at": stored.at, "kind": "message"}
    match stored.event:
        case ev.CustomerWrote() as wrote:
            delivery = "delivered" if stored.seq <= state.heard else "stored"
            entry |= {"author": _author("customer"), "text": wrote.text, "lang": state.locale, "id": wrote.message_id}
            entry |= {"delivery": delivery} | ({"answers": wrote.answers} if wrote.answers else {})
            entry |= _files(wrote) | ({"changes": wrote.changes} if wrote.changes else {})
        case ev.BotReplied() as replied:
            entry |= {"author": _author("bot"), "text": replied.text, "lang": replied.lang}
            entry |= {"buttons": [{"title": b["title"]} for b in replied.buttons]} if replied.buttons else {}
            entry |= {"cards": [replied.card]} if replied.card else {}
        case ev.SystemWrote() as wrote:
            entry |= {
                "author": _author("system"),
                "text": texts.say(wrote.text, wrote.lang, wrote.params),
                "lang": wrote.lang,
            }
            titles = [texts.say(f"choice_{each['do']}", wrote.lang, each) for each in wrote.choices]
            entry |= {"buttons": [{"title": title} for title in titles]} if titles else {}
        case ev.AgentWrote() as wrote:
            entry |= {"author": _author("agent", wrote.agent_name), "text": wrote.text, "lang": state.locale}
            entry |= {"id": wrote.message_id, **_files(wrote)}
        case _:
            return None
    return entry


def _note(stored: Stored) -> Entry | None:
    if not isinstance(stored.event, ev.NoteAdded):
        return None
    note = stored.event
    return {
        "seq": stored.seq,
        "at": stored.at,
        "kind": "note",
        "author": _author("agent", note.agent_name),
        "text": note.text,
        "lang": None,
        "id": note.message_id,
        **_files(note),
    }


def _files(event: ev.CustomerWrote | ev.AgentWrote | ev.NoteAdded) -> Entry:
    return {"attachments": list(event.attachments)} if event.attachments else {}


def _change(stored: Stored, names: dict[str, str]) -> Entry | None:
    event = stored.event
    if not isinstance(event, _CHANGES):
        return None
    by = getattr(event, "agent", None) or getattr(event, "by", None)
    role = "agent" if by in names else by if by in ("customer", "bot") else "system"
    data = {
        key: value
        for key, value in asdict(event).items()
        if key not in ("packet", "agent", "agent_name", "by") and value
    }
    if isinstance(event, ev.Transferred):
        to = event.to_agent or event.to_team or ""
        data["to"] = names.get(to, to)
    if isinstance(event, ev.ActionDone):
        data = {"effect": effect(event)}
    if isinstance(event, ev.AnswerDrafted):
        said = (event.answer or {}).get("messages", ())
        data = {"turn": event.turn, "text": "\n\n".join(each["text"] for each in said)}
    if isinstance(event, ev.DeedAsked):
        wish = {"kind": event.kind, "order": event.order, "amount": event.amount, "reference": None, "ok": True}
        data = {"effect": wish, "needs": event.needs, "note": (event.details or {}).get("reason") or ""}
    name = getattr(event, "agent_name", None) or names.get(by or "")
    return {
        "seq": stored.seq,
        "at": stored.at,
        "kind": "change",
        "event": event.type,
        "author": _author(role, name),
        "data": data,
    }


def _author(role: str, name: str | None = None) -> dict[str, str | None]:
    return {"role": role, "name": name}
