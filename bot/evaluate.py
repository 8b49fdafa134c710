"""How well the bot understands.

    python -m bot.evaluate nlu FILE.tsv [--json]   the shipped model on labelled messages
    python -m bot.evaluate handoff FILE.jsonl [--json] [--shuffle SEED]
                                                   whether dialogues are handed over when they should be
    python -m bot.evaluate all                     everything, to docs/evaluation*.md (`make eval`)
    python -m bot.evaluate knowledge               whether articles are found, to docs/evaluation-knowledge.md

A file holds lines `intent<TAB>text`. Its language is its name (fi.tsv, et.tsv, en.tsv); otherwise none is taken for
right and `language_accuracy` is null. Dialogues: docs/data/handoff.md.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import platform
import sys
from pathlib import Path

from bot import light, model
from bot.settings import ROOT, model_path

SET_ASIDE = ROOT / "tests" / "bot" / "nlu"
DIALOGUES = ROOT / "tests" / "bot" / "handoff"
DOCS = ROOT / "docs"
SEED = 1
"""With which the set-aside dialogues get other orders, names and dates."""


def main(arguments: list[str] | None = None) -> int:
    """Return the exit status: 0, or 2 for a file or a model that cannot be used."""
    options = _parser().parse_args(arguments)
    light.install(training=options.part == "all")
    from bot.evaluation.messages import FileError
    from bot.rehearsal.dialogues import FileError as DialogueError

    try:
        model.verify(model_path())
        if options.part == "all":
            asyncio.run(_all())
            _handoff_page()
        elif options.part == "handoff":
            _handoff(options.file, options.shuffle, as_json=options.json)
        elif options.part == "knowledge":
            asyncio.run(_knowledge())
        else:
            asyncio.run(_nlu(options.file, as_json=options.json))
    except (FileError, DialogueError, OSError, model.ModelError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


async def _nlu(file: Path, *, as_json: bool) -> None:
    from bot.evaluation import figures, messages

    lines, language = messages.read(file), messages.language_of(file)
    seen = await messages.look(_processor(), lines, language)
    report = figures.report(seen, language)
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        figures.show(report, seen)


async def _all() -> None:
    from bot import understanding
    from bot.evaluation import benchmarks, entities, languages, messages, noise, page, pictures

    processor, parts = _processor(), []
    (DOCS / "evaluation").mkdir(parents=True, exist_ok=True)
    for language in messages.LANGUAGES:
        print(f"{language} …", flush=True)
        lines = messages.read(SET_ASIDE / f"{language}.tsv")
        seen = await messages.look(processor, lines, language)
        noisy = {
            name: await messages.look(processor, [(intent, changed(text)) for intent, text in lines], language)
            for name, changed in noise.NOISES.items()
        }
        marked = entities.read(entities.FOLDER / f"entities.{language}.jsonl")
        found = {text: await understanding.parse(processor, text) for text, _ in marked}
        spans = {text: [(e["entity"], e["start"], e["end"]) for e in one["entities"]] for text, one in found.items()}
        parts.append(page.Part(language, seen, noisy, entities.scores(marked, spans.__getitem__)))
        picture = pictures.confusion(seen, f"Confusions in {language}")
        (DOCS / "evaluation" / f"{language}.svg").write_text(picture, "utf-8")
    parses = {text: await understanding.parse(processor, text) for _, text in messages.read(languages.FILE)}
    told = languages.shares(
        lambda text, kept: (parses[text]["language"]["code"], understanding.locale(parses[text], kept))
    )
    print("benchmarks …", flush=True)
    results = benchmarks.run()
    if not results:
        print(f"CLINC150 and SOFMattress are skipped: their data are not at {benchmarks.FOLDER}.")
    (DOCS / "evaluation.md").write_text(page.write(parts, told, results, _machine()), "utf-8")
    print(f"Written: {DOCS / 'evaluation.md'}")


def _handoff(file: Path, seed: int | None, *, as_json: bool) -> None:
    from bot.evaluation import handoff

    report = handoff.of_files([file], seed)
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        handoff.show(report)


def _handoff_page() -> None:
    from bot.evaluation import annoyance, handoff
    from bot.rehearsal.practice import strangers

    print("handoff …", flush=True)
    report = handoff.of_files(sorted(DIALOGUES.glob("*.jsonl")), SEED)
    model = annoyance.FrustrationModel.learn(*annoyance.for_frustration(annoyance.practice()))
    graded = annoyance.cross_validated() | annoyance.set_aside(ROOT / "tests" / "bot" / "frustration", model)
    kept = handoff.evaluate(strangers()[1], SEED)
    (DOCS / "evaluation-handoff.md").write_text(handoff.page(report, kept, graded), "utf-8")
    print(f"Written: {DOCS / 'evaluation-handoff.md'}")


async def _knowledge() -> None:
    from bot import evaluate_knowledge

    processor = _processor()
    asked, own = await evaluate_knowledge.evaluate(processor), await evaluate_knowledge.left_out(processor)
    text = evaluate_knowledge.page(asked, own)
    evaluate_knowledge.PAGE.write_text(text, "utf-8")
    print(text)


def _processor() -> object:
    from rasa.core.agent import Agent

    from bot import runner

    runner.install()  # as the bot does: times are measured too
    processor = Agent.load(str(model_path())).processor
    assert processor
    return processor


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.evaluate", description="How well the bot understands.")
    parts = parser.add_subparsers(dest="part", required=True)
    nlu = parts.add_parser("nlu", help="intents and languages of labelled messages")
    nlu.add_argument("file", type=Path, help="lines intent<TAB>text; named by its language")
    nlu.add_argument("--json", action="store_true", help="figures for machines")
    handoff = parts.add_parser("handoff", help="dialogues labelled with where a person is needed")
    handoff.add_argument("file", type=Path, help="a dialogue a line, as JSON")
    handoff.add_argument("--shuffle", type=int, metavar="SEED", help="exchange orders, names and dates first")
    handoff.add_argument("--json", action="store_true", help="figures for machines")
    parts.add_parser("knowledge", help="the articles for questions set aside, to docs/evaluation-knowledge.md")
    parts.add_parser("all", help="the set-aside messages and the benchmarks, to docs/evaluation.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
