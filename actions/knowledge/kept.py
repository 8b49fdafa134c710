"""What was learnt, kept beside the model, so that only the first start after a change learns it.

One .npz of plain arrays, no pickle; made from exactly the files of which `digest` is made, else it counts as none.
"""

from __future__ import annotations

import hashlib
import logging
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from actions.knowledge.weighing import Scale, Scales

log = logging.getLogger("actions")

Learnt = tuple[Scales, np.ndarray]
"""How features are weighed, and the weights (columns × articles and one more)."""


def digest(files: Iterable[Path], root: Path) -> str:
    """The hash of the files' names below `root` and their contents."""
    seen = hashlib.sha256()
    for file in sorted(files):
        seen.update(f"{file.relative_to(root).as_posix()}\0".encode())
        seen.update(hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()


def read(file: Path, made_from: str) -> Learnt | None:
    """What was kept, or None where there is nothing that was made from just this."""
    try:
        with np.load(file, allow_pickle=False) as kept:
            if str(kept["made_from"]) != made_from:
                return None
            shares = [float(share) for share in kept["shares"]]
            return Scales(tuple(_scale(kept, at, share) for at, share in enumerate(shares))), kept["weights"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        log.warning("%s is not readable and is made again: %s", file, error)
        return None


def write(file: Path, made_from: str, learnt: Learnt) -> None:
    """Keep it, whole or not at all. A folder that cannot be written costs the next start some seconds, nothing else."""
    scales, weights = learnt
    arrays = {"made_from": np.array(made_from), "shares": np.array([one.weight for one in scales.scales])}
    for at, scale in enumerate(scales.scales):
        names = list(scale.columns)
        arrays[f"names{at}"] = np.frombuffer("\n".join(names).encode(), dtype=np.uint8)
        arrays[f"columns{at}"] = np.array([scale.columns[name] for name in names], dtype=np.int32)
        arrays[f"worth{at}"] = np.array([scale.worth[name] for name in names])
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as stream:
            np.savez(stream, weights=weights, **arrays)
        draft.replace(file)
    except OSError as error:
        log.warning("What was learnt from the articles is not kept for the next start: %s", error)


def _scale(kept: np.lib.npyio.NpzFile, at: int, share: float) -> Scale:
    names = kept[f"names{at}"].tobytes().decode().split("\n")
    columns = dict(zip(names, kept[f"columns{at}"].tolist()))
    return Scale(columns, dict(zip(names, kept[f"worth{at}"].tolist())), share)
