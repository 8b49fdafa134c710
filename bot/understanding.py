"""From what the customer sent to what Rasa is told: parse once, then read it in the light of what the bot asked
last."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import answers, choices, history
from bot.escalation.words import fold
from bot.nlu.intents import IntentClassifier
from bot.nlu.text import clean, shorten

Parse = dict[str, Any]

_PAYLOAD = re.compile(r"/(?P<intent>\w+)(?P<entities>\{.*\})?\Z", re.S)
_NOT_THIS = re.compile(r"\b(?:not|ei|en|mitte|instead of)\W*$", re.I)
_GUESS = 0.05
"""What the second guess must reach, where "just a detail" is no answer to anything and says more than a detail."""

_CODE_LIKE = re.compile(r"(?<!\w)[A-ZÅÄÖÕÜ]{3,}\d{1,3}(?!\w)")
"""A discount code, as they are printed."""

_CLEAR = 0.6
_NO_MATTER = frozenset(
    {"inform", "affirm", "deny", "greet", "goodbye", "thank", "ask_contact", "nlu_fallback", "out_of_scope"}
)
"""What the words around a detail may seem to mean ("my e-mail is …"), and what says nothing of the matter."""

_NO_BUT = re.compile(
    r"\W*(?:ei ?ku[nt]?|ei vaan|ei siis|ei ikka|ei hoopis|ei|e|no|nope|nah|actually|"
    r"oikeestaan|oikeastaan|itse asiassa|tegelikult)"
    r"\b[\s,.!]+",
    re.I,
)
_NO_INSIDE = re.compile(r"(?<!\w)(?:en|ei|ala|alkaa|ara|arge|mitte|not|don't|dont|never|viela|veel|yet)(?!\w)")
_WISHED = 0.8
"""How clear the wish after a no must be."""

_LIKE_A_COMMAND = re.compile(r"[/\s]+")
"""Rasa looks for its slash behind every kind of blank, so that "/", a line's end and "/inform{…}" would be one, too."""

_TOWN = re.compile(r"\s[^\W\d_]{2,}")


_AFTER_AN_ANSWER = frozenset({"resolved", "not_resolved"})
"""What nobody says before the bot has answered anything."""


async def parse(processor: MessageProcessor, text: str) -> Parse:
    """What Rasa's pipeline says of a text, and how annoyed it sounds. A leading "/" is text, never an intent."""
    seen = shorten(clean(text))
    result: Parse = await processor.parse_message(UserMessage(_no_command(seen)))
    result["text"] = seen
    result.setdefault("frustration", 0.0)
    result["entities"] = _one_order([_placed(entity, text) for entity in result["entities"]], seen)
    if answers.only_details(result):
        return {**result, "intent": {"name": "inform", "confidence": 1.0}}
    return _after_no(processor, _besides_details(processor, result))


def _after_no(processor: MessageProcessor, parsed: Parse) -> Parse:
    """ "Ei, perutaan sittenkin": what follows the no is the wish. It is kept as `instead`, for what was asked."""
    begins = _NO_BUT.match(parsed["text"])
    rest = parsed["text"][begins.end() :] if begins else ""
    if len(rest.split()) < 2 or "?" in rest or _NO_INSIDE.search(fold(rest)):
        return parsed
    wish = _intents(processor, _no_command(rest))["intent"]
    if wish["name"] not in answers.WISHES or wish["confidence"] < _WISHED:
        return parsed
    return {**parsed, "intent": wish, "instead": rest}


def _no_command(text: str) -> str:
    """Words that Rasa takes for words; never empty."""
    begins = _LIKE_A_COMMAND.match(text)
    return (text[begins.end() :] if begins else text) or " "


def _besides_details(processor: MessageProcessor, parsed: Parse) -> Parse:
    """A short wish with a number and an address beside it looks like a bare detail: read the wish alone as well."""
    rest = answers.without_details(parsed)
    if rest is None or len(re.findall(r"[^\W\d_]{2,}", rest)) < 2:
        return parsed
    alone = _intents(processor, _no_command(rest))
    intent = alone["intent"]
    if intent["name"] == parsed["intent"]["name"]:
        return {**parsed, "intent_ranking": alone["intent_ranking"]}  # the other guesses are better without the details
    if intent["name"] in _NO_MATTER or intent["confidence"] < max(_CLEAR, _weight(parsed["intent"])):
        return parsed
    return {**parsed, "intent": intent, "intent_ranking": alone["intent_ranking"]}


def _intents(processor: MessageProcessor, text: str) -> Parse:
    """What a text means, and nothing else: how it sounds, which takes longest, is not asked of a second reading."""
    nodes = processor.model_metadata.predict_schema.nodes
    target = next(name for name, node in nodes.items() if node.uses is IntentClassifier)
    nobody = DialogueStateTracker.from_events("", [])
    given = {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: nobody}
    read = processor.graph_runner.run(inputs=given, targets=[target])[target][0]
    return {name: read.get(name) for name in ("intent", "intent_ranking")}


def _weight(intent: Mapping[str, Any]) -> float:
    """How much the first reading holds against the second: "just a detail" nothing."""
    return 0.0 if intent["name"] in _NO_MATTER else float(intent["confidence"])


