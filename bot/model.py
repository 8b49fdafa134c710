"""The model file and the record beside it.

A model is code and weights that get loaded, so the server loads only the file that was recorded when it was trained
here. The record (`aspa.json` beside `aspa.tar.gz`) also holds the hash of what the model was made from, so that
training again without a change costs nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


class ModelError(RuntimeError):
    """There is no model that may be loaded; the message says what to do."""


@dataclass(frozen=True)
class Record:
    """`inputs`: sha256 over everything the model was made from; `sha256`: of the model file."""

    inputs: str
    sha256: str


def record_path(model: Path) -> Path:
    """The record of a model file."""
    return model.with_name(model.name.removesuffix(".tar.gz") + ".json")


def read_record(model: Path) -> Record | None:
    """The record, or None if there is none that can be read."""
    try:
        data = json.loads(record_path(model).read_text("utf-8"))
        return Record(inputs=data["inputs"], sha256=data["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_record(model: Path, record: Record) -> None:
    """Replace the record in one step."""
    target = record_path(model)
    draft = target.with_suffix(".tmp")
    draft.write_text(json.dumps(asdict(record), indent=1) + "\n", "utf-8")
    draft.replace(target)


def verify(model: Path) -> str:
    """The model's sha256, if it is the recorded one. Raises ModelError."""
    if not model.is_file():
        raise ModelError(f"There is no model at {model}. Train one: python -m bot.train (or make train).")
    record = read_record(model)
    if record is None:
        raise ModelError(f"There is no record beside {model}, so it is not loaded. Train again: python -m bot.train")
    found = file_hash(model)
    if found != record.sha256:
        raise ModelError(
            f"{model} is not the model that was recorded (sha256 {found[:12]}…, recorded {record.sha256[:12]}…), "
            "so it is not loaded. Train again: python -m bot.train --force"
        )
    return found


def file_hash(path: Path) -> str:
    """sha256 of a file's content, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def tree_hash(paths: Iterable[Path], root: Path) -> str:
    """sha256 over names and contents of files, independent of the order and of where `root` lies."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(root).as_posix()}\0{file_hash(path)}\n".encode())
    return digest.hexdigest()
