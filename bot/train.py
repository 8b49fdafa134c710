"""`python -m bot.train`: train the model if anything that it is made from has changed.

    python -m bot.train            train if needed
    python -m bot.train --force    train in any case

Reads config.yml, domain/, data/nlu, data/lexicon, data/languages, data/rules, data/stories, data/frustration,
data/handoff, data/judge and bot/nlu; writes models/aspa.tar.gz and its record.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from actions.yaml_text import load_yaml
from bot import light, model, wording
from bot.settings import ROOT, model_path

TRAINED_ON = (
    "config.yml",
    "data/nlu/**/*.yml",
    "data/lexicon/*.yml",
    "data/languages/*.txt",
    "data/rules/**/*.yml",
    "data/stories/**/*.yml",
    "data/frustration/*.tsv",
    "data/handoff/**/*.jsonl",
    "data/judge/words/*.yml",
    "data/judge/concepts/*.yml",
    "data/judge/messages/**/*.tsv",
)
TRAINED_BY = (
    "bot/nlu/**/*.py",
    "bot/escalation/words.py",
    "bot/escalation/starts.py",
    "bot/escalation/meanings.py",
    "bot/escalation/pieces.py",
    "bot/escalation/frustration.py",
    "bot/escalation/hearing.py",
    "bot/rehearsal/practice.py",
    "bot/light.py",
)


DOMAIN = "domain/**/*.yml"
"""Read without the words of responses, which the bot takes from the files themselves (bot/wording.py)."""


def inputs_hash(root: Path = ROOT) -> str:
    """The hash of everything that decides what the model will be."""
    digest = hashlib.sha256(_files_hash(root, TRAINED_ON + TRAINED_BY).encode())
    for path in sorted(root.glob(DOMAIN)):
        content = load_yaml(path.read_text("utf-8")) or {}
        content["responses"] = {name: wording.wordless(one) for name, one in (content.get("responses") or {}).items()}
        digest.update(f"{path.relative_to(root).as_posix()}\0{json.dumps(content, default=str)}\n".encode())
    return digest.hexdigest()


def fits(record: model.Record, root: Path = ROOT) -> bool:
    """Whether a model was made from what lies at `root`; models of earlier versions recorded the words as well."""
    return record.inputs in (inputs_hash(root), _files_hash(root, (*TRAINED_ON, *TRAINED_BY, DOMAIN)))


def _files_hash(root: Path, patterns: Iterable[str]) -> str:
    return model.tree_hash((path for pattern in patterns for path in root.glob(pattern)), root)


def is_fresh(target: Path) -> bool:
    """Whether the model there was made from exactly these inputs and has not been touched since."""
    record = model.read_record(target)
    if record is None or not fits(record):
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
    from rasa.shared.nlu.training_data.message import Message

    # To find doubles, Rasa hashes each message by a fingerprint of its JSON, several times over: a sixth of the time.
    Message.__hash__ = lambda self: hash((self.get("text"), self.get("intent")))  # type: ignore[method-assign]
    # To put data together, Rasa copies each message with all that it holds, again and again: a tenth of the time.
    # Nothing changes a message afterwards that another would want as it was.
    Message.__deepcopy__ = lambda self, _: self  # type: ignore[attr-defined]
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
    if not options.force and is_fresh(target):
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
