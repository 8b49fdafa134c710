"""Does a person have to come? A pure function of the conversation so far.

Two questions are weighed over everything that is seen (bot.escalation.weights): is a person needed, and is it urgent?
A middling answer to the first offers a person; a high one to either hands over at once. Each reason has a weight of its
own from 0 to 1, which tells why. Turns before a return from people are not shown to the judge (bot.history leaves them
out), so it starts clean.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from bot.escalation.conversation import Judgement, Reason, Turn
from bot.escalation.signs import ANNOYED, GRAVE, Seen, plain_words, see
from bot.escalation.weights import Scale, Weights, weights
from bot.escalation.words import words

SPOKEN = frozenset({"fi", "et", "en"})
_WISHES = frozenset({"speak_to_human", "request_callback"})
_PLEASANTRIES = frozenset({"greet", "thank", "goodbye", "resolved"})
UNHELPED, NOT_RESOLVED = "did_not_help", "not_resolved"
_LONGEST = 160
_NO = re.compile(r"\W*(?:ei|en|eipä|nah|nope)\b", re.I)
"""How a no begins; "no" itself is "well" in Finnish and Estonian."""
_STOP = re.compile(r"[.!?…]+(?=\s)|\n")
"""Where a sentence ends; not the dot in a number or an address."""
_NAMES = 3
"""So many words beside an address are a name."""
_CLEAR = 0.5
"""From this confidence on a wish for a person that was understood takes an offer up."""
_FEW = 8
_PLAIN = {"urgent_danger": 0.55, "urgent_distress": 0.9}
_PLAIN_ELSE = 0.95
"""A message of so few words, and how much an urgent reason must weigh in it by itself; danger less than others."""


def judge(now: Turn, before: Sequence[Turn] = (), by: Weights | None = None) -> Judgement:
    """Judge the message `now` after the turns `before`, oldest first; `by` other weights than the stored ones."""
    known = by or weights()
    sure, reasons, chance, urgent = tuple(_pressed(now, before)), tuple[Reason, ...](), 0.0, False
    if not now.button:
        seen = see(now, before)
        sure = tuple(_sure(now, before, seen))
        again = now.intent == NOT_RESOLVED and bool(seen.numbers.get("no help before"))
        # Who says a second time that the answer did not help is offered a person, however calmly it is said.
        chance = max(round(known.needed.weigh(seen.numbers), 3), known.offer if again else 0.0)
        urgency = known.urgency(seen.numbers)
        urgent = _is_urgent(urgency, chance, known) or _is_plain_alarm(now, seen, known)
        called = urgent or chance >= known.offer
        reasons = tuple(_why(now, seen, known, urgent=urgent, called=called and not sure))
        if again and all(reason.code != UNHELPED for reason in reasons):
            reasons = (Reason(UNHELPED, chance, _short(now.text)), *reasons)
    score = 1.0 if sure else chance
    reasons = (*sure, *reasons)
    action = "handoff" if urgent or score >= known.handoff else "offer" if score >= known.offer else "none"
    if action == "offer" and (_declined(now, before) or _is_arranged(now, reasons)):
        action = "none"
    return Judgement(action, score, urgent, reasons)


def _pressed(now: Turn, before: Sequence[Turn]) -> Iterator[Reason]:
    """A button is no mood: only what it says counts."""
    if not now.button:
        return
    if now.intent == "speak_to_human":
        yield Reason("asked_for_person", 1.0, _short(now.text))
    elif now.intent == "affirm" and before and before[-1].offered:
        yield Reason("accepted_offer", 1.0, _short(now.text))


def _sure(now: Turn, before: Sequence[Turn], seen: Seen) -> Iterator[Reason]:
    """What needs no weighing."""
    if before and before[-1].offered and before[-1].intent != "deny" and _accepts(now, seen):
        yield Reason("accepted_offer", 1.0, _short(now.text))
    if now.language and now.language not in SPOKEN and not _is_detail(now):
        yield Reason("unsupported_language", 1.0, _short(now.text))


def _why(now: Turn, seen: Seen, known: Weights, *, urgent: bool, called: bool) -> Iterator[Reason]:
    """The reasons worth telling. Whoever is called is told at least the likeliest, and what is urgent about it."""
    found = {code: round(scale.weigh(seen.numbers), 3) for code, scale in known.scales.items()}
    told = {code for code, weight in found.items() if weight >= known.mention}
    kinds = [code for code in found if code.startswith("urgent_")]
    if urgent and told.isdisjoint(kinds):
        told.add(max(kinds, key=found.__getitem__))
    if called and not told:
        told.add(max(found, key=found.__getitem__))
    for code, scale in known.scales.items():
        if code in told:
            yield Reason(code, max(found[code], known.mention), _evidence(now, code, scale, seen))


def _is_urgent(urgency: float, chance: float, known: Weights) -> bool:
    """Urgent by itself; or likely urgent where somebody is likely needed, which is more than each by itself."""
    return urgency >= known.urgent or math.sqrt(urgency * chance) >= known.both


def _is_plain_alarm(now: Turn, seen: Seen, known: Weights) -> bool:
    """A few words that name what is urgent: they say too little for the decision, which knows longer messages."""
    if len(now.text.split()) > _FEW or GRAVE.isdisjoint(seen.hits):
        return False
    urgent = ((code, scale) for code, scale in known.scales.items() if code.startswith("urgent_"))
    return any(scale.weigh(seen.numbers) >= _PLAIN.get(code, _PLAIN_ELSE) for code, scale in urgent)


def _accepts(now: Turn, seen: Seen) -> bool:
    """Yes to a person. "OK thanks" or "yes, the blue one" is not: a person nobody wanted is worse than asking twice."""
    if "no_person" in seen.hits or _NO.match(now.text):
        return False
    agreed = "agreed" in seen.hits and now.intent not in _PLEASANTRIES
    wished = now.intent in _WISHES and now.confidence >= _CLEAR
    return wished or agreed or (now.intent == "affirm" and "want_person" in seen.hits)


def _is_detail(now: Turn) -> bool:
    """A name and an address in answer to a question: names are of no language."""
    return "@" in now.text and len(plain_words(now.text)) <= _NAMES


def _declined(now: Turn, before: Sequence[Turn]) -> bool:
    """Who says no to a person, now or with the last message, and goes on calmly is not asked again at once. Who says
    nothing to the offer and has more trouble is."""
    answers = [*(before[-1:]), now]
    asked = [turn.offered for turn in before[-2:]]
    said_no = any(offered and _says_no(turn) for offered, turn in zip(reversed(asked), reversed(answers)))
    return said_no and now.frustration < ANNOYED


def _is_arranged(now: Turn, reasons: Sequence[Reason]) -> bool:
    """A call back is arranged by the bot, which asks for the number: an offer beside it would say the same twice."""
    return now.intent == "request_callback" and all(reason.code == "asked_for_person" for reason in reasons)


def _says_no(turn: Turn) -> bool:
    return turn.intent == "deny" or "no_person" in words().find(turn.text)


def _evidence(now: Turn, code: str, scale: Scale, seen: Seen) -> str:
    """The sentence of the strongest sign, or of what made the message sound so; the whole where no words tell."""
    for name in scale.strongest(seen.numbers):
        if name in seen.hits:
            return _sentence(now.text, seen.hits[name].start, seen.hits[name].end)
        telling = now.telling.get(code, "")
        if name == f"sounds {code}" and telling in now.text:
            at = now.text.index(telling)
            return _sentence(now.text, at, at + len(telling)) if telling else _short(now.text)
    return _short(now.text)


def _sentence(text: str, start: int, end: int) -> str:
    """What stands around these words, from stop to stop: two words by themselves tell an agent nothing. The words alone
    where that is too long."""
    first = max((stop.end() for stop in _STOP.finditer(text, 0, start)), default=0)
    stop = _STOP.search(text, max(end - 1, start))
    whole = text[first : stop.end() if stop else None].strip()
    return _short(whole if len(whole) <= _LONGEST else text[start:end])


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
