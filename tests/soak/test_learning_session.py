"""From 200 logged failures to a better model, released and taken back, by keys in a real browser; then the same
failures with their labels swapped between intents: refused before anything is trained. Ten minutes, most of them
training.

`make soak` runs it, `make test` does not. bench/lessons.py is the session, docs/learning.md has what it came to.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from ops.layout import ROOT

BOT_PYTHON = ROOT / ".venv" / "bin" / "python"


def session(folder: Path, *options: str) -> dict[str, Any]:
    """What the session came to."""
    subprocess.run([BOT_PYTHON, "-m", "bench.lessons", str(folder), *options], cwd=ROOT, check=True)
    name = "result-swapped.json" if "--swap" in options else "result.json"
    found: dict[str, Any] = json.loads((folder / name).read_text("utf-8"))
    return found


def test_a_session_of_labels_brings_a_better_model_and_a_poisoned_one_is_refused(tmp_path: Path) -> None:
    """Every label becomes a line; the answers get better, none gets worse, and no figure falls."""
    done = session(tmp_path)
    assert (done["labels"], done["lines"]) == (200, 200)
    assert (done["state"], done["released"], done["lowered"]) == ("passed", True, [])
    assert done["answers"].get("worse", 0) == 0 and done["answers"]["better"] >= 100
    assert len(done["differences"]) == sum(done["answers"][verdict] for verdict in done["answers"] if verdict != "of")
    poisoned = session(tmp_path, "--swap")
    assert (poisoned["state"], poisoned["released"]) == ("doubtful", False)
    assert poisoned["odd"] > 3 * done["odd"]
