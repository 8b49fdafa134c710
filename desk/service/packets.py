"""What an agent reads first of a case: what the bot handed over, with what the customer has added since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desk.conversation import events as ev
from desk.conversation.state import Stored

type Packet = dict[str, Any]

_EMPTY: Packet = {
    "problem": None,
    "order": None,
    "customer": {},
    "facts": [],
    "tried": [],
    "suggested_reply": "",
    "language": None,
}
_DETAILS = frozenset(
    {
        "order_number",
        "tracking_code",
        "product",
        "size",
        "color",
        "quantity",
        "amount",
        "date",
        "place",
        "discount_code",
    }
)
"""What a message may name that is worth a line of its own."""


SURE = 0.5
"""The confidence from which on an intent is worth a suggestion."""
_ANSWERS = (ev.CustomerNamed, ev.CallWanted, ev.MailWanted, ev.SystemWrote)
"""What the desk itself makes of a message, right after it: then it was an answer or a wish, and is no fact."""


def packet(stored: Iterable[Stored]) -> Packet | None:
    """The latest case's packet, from the log; None before a handoff."""
    gathered = _Gathered()
    for each in stored:
        gathered.take(each)
    return gathered.packet()


def effect(event: ev.ActionDone) -> dict[str, Any]:
    """What was done in the shop, as it is told to people."""
    return {
        "kind": event.kind,
        "order": event.order,
        "amount": event.amount,
        "reference": event.reference,
        "ok": event.ok,
        "by": event.by,
        "error": event.error,
    }


class _Gathered:
    """What the log says of the latest case."""

    def __init__(self) -> None:
        self._given: Packet | None = None
        self._reasons: tuple[str, ...] = ()
        self._at = 0
        self._urgent = False
        self._waits = False
        self._asked: dict[str, Any] = {"team": None, "skill": None, "for_everybody": None}
        self._files: list[dict[str, Any]] = []
        self._mood: list[dict[str, Any]] = []
        self._latest: dict[str, Any] | None = None
        self._effects: list[dict[str, Any]] = []
        self._added: dict[tuple[str, str], None] = {}
        self._written: dict[str, int] = {}
        self._phone = ""
        self._last: tuple[int, str] | None = None
        """The message that was added last, with its number."""

    def take(self, stored: Stored) -> None:
        """One more event."""
        if isinstance(stored.event, _ANSWERS) and self._last and self._last[0] == stored.seq - 1:
            self._added.pop(("added", self._last[1]), None)
        match stored.event:
            case ev.CustomerWrote() as wrote:
                self._written[wrote.message_id] = stored.seq
                self._files += wrote.attachments
                if self._waits and wrote.answers is None and wrote.text.strip():
                    self._added["added", wrote.text] = None
                    self._last = (stored.seq, wrote.text)
            case ev.Understood() as understood:
                self._understood(understood, stored.seq)
            case ev.ActionDone() as done:
                self._effects.append(effect(done))
            case ev.HandedOff() as handed:
                self._given, self._at = handed.packet or {}, stored.at
                self._reasons, self._urgent = handed.reasons, handed.urgent
                self._asked = {"team": handed.team, "skill": handed.skill, "for_everybody": None}
                self._waits, self._added = True, {}
            case ev.Widened() as widened:
                self._asked["for_everybody"] = {"lacking": widened.lacking, "at": stored.at}
            case ev.Reopened():
                self._waits, self._added = True, {}
            case ev.PacketCompleted() as completed if self._given is not None:
                self._given = completed.packet or self._given
                if completed.team:
                    self._asked |= {"team": completed.team, "skill": completed.skill}
            case ev.CustomerNamed() as named:
                self._phone = named.phone or self._phone
            case ev.CallWanted() if self._phone:
                self._added["call", self._phone] = None
            case ev.Claimed() | ev.Resolved() | ev.ReturnedToBot():
                self._waits = False

    def _understood(self, event: ev.Understood, seq: int) -> None:
        at = self._written.get(event.message_id, seq)
        self._mood.append({"seq": at, "frustration": event.frustration})
        sure = event.intent and event.confidence >= SURE
        self._latest = {"seq": at, "intent": event.intent} if sure else None
        if not self._waits:
            return
        for entity in event.entities:
            if entity.get("entity") in _DETAILS and entity.get("value"):
                self._added[str(entity["entity"]), str(entity["value"])] = None

    def packet(self) -> Packet | None:
        """Facts that the customer added stand behind those that the bot gave, none twice."""
        if self._given is None:
            return None
        found = {**_EMPTY, **self._given}
        given = {reason["code"]: reason for reason in found.get("reasons") or () if isinstance(reason, dict)}
        known = {(str(each.get("name")), str(each.get("value"))) for each in found["facts"]}
        added = [{"name": name, "value": value} for name, value in self._added if (name, value) not in known]
        return {
            **found,
            **self._asked,
            "facts": [*found["facts"], *added],
            "reasons": [given.get(code, {"code": code, "weight": 1.0, "evidence": ""}) for code in self._reasons],
            "urgent": self._urgent,
            "effects": self._effects,
            "mood": self._mood,
            "latest": self._latest,
            "attachments": self._files,
            "at": self._at,
        }
