"""What we say, as Slack's messages and views. Pure.

People's words are escaped, and stand where Slack reads no formatting: `mrkdwn` is off for plain messages, and blocks
hold them as `plain_text`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desk.connectors.order_card import order_words
from desk.connectors.slack.fields import objects_of
from desk.connectors.slack.text import cut, pieces
from desk.connectors.slack.words import Words
from desk.service.channel import Outgoing
from desk.texts import Texts

type Json = dict[str, Any]

SECTION = 2_900
"""Slack allows 3,000 characters in a section,"""
FIELD = 1_900
HEADER = 150
BUTTON = 75
"""2,000 in a field, 150 in a header, 75 in a button's title,"""
ROW = 20
"""and reads easily this many buttons in a row (it allows 25)."""
MESSAGE = 12_000
"""Characters of one message: Slack cuts at 40,000; what is longer goes out in several."""
_PUBLIC = frozenset({"type", "number", "status", "ordered_on", "promised_on", "expected_on"})
"""What others in a channel may read of an order."""
OPENING = 3
"""The disclosure is among a conversation's first events; the button to a person stands below it."""


@dataclass(frozen=True, slots=True)
class Button:
    """`action` and `value` come back when it is pressed (actions.py)."""

    title: str
    action: str
    value: str


def message(entry: Outgoing, words: Words, *, public: bool) -> list[Json]:
    """An entry as one message of Slack's, or several if it is very long; the blocks stand in the last.

    `public`: others read along, so that an order's contents, price and tracking code are left out.
    """
    texts = pieces(entry.text, MESSAGE)
    messages: list[Json] = [{"text": text, "mrkdwn": False} for text in texts]
    blocks = [*_cards(entry, words.channels, public=public), *_rows(_buttons(entry, words))]
    if blocks:
        said = [section(piece) for piece in pieces(entry.text, SECTION)] if len(texts) == 1 and entry.text else []
        messages[-1] = {"text": texts[-1] or " ", "blocks": [*said, *blocks]}
    if entry.role == "agent" and entry.author:
        messages = [each | {"username": entry.author} for each in messages]
    return messages


def pressed(shown: Json, title: str) -> Json | None:
    """The message without its buttons, and with what was chosen; None when there is nothing to change."""
    blocks = objects_of(shown, "blocks")
    left = [each for each in blocks if each.get("type") != "actions"]
    if len(left) == len(blocks):
        return None
    return {"text": str(shown.get("text") or " "), "blocks": [*left, context(f"→ {title}")]}


def text(words: str) -> Json:
    """A plain message; very long words lose their end."""
    return {"text": cut(words, MESSAGE), "mrkdwn": False}


def section(escaped: str) -> Json:
    """A paragraph; `escaped` by `pieces` or `cut`."""
    return {"type": "section", "text": plain(escaped)}


def context(text: str) -> Json:
    """A small line."""
    return {"type": "context", "elements": [plain(cut(text, SECTION))]}


def header(text: str) -> Json:
    """A title."""
    return {"type": "header", "text": plain(cut(text, HEADER))}


def plain(escaped: str) -> Json:
    """Text in which Slack reads no formatting; it must not be empty."""
    return {"type": "plain_text", "text": escaped or " ", "emoji": False}


def actions(buttons: Sequence[Button]) -> list[Json]:
    """The buttons, in rows."""
    return _rows([*buttons])


def _buttons(entry: Outgoing, all_words: Words) -> list[Button]:
    words = all_words.slack
    if entry.survey is not None:
        worded = entry.topic in ("survey", "survey_bot")
        titles = ((score, words.say(f"score_{score}", entry.lang) if worded else str(score)) for score in entry.scores)
        return [Button(title, f"rate_{score}", f"{entry.survey}:{score}") for score, title in titles]
    if entry.languages:
        return [
            Button(all_words.channels.say("language_name", each), f"language_{each}", each) for each in entry.languages
        ]
    found = [Button(title, f"press_{index}", f"{entry.seq}:{index}") for index, title in enumerate(entry.buttons)]
    if entry.role == "system" and entry.seq <= OPENING:
        found.append(Button(words.say("person", entry.lang), "person", "person"))
    return found


def _rows(buttons: list[Button]) -> list[Json]:
    elements = [
        {
            "type": "button",
            "action_id": each.action,
            "value": each.value,
            "text": plain(cut(each.title, BUTTON)),
        }
        for each in buttons
    ]
    return [{"type": "actions", "elements": elements[at : at + ROW]} for at in range(0, len(elements), ROW)]


def _cards(entry: Outgoing, words: Texts, *, public: bool) -> list[Json]:
    blocks: list[Json] = []
    for card in entry.cards:
        shown = {name: value for name, value in card.items() if name in _PUBLIC} if public else card
        title, *lines = order_words(shown, words, entry.lang).lines()
        blocks += [{"type": "divider"}, header(title)]
        blocks += [section(piece) for piece in pieces("\n".join(lines), SECTION)] if lines else []
    return blocks
