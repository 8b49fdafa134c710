"""docs/evaluation.md: the results as a page for people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation import diet, figures, languages
from bot.evaluation.benchmarks import KEPT, Result
from bot.evaluation.entities import Score
from bot.evaluation.messages import Seen

GOALS = {
    "accuracy": ("accuracy with the decision threshold", "≥ 90 %"),
    "in_scope_accuracy": ("accuracy on the shop's own matters", ""),
    "oos_recall": ("out of scope turned away", "≥ 85 %"),
    "false_rejection": ("own matters turned away", "≤ 5 %"),
    "language_accuracy": ("answered in the right language", "≥ 99 %"),
    "language_told": ("language told from the text alone", ""),
    "language_told_short": ("the same, three words or fewer", ""),
}

PUBLISHED = {
    ("CLINC150", "in-scope accuracy"): "Rasa 90.9, MLP 93.4, BERT 96.2, mpnet and SVM 92.0",
    ("CLINC150", "out-of-scope recall"): "Rasa 31.2, MLP 49.1, BERT 52.3, mpnet and SVM 81.5",
    ("SOFMattress v1", "Matthews correlation at the best threshold"): (
        "Rasa DIET .526, LUIS .581, Haptik .588, BERT .617, Dialogflow .638"
    ),
    ("SOFMattress v1", "in-scope accuracy without a threshold"): "at threshold 0.1: Rasa 69.3, BERT 73.6",
}

_HEAD = """# How well the bot understands

Made by `python -m bot.evaluate all`; nothing on this page is written by hand. The shipped model answers messages that
were set aside (`tests/bot/nlu/`), written by people who had not seen the training data. Nothing is trained on them, and
no setting is chosen by them: settings were chosen by cross-validation on `data/nlu`
(docs/decisions/0005-understanding.md). In brackets: the middle 95 % of a thousand bootstrap resamples.
"""


@dataclass(frozen=True)
class Part:
    """A language's set-aside messages, the same messages with noise, by the noise's name, and each detail's score."""

    language: str
    seen: Sequence[Seen]
    noisy: Mapping[str, Sequence[Seen]]
    details: Mapping[str, Score]


def write(parts: Sequence[Part], told: figures.Shares, results: Sequence[Result], processor: str) -> str:
    """The page. `told`: what `languages.shares` gives."""
    sections = [_HEAD, _shares(parts), _noise(parts), _languages(told), _details(parts), _speed(parts, processor)]
    sections += [_benchmarks(results), _diet()]
    sections += [_intents(part) for part in parts]
    return "\n".join(sections)


def _percent(values: Sequence[float]) -> str:
    spread = figures.interval(values)
    if spread is None:
        return "–"
    return f"{100 * (figures.mean(values) or 0):.1f} ({100 * spread[0]:.1f}–{100 * spread[1]:.1f})"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _shares(parts: Sequence[Part]) -> str:
    by_part = [figures.shares(part.seen, part.language) for part in parts]
    rows = [[title, goal, *(_percent(shares[name]) for shares in by_part)] for name, (title, goal) in GOALS.items()]
    calibration = [figures.calibration_error(part.seen) for part in parts]
    errors = [f"{100 * error:.1f} ({100 * low:.1f}–{100 * high:.1f})" for error, low, high in calibration]
    rows.append(["calibration error (ten bins)", "≤ 5 %", *errors])
    macro = [f"{100 * figures.report(part.seen, part.language)['macro_f1']:.1f}" for part in parts]
    rows.append(["macro-F1", "", *macro])
    head = ["%", "goal", *(f"{part.language} ({len(part.seen)})" for part in parts)]
    note = (
        "\nA message that tells no language (a number, a name, “ok”) keeps the conversation's. Some messages of each "
        "file are in another language on purpose; they count as wrong here.\n"
    )
    return "## Set-aside messages\n\n" + _table(head, rows) + note


def _languages(told: figures.Shares) -> str:
    text = (
        "Messages labelled by their own language (`tests/bot/language/`). “Followed”: the conversation was "
        "in another language.\n\n"
    )
    rows = [[name, str(len(told[name])), _percent(told[name])] for name in languages.FIGURES]
    return "## Languages\n\n" + text + _table(["%", "n", "right"], rows)


def _details(parts: Sequence[Part]) -> str:
    names = sorted({name for part in parts for name in part.details}, key=lambda name: (name == "all", name))
    rows = [
        [name, *(f"{score.f1:.2f} ({score.marked})" if (score := part.details.get(name)) else "–" for part in parts)]
        for name in names
    ]
    text = "F1 of details with the right name and exactly the right span, and how many are marked.\n\n"
    return "## Details\n\n" + text + _table(["detail", *(part.language for part in parts)], rows)


