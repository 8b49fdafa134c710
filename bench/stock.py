"""Stock Rasa on our training data, to measure beside: `rasa run` with its REST channel and its SQLite tracker store.

Two configurations: as `rasa init` writes it (DIET, TED), and a light one (logistic regression, rules). Each intent is
answered with one fixed text, so that stock Rasa calls no action server and asks no shop: less work than ours does.
What an answer costs does not depend on how long a model was trained, so one epoch, or three
iterations, are enough here, and a dozen messages of each intent: fewer words to look up, in stock Rasa's favour.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import yaml

from bench.memory import resident
from ops.layout import BOT_PYTHON, ROOT

READY_SECONDS = 300.0
TRAIN_SECONDS = 420.0
MESSAGES = 4

_WORDS = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
_FALLBACK = {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1}
CONFIGURATIONS: dict[str, dict[str, Any]] = {
    "rasa init": {
        "pipeline": [
            *_WORDS,
            {"name": "DIETClassifier", "epochs": 1, "constrain_similarities": True},
            {"name": "EntitySynonymMapper"},
            {"name": "ResponseSelector", "epochs": 1, "constrain_similarities": True},
            _FALLBACK,
        ],
        "policies": [
            {"name": "MemoizationPolicy"},
            {"name": "RulePolicy"},
            {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 1},
            {"name": "TEDPolicy", "max_history": 5, "epochs": 1, "constrain_similarities": True},
        ],
    },
    "light": {
        "pipeline": [*_WORDS[:1], *_WORDS[3:], {"name": "LogisticRegressionClassifier", "max_iter": 3}, _FALLBACK],
        "policies": [{"name": "RulePolicy"}],
    },
}


@dataclass(frozen=True)
class Running:
    """A server that answers at `url`; `ready`: seconds from its start to its first answer."""

    url: str
    process: subprocess.Popen[bytes]
    ready: float

    @property
    def memory(self) -> float:
        """MiB that are resident."""
        return resident(self.process.pid)


@contextmanager
def stock(configuration: str, port: int) -> Iterator[Running]:
    """Train and run one of CONFIGURATIONS in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="aspa-stock-") as name:
        folder = Path(name)
        _write_project(folder, CONFIGURATIONS[configuration])
        rasa = [str(BOT_PYTHON), "-m", "rasa"]
        quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        _train(folder, rasa, quiet)
        started = time.perf_counter()
        server = subprocess.Popen([*rasa, "run", "-p", str(port), "-i", "127.0.0.1"], **quiet)  # type: ignore[call-overload]  # noqa: S603 - our own command
        try:
            url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
            _wait(url, server)
            yield Running(url, server, time.perf_counter() - started)
        finally:
            server.terminate()
            server.wait()


def _train(folder: Path, rasa: list[str], quiet: dict[str, Any]) -> None:
    """The same data and configuration are trained once; what came of it is kept in var/bench/."""
    sources = [folder / name for name in ("config.yml", "domain.yml", "data/nlu.yml", "data/rules.yml")]
    digest = hashlib.sha256(b"".join(each.read_bytes() for each in sources)).hexdigest()[:16]
    kept, model = ROOT / "var" / "bench" / f"stock-{digest}.tar.gz", folder / "models" / "stock.tar.gz"
    if not kept.is_file():
        subprocess.run([*rasa, "train", "--fixed-model-name", "stock"], check=True, timeout=TRAIN_SECONDS, **quiet)  # noqa: S603 - our own command
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(model, kept)
    model.parent.mkdir(exist_ok=True)
    shutil.copy(kept, model)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"stock Rasa ended with status {server.returncode}")
        try:
            if httpx.post(url, json={"sender": "ready?", "message": "moi"}, timeout=60).json():
                return
        except (httpx.HTTPError, ValueError):
            time.sleep(0.1)
    raise RuntimeError(f"stock Rasa did not answer within {READY_SECONDS:.0f} s")


def _write_project(folder: Path, configuration: dict[str, Any]) -> None:
    (folder / "data").mkdir()
    intents = _copy_messages(folder / "data" / "nlu.yml")
    heard = [*intents, "nlu_fallback"]  # what so short a training does not understand is answered, too
    answers = {f"utter_{intent}": [{"text": f"An answer to {intent}."}] for intent in heard}
    domain = {"version": "3.1", "intents": intents, "responses": answers}
    rules = [
        {"rule": f"answer {intent}", "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]} for intent in heard
    ]
    stories = [
        {
            "story": f"{one} then {two}",
            "steps": [step for each in (one, two) for step in ({"intent": each}, {"action": f"utter_{each}"})],
        }
        for one, two in pairwise(intents)
    ]
    tracker = {"type": "SQL", "dialect": "sqlite", "db": str(folder / "tracker.db")}
    for file, content in {
        "config.yml": {"recipe": "default.v1", "assistant_id": "stock", "language": "fi", **configuration},
        "domain.yml": domain,
        "data/rules.yml": {"version": "3.1", "rules": rules},
        "data/stories.yml": {"version": "3.1", "stories": stories},
        "credentials.yml": {"rest": {}},
        "endpoints.yml": {"tracker_store": tracker},
    }.items():
        (folder / file).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def _copy_messages(target: Path) -> list[str]:
    """MESSAGES of each intent in each file of the three languages, as one file; the names of the intents."""
    examples: dict[str, str] = {}
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8")).get("nlu") or []:
            if "intent" in block:
                some = "\n".join(block["examples"].strip().splitlines()[:MESSAGES])
                examples[block["intent"]] = examples.get(block["intent"], "") + some + "\n"
    blocks = [{"intent": name, "examples": text} for name, text in examples.items()]
    target.write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, sort_keys=False), "utf-8")
    return list(examples)
