"""Does a person have to come? A pure function of the conversation so far.

Each reason has a weight from 0 to 1 (bot.escalation.weights); together they make a score as independent witnesses do:
1 − Π(1 − weight). A middling score offers a person; a high one, or anything urgent that is clear enough, hands over at
once. Turns before a return from people are not shown to the judge (bot.history leaves them out), so it starts clean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.escalation.conversation import Judgement, Reason, Turn
from bot.escalation.signs import ANNOYED, Seen, see
from bot.escalation.weights import Scale, Weights, weights
from bot.escalation.words import words

SPOKEN = frozenset({"fi", "et", "en"})
_WISHES = frozenset({"speak_to_human", "request_callback"})
_PLEASANTRIES = frozenset({"greet", "thank", "goodbye", "resolved"})
_LONGEST = 160


def judge(now: Turn, before: Sequence[Turn] = (), by: Weights | None = None) -> Judgement:
    """Judge the message `now` after the turns `before`, oldest first; `by` other weights than the stored ones."""
    known = by or weights()
    reasons = tuple(_pressed(now, before) if now.button else _written(now, before, known))
    doubt = 1.0
    for reason in reasons:
        doubt *= 1 - min(reason.weight, 1.0)
    score = round(1 - doubt, 3)
    urgent = any(one.code.startswith("urgent_") and one.weight >= known.urgent for one in reasons)
    action = "handoff" if urgent or score >= known.handoff else "offer" if score >= known.offer else "none"
    if action == "offer" and (_declined(now, before) or _is_arranged(now, reasons)):
        action = "none"
    return Judgement(action, score, urgent, reasons)


def _pressed(now: Turn, before: Sequence[Turn]) -> Iterator[Reason]:
    """A button is no mood: only what it says counts."""
    if now.intent == "speak_to_human":
        yield Reason("asked_for_person", 1.0, _short(now.text))
    elif now.intent == "affirm" and before and before[-1].offered:
        yield Reason("accepted_offer", 1.0, _short(now.text))


def _written(now: Turn, before: Sequence[Turn], known: Weights) -> Iterator[Reason]:
    seen = see(now, before)
    if before and before[-1].offered and before[-1].intent != "deny" and _accepts(now, seen):
        yield Reason("accepted_offer", 1.0, _short(now.text))
    for code, scale in known.scales.items():
        weight = round(scale.weigh(seen.numbers), 3)
        by_sound = not any(name in seen.hits for name in scale.strongest(seen.numbers))
        if by_sound and code.startswith("urgent_") and weight < known.urgent:
            continue  # a message that only sounds a little like danger, with no word of it, alarms nobody
        if weight >= known.mention:
            yield Reason(code, weight, _evidence(now.text, scale, seen))
    if now.language and now.language not in SPOKEN:
        yield Reason("unsupported_language", 1.0, _short(now.text))


def _accepts(now: Turn, seen: Seen) -> bool:
    """Yes to a person. "OK thanks" or "yes, the blue one" is not: a person nobody wanted is worse than asking twice."""
    if "no_person" in seen.hits:
        return False
    agreed = "agreed" in seen.hits and now.intent not in _PLEASANTRIES
    return now.intent in _WISHES or agreed or (now.intent == "affirm" and "want_person" in seen.hits)


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


def _evidence(text: str, scale: Scale, seen: Seen) -> str:
    """The words of the strongest sign; the whole message where no single words tell."""
    for name in scale.strongest(seen.numbers):
        if name in seen.hits:
            hit = seen.hits[name]
            return _short(text[hit.start : hit.end])
    return _short(text)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
