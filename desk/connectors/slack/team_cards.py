"""How a case looks in the team's channel. Pure. People's words stand in `plain_text`: nobody is mentioned by them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desk.connectors.slack import blocks
from desk.connectors.slack.blocks import Button
from desk.connectors.slack.text import cut, pieces
from desk.conversation.surveys import CSAT, SCALES
from desk.texts import Texts

type Json = dict[str, Any]

LAST = 6
WORDS = 400
"""Of each of the last messages."""
BUTTONS = {
    "bot": ("take_over",),
    "queue": ("claim",),
    "hold": ("claim",),
    "agent": ("resolve", "return_to_bot"),
    "closed": ("reopen",),
}
"""What can be done with a case, by its owner; the names are those of AgentDesk's commands."""
_DID = {
    "Claimed": "claimed", "Requeued": "requeued", "Transferred": "transferred", "PutOnHold": "put_on_hold",
    "Resolved": "resolved", "ReturnedToBot": "returned_to_bot", "Reopened": "reopened", "QueueLeft": "queue_left",
    "PromiseMissed": "promise_missed", "SurveyAnswered": "survey_answered",
}  # fmt: skip
BEGINS = frozenset({"HandedOff", "Reopened"})
ENDS = frozenset({"Resolved", "ReturnedToBot", "QueueLeft"})
"""Between these people have the case, and what is said belongs into its thread."""
FROM_HERE = "slack:"
"""Ids of what agents wrote in Slack begin with this: it stands in the thread already."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The team's language, and the sign of a note."""

    texts: Texts
    locale: str
    marker: str

    def say(self, key: str, **figures: Any) -> str:
        """A text of data/slack/team."""
        return self.texts.say(key, self.locale, figures)

    def called(self, kind: str, code: str | None) -> str:
        """A reason or a problem in words; one that is newer than the words, as its code."""
        if not code:
            return self.say("unknown")
        try:
            return self.say(f"{kind}_{code}")
        except KeyError:
            return code.replace("_", " ")


def card(summary: Json, packet: Json | None, entries: Sequence[Json], words: Wording) -> Json:
    """The case's message: why, what, who, the last words, where it stands, and what can be done with it."""
    problem = words.called("problem", (packet or {}).get("problem") or summary["intent"])
    title = f"{words.say('urgent')}: {problem}" if summary["urgent"] else problem
    who = _customer(summary, packet, words)
    shown: list[Json] = [blocks.header(title), {"type": "section", "fields": _fields(summary, packet, who, words)}]
    if suggestion := str((packet or {}).get("suggested_reply") or ""):
        shown.append(blocks.section(cut(f"{words.say('suggestion')}: {suggestion}", blocks.SECTION)))
    if last := _last(entries, words):
        shown += [{"type": "divider"}, blocks.section(cut("\n".join([words.say("last"), *last]), blocks.SECTION))]
    name = (summary["agent"] or {}).get("name") or ""
    state = words.say(f"state_{summary['owner']}", name=name)
    shown.append(blocks.context(f"{state} · {words.say('how', marker=words.marker)}"))
    buttons = [Button(words.say(each), f"team_{each}", summary["id"]) for each in BUTTONS[summary["owner"]]]
    return {"text": cut(f"{title} · {who} · {state}", blocks.SECTION), "blocks": [*shown, *blocks.actions(buttons)]}


def given_away(words: Wording) -> Json:
    """What stands in the place of a case that is another team's now."""
    text = words.say("given_away")
    return {"text": text, "blocks": [blocks.context(text)]}


def fingerprint(message: Json) -> str:
    """Tells whether the message would look different now."""
    return hashlib.sha256(json.dumps(message, sort_keys=True).encode()).hexdigest()


def lines(entries: Sequence[Json], live: bool, words: Wording) -> tuple[list[Json], bool]:
    """What these entries bring into the thread, as messages, and whether people have the case after them."""
    said = []
    for entry in entries:
        event = entry.get("event")
        live = live or event in BEGINS
        if live and (line := _line(entry, words)):
            said.append(line)
        live = live and event not in ENDS
    return [{"text": piece, "mrkdwn": False} for piece in pieces("\n".join(said), blocks.MESSAGE) if said], live


def _line(entry: Json, words: Wording) -> str:
    name = entry["author"]["name"] or ""
    if entry["kind"] == "change":
        return _change(entry, name, words)
    if str(entry.get("id") or "").startswith(FROM_HERE) and entry["author"]["role"] == "agent":
        return ""
    role = "note" if entry["kind"] == "note" else entry["author"]["role"]
    return "" if role == "system" else f"{words.say(f'role_{role}', name=name)}: {entry['text']}"


def _change(entry: Json, name: str, words: Wording) -> str:
    data = entry["data"]
    if entry["event"] == "PromiseMade":
        return words.say("did_promise_made", due=data["due"]) if data.get("kind") == "callback" else ""
    key = _DID.get(entry["event"])
    scale = SCALES[data.get("scale", CSAT)]
    figures = {"name": data.get("to") or name, "score": data.get("score", ""), "most": scale.scores[-1]}
    return words.say(f"did_{key}", **figures) if key else ""


def _fields(summary: Json, packet: Json | None, who: str, words: Wording) -> list[Json]:
    reasons = (packet or {}).get("reasons") or [{"code": code} for code in summary["reasons"]]
    order = (packet or {}).get("order") or {}
    found = {
        "why": "\n".join(_reason(each, words) for each in reasons),
        "customer": who,
        "order": str(order.get("number") or summary["order"] or words.say("unknown")),
        "language": summary["locale"],
        "case": f"{summary['channel']}, {summary['case']}",
    }
    return [blocks.plain(cut(f"{words.say(key)}:\n{value}", blocks.FIELD)) for key, value in found.items()]


def _reason(reason: Json, words: Wording) -> str:
    evidence = str(reason.get("evidence") or "")[:WORDS]
    return words.called("reason", reason.get("code")) + (f" ({evidence})" if evidence else "")


def _customer(summary: Json, packet: Json | None, words: Wording) -> str:
    given = {**((packet or {}).get("customer") or {})}
    known = [summary["customer"].get(key) or given.get(key) for key in ("name", "email")] + [given.get("phone")]
    return ", ".join(str(each) for each in known if each) or words.say("unknown")


def _last(entries: Sequence[Json], words: Wording) -> list[str]:
    """The messages before the case came to people."""
    handed = max((each["seq"] for each in entries if each.get("event") == "HandedOff"), default=None)
    before = [each for each in entries if each["kind"] == "message" and (handed is None or each["seq"] <= handed)]
    said = [each for each in before if each["author"]["role"] != "system"][-LAST:]
    return [
        f"{words.say(f'role_{each["author"]["role"]}', name=each['author']['name'] or '')}: {each['text'][:WORDS]}"
        for each in said
    ]
