"""What the judge learns from: practice dialogues, single messages, graded messages, and ordinary ones.

data/handoff holds dialogues, data/judge/messages single messages with their reason, data/frustration messages with a
grade of annoyance. Of data/nlu the messages count that come with everyday intents: they show what calls nobody.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from actions.yaml_text import load_yaml
from bot.escalation.frustration import read_graded
from bot.escalation.hearing import Text
from bot.escalation.signs import GRAVE
from bot.escalation.words import words
from bot.rehearsal.dialogues import LANGUAGES, FileError, Message, Written, read

DATA = Path(__file__).resolve().parents[2] / "data"
CALM = 0.15
"""How much a calm customer's turn counts beside a graded message: there are several times as many."""
ORDINARY = 1.2
"""How much an everyday message counts beside a labelled turn."""
_EVERY = 4
"""Of the everyday messages, each fourth, which counts for more: all of them take time to learn and do not help."""
_NOT_ORDINARY = frozenset(("express_frustration", "not_resolved", "speak_to_human", "request_callback", "case_status"))
"""Intents whose messages may well need a person."""
_OFTEN_ORDINARY = frozenset(
    (
        "defective_item",
        "damaged_item",
        "missing_parcel",
        "complain_service",
        "request_compensation",
        "payment_problem",
        "privacy_request",
    )
)
"""Intents whose messages are everyday ones as long as none of these signs is in them."""
_MESSAGES = {"round 2": "{}.tsv", "round 3": "{}-3.tsv"} | {name: f"writer-{name}/{{}}.tsv" for name in "dei"}
"""Files of single messages by who wrote them."""
_MARKED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Labelled:
    """A message of data/nlu."""

    intent: str
    text: str
    language: str


def practice(data: Path = DATA) -> list[Written]:
    """The dialogues, and the single messages as dialogues of one turn. Raises FileError."""
    dialogues = strangers(data)[0]
    for file in sorted((data / "handoff" / "writers").glob("*.jsonl")):
        dialogues.extend(read(file))
    for language in LANGUAGES:
        dialogues.extend(read(data / "handoff" / f"{language}.jsonl"))
        for writer, name in _MESSAGES.items():
            file = data / "judge" / "messages" / name.format(language)
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                if line and not line.startswith("#"):
                    one = _single(line, f"{file}:{number}", f"{language}-{writer}-message-{number}", language)
                    dialogues.append(replace(one, writer=writer))
    return dialogues


def strangers(data: Path = DATA) -> tuple[list[Written], list[Written]]:
    """The dialogues that were written without knowing the others or the lists of words: those to learn from, and the
    third of each language and kind that nothing learns from. Raises FileError."""
    groups: dict[tuple[str, str, bool], list[Written]] = defaultdict(list)
    for language in LANGUAGES:
        for one in read(data / "handoff" / "strangers" / f"{language}.jsonl"):
            groups[language, one.wanted, one.urgent].append(one)
    learnt, kept = [], []
    for group in groups.values():
        group.sort(key=lambda one: hashlib.sha256(one.id.encode()).hexdigest())
        third = round(len(group) / 3)
        kept += group[:third]
        learnt += group[third:]
    return learnt, kept


def _single(line: str, place: str, name: str, language: str) -> Written:
    code, tab, text = line.partition("\t")
    if not tab:
        raise FileError(f"{place}: a line is code<TAB>text")
    if code == "none":
        return Written(name, language, (Message(text, "no"),), single=True)
    urgent = code.startswith("urgent_")
    return Written(name, language, (Message(text, "must"),), reasons=(code,), urgent=urgent, single=True)


def for_frustration(dialogues: Sequence[Written], data: Path = DATA) -> tuple[list[str], list[int], list[float]]:
    """Texts, grades and trust: the graded messages, and every turn of dialogues in which nobody was needed."""
    texts, grades = [], []
    for language in LANGUAGES:
        for grade, text in read_graded((data / "frustration" / f"{language}.tsv").read_text("utf-8").splitlines()):
            texts.append(text)
            grades.append(grade)
    calm = [one.text for written in dialogues if written.turn is None for one in written.messages]
    return texts + calm, grades + [0] * len(calm), [1.0] * len(texts) + [CALM] * len(calm)


def for_hearing(
    dialogues: Sequence[Written], data: Path = DATA
) -> tuple[list[Text], list[dict[str, float]], list[float]]:
    """Texts, their reasons and trust: all turns, and everyday messages, which have no reason."""
    turns = [
        ((one.text, written.language), written.labels(at))
        for written in dialogues
        for at, one in enumerate(written.messages)
    ]
    everyday = ordinary(data)
    return (
        [text for text, _ in turns] + everyday,
        [labels for _, labels in turns] + [{} for _ in everyday],
        [1.0] * len(turns) + [ORDINARY] * len(everyday),
    )


def ordinary(data: Path = DATA, start: int = 0) -> list[Text]:
    """Everyday messages of all languages; those from another start than 0 are not learnt from."""
    everyday: list[Text] = [(one.text, one.language) for one in labelled(data) if _is_ordinary(one.intent, one.text)]
    return everyday[start::_EVERY]


def _is_ordinary(intent: str, text: str) -> bool:
    if intent in _OFTEN_ORDINARY:
        return GRAVE.isdisjoint(words().find(text))
    return intent not in _NOT_ORDINARY


def labelled(data: Path = DATA, language: str = "") -> list[Labelled]:
    """The messages of data/nlu, of one language or of all."""
    found = []
    for file in sorted((data / "nlu" / language).rglob("*.yml")):
        for block in load_yaml(file.read_text("utf-8"))["nlu"]:
            texts = [_MARKED.sub(r"\1", line[1:]).strip() for line in block.get("examples", "").splitlines()]
            if "intent" in block:
                found += [Labelled(block["intent"], text, file.parent.name) for text in texts if text]
    return found
