"""Remove everything that set-up, training, tests and running have made: what git is told to ignore, nothing else."""

from __future__ import annotations

import subprocess

from ops.errors import Problem
from ops.layout import ROOT, var_folder

# Only what our own .gitignore names: a person's global one may name their editor's settings.
_CLEAN = ("git", "-c", "core.excludesFile=", "clean", "-dfXq", "--", ".")


def clean() -> None:
    """Also `var/` with its conversations, when it lies in the checkout; a folder elsewhere (`ASPA_VAR`) is kept."""
    try:
        subprocess.run(_CLEAN, cwd=ROOT, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise Problem("git is not there", "Install git, or remove the checkout and unpack it again.") from error
    except subprocess.CalledProcessError as error:
        raise Problem(f"git could not remove everything: {error.stderr.strip()}", "Remove what it names.") from error
    var = var_folder()
    print("Removed what was made here." + (f" Kept {var}." if ROOT not in var.parents and var.exists() else ""))
