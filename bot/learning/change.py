"""A change of files under data/: what stands in a run's folder as change.json, applied whole or not at all.

`{"files": {"data/nlu/fi/delivery.yml": {"before": "…" | null, "after": "…"}}}`: whole texts, so that a change can be
taken back, and so that one which was made for other files is noticed. The same is in change.diff, for people and git.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = "change.json"
_ALLOWED = re.compile(r"data/(?:nlu|knowledge|faq)/(?:fi|et|en)/[a-z0-9_-]+\.(?:yml|tsv|md)")
"""A change holds what a console's user chose: it reaches no other file."""


class ChangeError(RuntimeError):
    """The change cannot be made; the message says what to do. The user's mistake, not a bug."""


@dataclass(frozen=True)
class Edit:
    """A file's text before (None: it was not there) and after."""

    before: str | None
    after: str


Change = Mapping[str, Edit]
"""By path from the checkout's root."""


def read(folder: Path) -> Change:
    """The change of a run. Raises ChangeError."""
    path = folder / FILE
    try:
        files = json.loads(path.read_text("utf-8"))["files"]
        change = {str(name): Edit(one["before"], str(one["after"])) for name, one in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ChangeError(f"{path} cannot be read ({type(error).__name__}). Make the run again.") from error
    if wrong := [name for name in change if not _ALLOWED.fullmatch(name)]:
        raise ChangeError(f"{path} names {wrong[0]!r}: only training data and articles can be changed.")
    return change


def apply(root: Path, change: Change) -> None:
    """Write the files, after all have been looked at. Raises ChangeError if one is not as the change knows it."""
    _replace(root, {name: (edit.before, edit.after) for name, edit in change.items()})


def revert(root: Path, change: Change) -> None:
    """Write the files as they were. Raises ChangeError if one has been changed since."""
    _replace(root, {name: (edit.after, edit.before) for name, edit in change.items()})


def _replace(root: Path, files: Mapping[str, tuple[str | None, str | None]]) -> None:
    for name, (expected, wanted) in files.items():
        path = root / name
        found = path.read_text("utf-8") if path.is_file() else None
        if found not in (expected, wanted):  # what is there already was written before somebody pulled the plug
            raise ChangeError(f"{name} has been changed since this run was made. Make the run again.")
    for name, (_, wanted) in files.items():
        write(root / name, wanted)


def write(path: Path, text: str | None) -> None:
    """Replace a file in one step; None removes it."""
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, "utf-8")
    draft.replace(path)
