"""`python -m bot.train`: train the model if anything that it is made from has changed.

    python -m bot.train            train if needed
    python -m bot.train --force    train in any case

Reads config.yml, domain/, data/nlu, data/lexicon, data/languages, data/rules, data/stories, data/frustration,
data/handoff, data/judge and bot/nlu; writes models/aspa.tar.gz and its record.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from bot import light, model
from bot.settings import ROOT, model_path

TRAINED_ON = (
    "config.yml",
    "domain/**/*.yml",
    "data/nlu/**/*.yml",
    "data/lexicon/*.yml",
    "data/languages/*.txt",
    "data/rules/**/*.yml",
    "data/stories/**/*.yml",
    "data/frustration/*.tsv",
    "data/handoff/**/*.jsonl",
    "data/judge/words/*.yml",
    "data/judge/messages/*.tsv",
)
TRAINED_BY = (
    "bot/nlu/**/*.py",
    "bot/escalation/words.py",
    "bot/escalation/pieces.py",
    "bot/escalation/frustration.py",
    "bot/escalation/hearing.py",
    "bot/rehearsal/practice.py",
    "bot/light.py",
)


def inputs_hash(root: Path = ROOT) -> str:
    """The hash of everything that decides what the model will be."""
    return model.tree_hash((path for pattern in TRAINED_ON + TRAINED_BY for path in root.glob(pattern)), root)


def is_fresh(target: Path, inputs: str) -> bool:
    """Whether the model there was made from exactly these inputs and has not been touched since."""
    record = model.read_record(target)
    if record is None or record.inputs != inputs:
        return False
    try:
        model.verify(target)
    except model.ModelError:
        return False
    return True


def train(target: Path, inputs: str) -> model.Record:
    """Train and record. Raises whatever Rasa says about the data."""
    light.install(training=True)
    import rasa.model_training  # the import has to follow light.install()

    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name("draft-" + target.name)
    result = rasa.model_training.train(
        domain=str(ROOT / "domain"),
        config=str(ROOT / "config.yml"),
        training_files=[str(path) for path in (ROOT / "data" / name for name in ("nlu", "rules", "stories"))],
        output=str(draft.parent),
        fixed_model_name=draft.name,
        force_training=True,
    )
    if result.code or not draft.is_file():
        raise model.ModelError("Rasa could not train the model; what it says stands above.")
    record = model.Record(inputs=inputs, sha256=model.file_hash(draft))
    draft.replace(target)
    model.write_record(target, record)
    return record


def main(arguments: list[str] | None = None) -> int:
    """Return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.train", description="Train the bot's model if data changed.")
    parser.add_argument("--force", action="store_true", help="train even if nothing changed")
    options = parser.parse_args(arguments)
    target = model_path()
    inputs = inputs_hash()
    if not options.force and is_fresh(target, inputs):
        print(f"The model is up to date ({target}).")
        return 0
    print("Training the model …", flush=True)
    started = time.monotonic()
    # Rasa's cache of half-made parts would make the result depend on earlier runs.
    os.environ.setdefault("RASA_MAX_CACHE_SIZE", "0")
    try:
        record = train(target, inputs)
    except model.ModelError as error:
        print(error, file=sys.stderr)
        return 1
    seconds = time.monotonic() - started
    print(f"Trained in {seconds:.0f} s: {target} ({target.stat().st_size / 1e6:.1f} MB, sha256 {record.sha256[:12]}…)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
