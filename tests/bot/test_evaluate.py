"""`python -m bot.evaluate nlu` prints what its contract says, and the shipped model answers any text at once."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest

from bot import evaluate, understanding
from bot.evaluation import entities, figures
from bot.evaluation.messages import FileError, Seen, read

KEYS = {
    *("n", "accuracy", "in_scope_accuracy", "oos_recall", "false_rejection", "macro_f1", "language_accuracy"),
    *("p50_ms", "p95_ms", "per_intent"),
}


def test_the_figures_of_a_file_as_json(model: None, tmp_path: Path, capsys):
    file = tmp_path / "en.tsv"
    file.write_text("track_order\tWhere is my order 100233?\nout_of_scope\twho won the football last night\n", "utf-8")

    assert evaluate.main(["nlu", str(file), "--json"]) == 0

    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(report) == KEYS
    assert report["n"] == 2
    assert report["language_accuracy"] == 1
    assert set(report["per_intent"]) == {"track_order", "out_of_scope"}


def test_a_line_without_a_tab_is_named(tmp_path: Path):
    file = tmp_path / "en.tsv"
    file.write_text("track_order\tWhere is it?\nno tab\n", "utf-8")

    with pytest.raises(FileError, match=r"en\.tsv:2"):
        read(file)


def seen(intent: str, found: str, confidence: float) -> Seen:
    return Seen(intent, "a text", found, found, confidence, "en", "en", 1.0)


def test_figures_of_known_answers():
    lines = [seen("thank", "thank", 1.0), seen("thank", "nlu_fallback", 0.0), seen("out_of_scope", "out_of_scope", 1.0)]
    report = figures.report(lines, "en")

    assert report["accuracy"] == pytest.approx(2 / 3, abs=1e-3)
    assert report["in_scope_accuracy"] == report["false_rejection"] == 0.5
    assert report["oos_recall"] == 1
    assert figures.calibration_error(lines)[0] == 0


def test_details_count_with_their_name_and_span():
    score = entities.scores([("x", {("size", 0, 1), ("color", 2, 3)})], lambda text: [("size", 0, 1), ("color", 2, 4)])

    assert score["size"].f1 == 1
    assert score["color"].f1 == 0
    assert score["all"].f1 == 0.5


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "👍",
        "x" * 10_000,
        "missä pakettini on " * 600,
        "שלום עולם",
        "mis\u200bsä\u200d",
        "\ud800abc",
        "a\x00b",
        "/",
    ],
    ids=["empty", "space", "emoji", "one word", "long", "rtl", "zero width", "lone surrogate", "nul", "slash"],
)
def test_odd_texts_take_less_than_a_tenth_of_a_second(processor, text: str):
    asyncio.run(understanding.parse(processor, "hello"))
    started = time.process_time()
    parsed = asyncio.run(understanding.parse(processor, text))

    assert time.process_time() - started < 0.1
    assert parsed["intent"]["name"]