def _speed(parts: Sequence[Part], processor: str) -> str:
    rows = []
    for part in parts:
        report = figures.report(part.seen, part.language)
        rows.append([part.language, f"{report['p50_ms']:.1f}", f"{report['p95_ms']:.1f}"])
    text = f"Milliseconds for one message, one after the other; {processor}. Goal: p95 ≤ 5.\n\n"
    return "## Time\n\n" + text + _table(["language", "median", "95 %"], rows)


def _noise(parts: Sequence[Part]) -> str:
    rows = []
    for noise in parts[0].noisy if parts else ():
        row = [noise]
        for part in parts:
            clean, now = (
                figures.shares(part.seen, None)["accuracy"],
                figures.shares(part.noisy[noise], None)["accuracy"],
            )
            change = 100 * ((figures.mean(now) or 0) - (figures.mean(clean) or 0))
            row.append(f"{_percent(now)}, {change:+.1f}")
        rows.append(row)
    head = ["accuracy, %, and the change in points", *(part.language for part in parts)]
    return "## The same messages, typed badly\n\nGoal: at most 4 points lower.\n\n" + _table(head, rows)


def _benchmarks(results: Sequence[Result]) -> str:
    title = "## Benchmarks that nobody here wrote\n\n"
    if not results:
        return title + "The benchmarks' data (`../shared/eval`) were not there when this page was made.\n"
    rows = []
    for one in results:
        published = PUBLISHED.get((one.benchmark, one.figure), "")
        value = (
            f"{one.share:.3f} ({one.low:.3f}–{one.high:.3f})"
            if one.figure.startswith("Matthews")
            else f"{100 * one.share:.1f} ({100 * one.low:.1f}–{100 * one.high:.1f})"
        )
        rows.append([one.benchmark, one.figure, value, published])
    text = (
        "\nOur features, lexicon and machine, learnt on the benchmark's training part. CLINC150: its hundred strangers "
        "of train are a class of their own; the threshold is chosen on the validation part, so that "
        f"{100 * KEPT:.1f} % stay right there. SOFMattress: train holds no strangers; the threshold is chosen on "
        "train, where intents are hidden in turn and play them. “With our strangers”: our own small talk and "
        "out-of-scope messages in English are learnt as strangers beside train, as in the shop; this goes beyond the "
        "benchmark's protocol. Published correlations are at the best threshold on test, shown beside ours.\n"
    )
    return title + _table(["benchmark", "figure", "ours", "published"], rows) + text


def _diet() -> str:
    """What bot/evaluation/diet.py has kept."""
    if not diet.FILE.is_file():
        return ""
    rows = [
        [
            "ours" if one["epochs"] is None else f"Rasa's DIET, {one['epochs']} epochs",
            f"{one['language']}, {one['each'] or 'all'} of each intent",
            *(f"{100 * one[name]:.1f}" for name in ("accuracy", "in_scope_accuracy")),
            *(f"{one[name]:.0f}" for name in ("train_cpu_s", "p50_ms", "p95_ms", "peak_mb")),
        ]
        for one in json.loads(diet.FILE.read_text("utf-8"))
    ]
    head = ["pipeline", "learnt from", "accuracy, %", "own matters, %"]
    head += ["learning, s of processor", "median, ms", "95 %, ms", "memory, MB"]
    text = (
        "Learnt from the same messages, measured on the same set-aside ones, the best intent without a threshold, by "
        "`python -m bot.evaluation.diet`. Rasa's default is 300 epochs. Memory is the peak while learning and asking. "
        "Other programs were at work: times are rough.\n\n"
    )
    return "## Beside Rasa's DIET\n\n" + text + _table(head, rows)


def _intents(part: Part) -> str:
    report = figures.report(part.seen, part.language)
    rows = [
        [name, str(row["n"]), *(f"{100 * row[key]:.0f}" for key in ("precision", "recall", "f1"))]
        for name, row in sorted(report["per_intent"].items(), key=lambda item: item[1]["f1"])
    ]
    wrong = [[intent, found, str(times)] for (intent, found), times in figures.confusions(part.seen)]
    picture = f"![Confusions in {part.language}](evaluation/{part.language}.svg)\n\n"
    return (
        f"## {part.language}: each intent\n\n{picture}"
        + _table(["intent", "n", "precision", "recall", "F1"], rows)
        + "\n"
        + _table(["is", "taken for", "times"], wrong)
    )
