"""What a message shows the judge, in the light of the conversation so far: names with numbers from 0 to 1.

Names are the signs of data/judge/words, `intent …` with its confidence, `sounds …` (bot.escalation.hearing), the way of
writing (frustration.MANNERS), and the ones below. Only these numbers are weighed (data/judge/weights.yml).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.escalation.conversation import Turn
from bot.escalation.frustration import MANNERS, manners
from bot.escalation.hearing import NEEDED, URGENT
from bot.escalation.words import Hit, fold, words

UNCLEAR = frozenset({"nlu_fallback", "out_of_scope"})
ANNOYED = 0.4
"""From this frustration on a message sounds annoyed."""
_ANGRY = 0.6
_SURE = 0.7
_RECENT = 3
_ALIKE = 0.45
"""Likeness of two messages from which on the later one tells the same again."""
GRAVE = frozenset(
    [
        "injury",
        "fire",
        "shards",
        "swallowed",
        "hazard",
        "authority",
        "lawyer",
        "court",
        "police",
        "statute",
        "leak",
        "chargeback",
        "media",
        "reviews",
        "social",
        "leaving",
        "closing",
        "lost",
        "ruined",
        "damage",
        "theft",
        "charged",
        "crying",
        "despair",
        "suicidal",
        "poverty",
        "bereaved",
        "ill",
        "frail",
        "money",
        "want_person",
        "insult",
        "curse",
    ]
)
"""Signs that may bring a person by themselves."""
DANGER = frozenset({"injury", "fire", "shards", "swallowed", "hazard"})
_NO_HELP = 0.8
"""How much "that did not help" counts at least where it was understood, however faintly."""
_QUIET, _RANGE = 6.0, 10.0
"""Where sounds begin to be heard, and how far they go (in log odds)."""
_ENOUGH = 7
"""So many words sound like something."""
_LONG = 20
"""A message of so many words is not brief: what is longer is not graver."""
_WORDS = re.compile(r"[^\W\d_]+")
_KNOWING = "intent ask_"
"""How intents begin with which one wants to know something."""
_DETAIL = re.compile(r"\S+@\S+|\d{4,}")


@dataclass(frozen=True)
class Seen:
    """`numbers` above 0 by name; `hits`: where a sign stands in the text; `known`: all names that were looked for,
    besides signs and intents."""

    numbers: Mapping[str, float]
    hits: Mapping[str, Hit]
    known: tuple[str, ...] = ()


def plain_words(text: str) -> list[str]:
    """Its words; addresses and numbers are none."""
    return _WORDS.findall(_DETAIL.sub(" ", text))


def see(now: Turn, before: Sequence[Turn]) -> Seen:
    """Look at `now` after `before`."""
    hits = words().find(now.text)
    numbers = {sign: 1.0 for sign in hits}
    numbers.update(zip(MANNERS, manners(now.text)))
    numbers[f"intent {now.intent}"] = now.confidence
    said = len(plain_words(now.text))
    numbers["brief"] = max(0.0, 1 - said / _LONG)
    # A few words sound like anything, unless a grave one is among them.
    heard = 1.0 if hits.keys() & GRAVE else min(1.0, said / _ENOUGH)
    # Who says no to a person names one as well, and sounds like asking for one.
    declined = "asked_for_person" if "no_person" in hits else None
    sounds = {code: heard * _loud(chance) for code, chance in now.sounds.items() if code != declined}
    numbers.update((f"sounds {code}", loud) for code, loud in sounds.items())
    numbers["sounds most"] = max((loud for code, loud in sounds.items() if code not in (URGENT, NEEDED)), default=0.0)
    numbers.update(_feeling(now, before, calm="calm" in hits))
    numbers.update(_course(now, before))
    numbers.update(_together(numbers, helped_not=now.intent == "not_resolved", danger=bool(hits.keys() & DANGER)))
    return Seen({name: value for name, value in numbers.items() if value > 0}, hits, tuple(numbers))


def _feeling(now: Turn, before: Sequence[Turn], *, calm: bool) -> dict[str, float]:
    """How this message sounds, and the last ones before it."""
    earlier = max((turn.frustration for turn in before[-_RECENT:] if not turn.button), default=0.0)
    settled = calm and now.frustration < ANNOYED
    return {
        "frustration": now.frustration,
        "fury": max(0.0, now.frustration - ANNOYED) / (1 - ANNOYED),
        "annoyed again": min(1.0, earlier / _ANGRY) * min(1.0, now.frustration / _ANGRY) * (not settled),
    }


def _course(now: Turn, before: Sequence[Turn]) -> dict[str, float]:
    """What came before: what the bot asked and answered, and what was told."""
    asked = bool(before) and before[-1].asked
    row = 0
    for turn in reversed(before):
        if not turn.asked:
            break
        row += 1
    return {
        "asked": float(asked),
        "asked again": float(row >= 2),
        "first message": float(not before),
        "answered": float(any(turn.answered for turn in before)),
        "declined": float(bool(before) and before[-1].offered and now.intent == "deny"),
        "no help before": float(any(turn.intent == "not_resolved" for turn in before[-_RECENT:])),
        "unclear": _unclear(now),
        "unclear again": min(_unclear(now), _unclear(before[-1])) if before else 0.0,
        "told again": 0.0 if asked else float(likeness(now, before) >= _ALIKE),
    }


def _together(numbers: Mapping[str, float], *, helped_not: bool, danger: bool) -> dict[str, float]:
    """Signs that mean something only with another one."""

    def has(name: str) -> bool:
        return numbers.get(name, 0.0) > 0

    no_help = max(numbers.get("intent not_resolved", 0.0), _NO_HELP * helped_not, 0.6 * has("no_help"))
    told = not has("asking") and not has("question")
    return {
        "no help after answer": no_help * has("answered"),
        "tried without success": no_help * has("tried") * has("answered"),
        "no detail to give": float(has("asked") and (has("no_detail") or has("no_help"))),
        "harm told": float(told and has("body") and not has("asked")),
        "much money told": float(told and has("money")),
        "occasion told": float(told and has("event")),
        "person not declined": float(has("person") and not (has("no_person") or has("people") or has("asking"))),
        "wants to know": max(
            (value for name, value in numbers.items() if name.startswith(_KNOWING) and has("question")), default=0.0
        ),
        # "The charger caught fire, what do I do?" is no matter of a shop, and urgent all the same.
        "off topic": float(numbers.get("intent out_of_scope", 0.0) >= 0.5 and not danger),
    }


def likeness(now: Turn, before: Sequence[Turn]) -> float:
    """How much a message is like one of the customer's earlier ones, from 0 to 1; details in it do not count."""
    mine = _trigrams(now.text)
    if len(mine) < 6:
        return 0.0
    return max((_cosine(mine, _trigrams(turn.text)) for turn in before if not turn.button), default=0.0)


def _unclear(turn: Turn) -> float:
    """How little was understood."""
    if turn.button:
        return 0.0
    return 1.0 if turn.intent in UNCLEAR else max(0.0, 1 - turn.confidence / _SURE)


def _loud(chance: float) -> float:
    """Chances as they sound: reasons are rare, so one in a hundred is already something to hear."""
    odds = min(max(chance, 1e-6), 1 - 1e-6)
    return min(1.0, max(0.0, (math.log(odds / (1 - odds)) + _QUIET) / _RANGE))


def _trigrams(text: str) -> Counter[str]:
    plain = " ".join(plain_words(fold(text)))
    return Counter(plain[at : at + 3] for at in range(len(plain) - 2))


def _cosine(one: Counter[str], two: Counter[str]) -> float:
    length = sum(n * n for n in one.values()) * sum(n * n for n in two.values())
    return sum(n * two[gram] for gram, n in one.items()) / length**0.5 if length else 0.0
