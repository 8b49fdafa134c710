"""Last week's conversations, answered by a model: to be laid side by side with another model's answers.

The desk writes them with personal data masked: `{"id", "locale", "turns": [{"seq", "text", "button", "wanted",
"helped"}]}`. `wanted`, what a person has said is right, is `{"intent": …}` or `{"article": …}`; `helped` says that
the customer was content. They are rehearsed with the demo shop: nothing is done in the real one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot import wire

if TYPE_CHECKING:
    from bot.rehearsal.play import Rehearsal

Talk = Mapping[str, Any]
Answer = Mapping[str, Any]
"""`{"intent", "confidence", "article", "action", "said"}` of one turn."""

BETTER, WORSE, CHANGED = "better", "worse", "changed"


async def answered(rehearsal: Rehearsal, talks: Sequence[Talk]) -> list[list[Answer]]:
    """What the rehearsing bot answers to each turn of each conversation."""
    said = []
    for number, talk in enumerate(talks):
        turns = [
            wire.Turn(
                f"talk-{number}", f"talk-{number}-{at}", str(turn["text"]), button=turn.get("button"),
                locale=talk.get("locale"),
            )
            for at, turn in enumerate(talk["turns"])
        ]  # fmt: skip
        said.append([_answer(one) for one in await rehearsal.answer(turns)])
    return said


def differences(
    talks: Sequence[Talk], before: Sequence[Sequence[Answer]], after: Sequence[Sequence[Answer]]
) -> list[dict[str, Any]]:
    """Every turn that is answered otherwise, with both answers and what is known of which is right."""
    return [
        {
            "conversation": talk["id"],
            "seq": turn["seq"],
            "text": turn["text"],
            "wanted": turn.get("wanted"),
            "before": old,
            "after": new,
            "verdict": verdict(turn, old, new),
        }
        for talk, olds, news in zip(talks, before, after)
        for turn, old, new in zip(talk["turns"], olds, news)
        if _told(old) != _told(new)
    ]


def verdict(turn: Mapping[str, Any], old: Answer, new: Answer) -> str:
    """Better or worse where a person has said what is right, or the customer was content; else only changed."""
    wanted = turn.get("wanted")
    if wanted:
        was, now = _fits(wanted, old), _fits(wanted, new)
        return CHANGED if was == now else BETTER if now else WORSE
    same = (old["intent"], old["article"]) == (new["intent"], new["article"])
    return WORSE if turn.get("helped") and not same else CHANGED


def _fits(wanted: Mapping[str, Any], answer: Answer) -> bool:
    return all(answer.get(key) == value for key, value in wanted.items())


def _told(answer: Answer) -> tuple[Any, ...]:
    return answer["intent"], answer["article"], answer["action"], answer["said"]


def _answer(body: Mapping[str, Any]) -> Answer:
    shown = [effect["article"] for effect in body["effects"] if effect.get("kind") == "article_shown"]
    return {
        "intent": body["nlu"]["intent"],
        "confidence": body["nlu"]["confidence"],
        "article": shown[0] if shown else None,
        "action": body["judgement"]["action"],
        "said": "\n\n".join(message["text"] for message in body["messages"]),
    }
