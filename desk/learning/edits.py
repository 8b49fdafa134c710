"""From labels to a change of data/: lines are added where their intent or article has its lines, nothing else moves."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desk.learning.library import plain
from desk.texts import LOCALES

INTENT, ARTICLE, DISCARD = "intent", "article", "discard"
LONGEST = 1_000
"""Characters of a message that is learnt from: the bot reads no more of one."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message without personal data, and what it is."""

    text: str
    language: str
    kind: str
    value: str


@dataclass(slots=True)
class Edits:
    """`files`: before and after, by path from the checkout's root. `left_out`: labels that changed nothing, and why:
    known, contradicts, too_long, language, unknown."""

    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    left_out: list[tuple[Labelled, str]] = field(default_factory=list)

    @property
    def added(self) -> int:
        """Lines that are new."""
        return sum(after.count("\n") - before.count("\n") for before, after in self.files.values())


def make(data: Path, labels: Iterable[Labelled]) -> Edits:
    """The change that these labels ask for. A message stands once, under one intent: the first label counts."""
    edits, texts, known = Edits(), _Files(data), _known(data)
    for label in labels:
        if why := _unfit(label, known[label.language] if label.language in LOCALES else {}):
            edits.left_out.append((label, why))
            continue
        added = texts.add_example(label) if label.kind == INTENT else texts.add_question(label)
        if not added:
            edits.left_out.append((label, "unknown"))
            continue
        known[label.language][_key(label)] = label.value
    edits.files = texts.changed()
    return edits


def diff(files: Mapping[str, tuple[str, str]]) -> str:
    """The change as `git apply` and people read it."""
    parts = []
    for name, (before, after) in sorted(files.items()):
        lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), f"a/{name}", f"b/{name}")
        parts.append(f"diff --git a/{name} b/{name}\n" + "".join(lines))
    return "".join(parts)


def _unfit(label: Labelled, known: Mapping[tuple[str, str], str]) -> str | None:
    if label.language not in LOCALES:
        return "language"
    if not label.text or len(label.text) > LONGEST:
        return "too_long"
    there = known.get(_key(label))
    return None if there is None else "known" if there == label.value else "contradicts"


def _key(label: Labelled) -> tuple[str, str]:
    return label.kind, label.text.casefold()


def _known(data: Path) -> dict[str, dict[tuple[str, str], str]]:
    """What stands where already, by language."""
    found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for locale in LOCALES:
        for file in sorted((data / "nlu" / locale).glob("*.yml")):
            intent = ""
            for line in file.read_text(encoding="utf-8").splitlines():
                if line.startswith("- intent: "):
                    intent = line.removeprefix("- intent: ").strip()
                elif line.startswith("    - "):
                    found[locale][INTENT, plain(line[6:]).casefold()] = intent
        for file in sorted((data / "knowledge" / locale).glob("*.tsv")):
            for line in file.read_text(encoding="utf-8").splitlines():
                slug, _, text = line.partition("\t")
                found[locale][ARTICLE, text.casefold()] = slug
    return found


class _Files:
    """The files as they become."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._before: dict[Path, str] = {}
        self._after: dict[Path, list[str]] = {}

    def add_example(self, label: Labelled) -> bool:
        """At the end of the intent's examples; False where no file of the language has the intent."""
        for file in sorted((self._data / "nlu" / label.language).glob("*.yml")):
            lines = self._lines(file)
            heads = [at for at, line in enumerate(lines) if line.rstrip() == f"- intent: {label.value}"]
            if heads:
                at = _end_of_examples(lines, heads[0])
                lines.insert(at, f"    - {label.text}\n")
                return True
        return False

    def add_question(self, label: Labelled) -> bool:
        """To what customers wrote, by the article that answers it; False for no article of ours."""
        if not (self._data / "faq" / label.language / f"{label.value}.md").is_file():
            return False
        lines = self._lines(self._data / "knowledge" / label.language / "messages.tsv")
        lines.append(f"{label.value}\t{label.text}\n")
        return True

    def changed(self) -> dict[str, tuple[str, str]]:
        """Before and after of the files that are not as they were."""
        after = {file: "".join(lines) for file, lines in self._after.items()}
        root = self._data.parent
        return {
            file.relative_to(root).as_posix(): (self._before[file], text)
            for file, text in after.items()
            if text != self._before[file]
        }

    def _lines(self, file: Path) -> list[str]:
        if file not in self._after:
            self._before[file] = file.read_text(encoding="utf-8")
            self._after[file] = self._before[file].splitlines(True)
        return self._after[file]


def _end_of_examples(lines: list[str], head: int) -> int:
    """Where the next example of the block that begins at `head` goes: after its last one."""
    at = last = head + 1
    while at < len(lines) and not lines[at].startswith("- "):
        if lines[at].startswith("    - "):
            last = at + 1
        at += 1
    return last
