"""Where things lie, inside the checkout and outside of git."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Mapping

ROOT = Path(__file__).resolve().parent.parent

TOOLS = ROOT / ".tools"
UV = TOOLS / "uv" / "bin" / "uv"
REQUIREMENTS = ROOT / "requirements"

BOT_PROJECT = ROOT
DESK_PROJECT = ROOT / "desk"
BOT_PYTHON = BOT_PROJECT / ".venv" / "bin" / "python"
DESK_PYTHON = DESK_PROJECT / ".venv" / "bin" / "python"

WEB = ROOT / "web"
NODE_BIN = DESK_PYTHON.parent  # set-up links node, npm and npx into it


def var_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Everything that is written while the house runs: `ASPA_VAR`, or `var/` in the checkout."""
    return (ROOT / (environ.get("ASPA_VAR") or "var")).resolve()


def log_folder() -> Path:
    folder = var_folder() / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