def parse_button(payload: str, title: str) -> Parse:
    """A button says exactly what it stands for. Raises ValueError for a payload that is none."""
    match = _PAYLOAD.match(payload)
    if not match:
        raise ValueError(f"not a payload: {payload!r}")
    details = json.loads(match["entities"]) if match["entities"] else {}
    entities = [
        {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "button"} for name, value in details.items()
    ]
    intent = {"name": match["intent"], "confidence": 1.0}
    return {
        "text": title,
        "intent": intent,
        "intent_ranking": [intent],
        "entities": entities,
        "language": {"code": None, "confidence": 0.0, "clear": False},
        "frustration": 0.0,
    }


def sent_file() -> Parse:
    """A picture or a document without a word beside it."""
    return parse_button("/send_file", "")


def in_context(parsed: Parse, events: Sequence[Event]) -> Parse:
    """Read an answer as an answer: a typed choice as its button, a bare detail as the detail that was asked for."""
    if parsed["intent"]["name"] in _AFTER_AN_ANSWER and not any(isinstance(one, UserUttered) for one in events):
        parsed = _as_first_words(parsed)
    buttons = choices.offered(events)
    payload = choices.chosen(parsed.get("instead") or parsed["text"], buttons, parsed["intent"]["name"])
    if not payload and history.offers_person(events) and (answer := choices.yes_or_no(parsed["text"])):
        return {**parsed, "intent": {"name": answer, "confidence": 1.0}}
    if not payload and choices.asks_about(parsed["text"], buttons, choices.WAIT):
        return {**parsed, "intent": {"name": "request_compensation", "confidence": _CLEAR}}
    if not payload and not history.slots(events).get("requested_slot"):
        payload = _late_choice(parsed, events)
    if payload:
        picked = parse_button(payload, parsed["text"])
        return {**parsed, "intent": picked["intent"], "entities": parsed["entities"] + picked["entities"]}
    slots = history.slots(events)
    if _is_about_a_code(parsed):
        parsed = {**parsed, "intent": {"name": "discount_problem", "confidence": _CLEAR}}
    asked = slots.get("requested_slot")
    if asked:
        question = slots.get("question") if asked == "answer" else None
        return answers.as_answer(parsed, question or {"kind": "order"})
    if parsed["intent"]["name"] == "inform" and answers.FILLERS <= answers.others(parsed) < answers.NO_DETAILS:
        second = parsed["intent_ranking"][1:2]
        return {**parsed, "intent": second[0]} if second and second[0]["confidence"] >= _GUESS else parsed
    return parsed


def _as_first_words(parsed: Parse) -> Parse:
    """The next best guess that can be said first: "I still haven't got my things" tells of a parcel, not of help."""
    for guess in parsed["intent_ranking"]:
        if guess["name"] not in _AFTER_AN_ANSWER and guess["confidence"] >= _GUESS:
            return {**parsed, "intent": guess}
    return parsed


def _late_choice(parsed: Parse, events: Sequence[Event]) -> str | None:
    """A choice that is taken one turn later, after a question about something else."""
    name, confidence = parsed["intent"]["name"], parsed["intent"]["confidence"]
    open_still = {choices.WAITING_LIST} if name == "ask_availability" else set()
    if confidence < _CLEAR or name in _NO_MATTER:
        open_still = {choices.WAIT, choices.WAITING_LIST}
    before = [one for one in choices.offered(events, back=1) if one["payload"] in open_still]
    return choices.chosen(parsed["text"], before, parsed["intent"]["name"])


def locale(parsed: Mapping[str, Any], kept: str | None) -> str:
    """The language to answer in: the message's, where it is clear and ours; else the conversation's, which is kept too
    where the message is partly in it.
    """
    language = parsed["language"]
    follow = language["clear"] and kept not in language.get("mixed", ())
    if language["code"] in ("fi", "et", "en") and (follow or not kept):
        return str(language["code"])
    return kept or "en"


def _one_order(entities: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """One number is talked about: of "not 100233 but 100232" the second, of several the one that is called an order.

    A postal code before its town is none, unless it is called one.
    """
    entities = [one for one in entities if not _is_postal_code(one, text)]
    numbers = [one for one in entities if one["entity"] == "order_number"]
    meant = [one for one in numbers if not _NOT_THIS.search(text[: one["start"]])] or numbers
    meant = [one for one in meant if answers.called(text, one["start"])] or meant
    return [one for one in entities if one["entity"] != "order_number" or one is meant[0]]


def _is_about_a_code(parsed: Parse) -> bool:
    """ "TERE10 ei tööta": what such a code is made of may be a greeting."""
    small = parsed["intent"]["name"] in _NO_MATTER
    return small and len(parsed["text"].split()) > 1 and bool(_CODE_LIKE.search(parsed["text"]))


def _is_postal_code(entity: Mapping[str, Any], text: str) -> bool:
    """Five digits after a house number and before a town: "Tamme 8-14, 44310 Rakvere"."""
    if entity["entity"] != "order_number" or answers.called(text, entity["start"]):
        return False
    before, after = text[: entity["start"]], text[entity["end"] :]
    five = re.fullmatch(r"\d{5}", text[entity["start"] : entity["end"]])
    return bool(five and re.search(r"\d\w?(?:[ -]\w{1,4}){0,2}[\s,;]+$", before) and _TOWN.match(after))


def _placed(entity: dict[str, Any], text: str) -> dict[str, Any]:
    """Places count in the customer's own text, where cleaning has not moved them."""
    return {key: entity[key] for key in ("entity", "value", "start", "end", "extractor") if key in entity}
