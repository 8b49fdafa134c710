"""The page about the agreement of the two labellings says what the two sets of files give."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import pytest
from conftest import ROOT

FIRST = ROOT / "tests" / "bot" / "nlu"
SECOND = FIRST / "second"
PAGE = ROOT / "docs" / "data" / "agreement.md"
LANGUAGES = ["fi", "et", "en"]
FIGURES = re.compile(r"\| (fi|et|en) \| (all|in scope) \| (\d+) \| (\d+) \| ([\d.]+) \| ([\d.]+) \|")
DISAGREEMENT = re.compile(r"\| (fi|et|en) \| `(\w+)` \| `(\w+)` \| (\d+) \|")

Pairs = list[tuple[str, str]]


def labels(folder, language) -> dict[str, str]:
    lines = (folder / f"{language}.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t", 1) for line in lines if line]
    found = {text: intent for intent, text in pairs}
    assert len(found) == len(pairs), f"{folder.name}/{language}.tsv: a text twice"
    return found


@lru_cache
def pairs(language) -> Pairs:
    first, second = labels(FIRST, language), labels(SECOND, language)
    assert first.keys() == second.keys(), f"{language}: not the same messages"
    return [(intent, second[text]) for text, intent in first.items()]


def kappa(both: Pairs) -> float:
    n = len(both)
    once, again = Counter(a for a, _ in both), Counter(b for _, b in both)
    chance = sum(once[intent] * again[intent] for intent in once) / n**2
    return (sum(a == b for a, b in both) / n - chance) / (1 - chance)


def figures(both: Pairs) -> tuple[str, ...]:
    same = sum(a == b for a, b in both)
    return str(len(both)), str(same), f"{same / len(both):.3f}", f"{kappa(both):.3f}"


def test_kappa_of_a_known_table():
    both = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert kappa(both) == pytest.approx(0.4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures(language):
    stated = {part: tuple(rest) for lang, part, *rest in FIGURES.findall(PAGE.read_text("utf-8")) if lang == language}
    both = pairs(language)
    in_scope = [pair for pair in both if pair[0] != "out_of_scope"]
    assert stated == {"all": figures(both), "in scope": figures(in_scope)}


def test_disagreements():
    stated = {(lang, a, b): int(n) for lang, a, b, n in DISAGREEMENT.findall(PAGE.read_text("utf-8"))}
    assert stated == Counter((lang, a, b) for lang in LANGUAGES for a, b in pairs(lang) if a != b)
