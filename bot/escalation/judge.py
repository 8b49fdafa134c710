"""Does a person have to come? A pure function of the conversation so far.

Each reason has a weight; together they make a score as independent witnesses do: 1 − Π(1 − weight). A middling score
offers a person, a high one or anything urgent hands over at once. Turns before a return from people are not shown to
the judge (bot.history leaves them out), so it starts clean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.escalation.conversation import Judgement, Reason, Turn
from bot.escalation.cues import PERSON, URGENT, found

OFFER = 0.45
HANDOFF = 0.75
SPOKEN = frozenset({"fi", "et", "en"})

_ANNOYED = 0.5
_ABOUT_US = frozenset({"urgent_legal", "urgent_public", "urgent_loss"})
_ACCEPTING = frozenset({"affirm", "speak_to_human"})


def judge(now: Turn, before: Sequence[Turn] = ()) -> Judgement:
    """Judge the message `now` after the turns `before`, oldest first."""
    reasons = tuple(reason for reason in _reasons(now, before) if reason.weight > 0)
    doubt = 1.0
    for reason in reasons:
        doubt *= 1 - min(reason.weight, 1.0)
    score = round(1 - doubt, 3)
    urgent = any(reason.code.startswith("urgent_") for reason in reasons)
    action = "handoff" if urgent or score >= HANDOFF else "offer" if score >= OFFER else "none"
    return Judgement(action, score, urgent, reasons)


def _reasons(now: Turn, before: Sequence[Turn]) -> Iterator[Reason]:
    if now.button:
        yield from _pressed(now, before)
        return
    yield from _person(now, before)
    for cue, evidence in found(URGENT, now.text):
        if cue.code in _ABOUT_US and now.intent == "out_of_scope" and now.confidence >= 0.5:
            continue  # "what is the number of the police" is no threat to the shop
        yield Reason(cue.code, cue.weight, _short(evidence))
    yield from _anger(now, before)
    yield from _fallbacks(now, before)
    yield from _no_help(now, before)
    if now.language and now.language not in SPOKEN:
        yield Reason("unsupported_language", 1.0, _short(now.text))


def _pressed(now: Turn, before: Sequence[Turn]) -> Iterator[Reason]:
    """A button is no mood: only what it says counts."""
    if now.intent == "speak_to_human":
        yield Reason("asked_for_person", 1.0, _short(now.text))
    elif now.intent == "affirm" and before and before[-1].offered:
        yield Reason("accepted_offer", 1.0, _short(now.text))


def _person(now: Turn, before: Sequence[Turn]) -> Iterator[Reason]:
    said = next((evidence for _, evidence in found((PERSON,), now.text)), None)
    if before and before[-1].offered and now.intent in _ACCEPTING:
        yield Reason("accepted_offer", 1.0, _short(now.text))
    elif said or (now.intent == "speak_to_human" and now.confidence >= 0.5):
        yield Reason("asked_for_person", 1.0, _short(said or now.text))


def _anger(now: Turn, before: Sequence[Turn]) -> Iterator[Reason]:
    """One outburst is listened to; a second annoyed message in a row weighs more."""
    if now.frustration < _ANNOYED:
        return
    weight = 0.55 * now.frustration
    earlier = [turn.frustration for turn in before[-3:] if not turn.button]
    if earlier and max(earlier) >= _ANNOYED:
        weight += 0.45
    if now.frustration >= 0.9:
        weight += 0.1
    yield Reason("anger", round(min(weight, 0.95), 3), _short(now.text))


def _fallbacks(now: Turn, before: Sequence[Turn]) -> Iterator[Reason]:
    """Twice not understood: offer. Being out of our field counts with it, but is not by itself a failure."""
    row: list[str] = []
    for turn in (now, *reversed(before)):
        if turn.intent not in ("nlu_fallback", "out_of_scope") or turn.button:
            break
        row.append(turn.intent)
    if len(row) >= 3 or (len(row) == 2 and "nlu_fallback" in row):
        yield Reason("two_fallbacks", 0.5 if len(row) == 2 else 0.6, _short(now.text))


def _no_help(now: Turn, before: Sequence[Turn]) -> Iterator[Reason]:
    """ "That did not help" needs an answer to be about."""
    if now.intent != "not_resolved" or not any(turn.answered for turn in before):
        return
    earlier = sum(turn.intent == "not_resolved" for turn in before)
    yield Reason("did_not_help", 0.8 if earlier else 0.5, _short(now.text))


def _short(text: str, longest: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
