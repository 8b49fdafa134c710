"""Bring uv, of the version that is pinned, into `.tools/`: by whatever way this machine has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Mapping

from ops.errors import Problem
from ops.layout import REQUIREMENTS, ROOT, TOOLS, UV
from ops.pipconf import uv_settings
from ops.steps import CommandFailed, Shell

_LOCK = REQUIREMENTS / "uv.lock"
_FOLDER = UV.parent.parent
_INSTALLER = "https://astral.sh/uv/{version}/install.sh"


def pinned_version() -> str:
    found = re.search(r"^uv==([0-9.]+)", _LOCK.read_text("utf-8"), re.MULTILINE)
    if not found:
        raise Problem(f"{_LOCK} names no version of uv", "Restore the file: git checkout -- requirements/uv.lock")
    return found[1]


def environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment to run uv in: the person's own, their pip settings, and Pythons fetched into `.tools/`."""
    env = {**environ, **uv_settings(environ)}
    env.setdefault("UV_PYTHON_INSTALL_DIR", str(TOOLS / "python"))
    env["UV_NO_PROGRESS"] = "1"
    # An activated environment of something else must not become ours; and pyenv, which may have started us, has told
    # its stand-ins to be this Python everywhere, whatever .python-version says.
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONHOME", "PYTHONPATH", "PYENV_VERSION", "PYENV_DIR"):
        env.pop(name, None)
    return env


def bring(shell: Shell) -> None:
    """Try one way after the other until `.tools/uv/bin/uv` runs. Raises `Problem` when none works."""
    version = pinned_version()
    for way in (_link_to_path, _with_uv_on_path, _with_venv, _with_pip, _with_installer):
        _clear()
        try:
            way(shell, version)
        except (CommandFailed, OSError) as error:
            shell.note(f"{way.__name__}: {error}")
            continue
        if _version_of(UV) == version:
            return
        shell.note(f"{way.__name__}: no uv {version} came of it")
    _clear()
    raise Problem(
        f"uv {version}, which installs everything else, could not be fetched",
        "Check the network and pip's settings (pip config list), or install uv yourself (a package of your system, or\n"
        f"  pip install uv=={version}) so that it is on PATH, and run the same command again.",
    )


def _link_to_path(shell: Shell, version: str) -> None:
    found = shutil.which("uv")
    if found and _version_of(Path(found)) == version:
        UV.parent.mkdir(parents=True)
        UV.symlink_to(Path(found).absolute())


def _with_uv_on_path(shell: Shell, version: str) -> None:
    found = shutil.which("uv")
    if not found:
        raise FileNotFoundError("uv is not on PATH")
    command = [found, "pip", "install", "--target", _FOLDER, "--python", sys.executable]
    shell.run([*command, "--require-hashes", "-r", _LOCK], env=environment())


def _with_venv(shell: Shell, version: str) -> None:
    shell.run([sys.executable, "-m", "venv", _FOLDER])
    _pip_install(shell, [_FOLDER / "bin" / "python", "-m", "pip", "install"])


def _with_pip(shell: Shell, version: str) -> None:
    _pip_install(shell, [sys.executable, "-m", "pip", "install", "--target", _FOLDER])


def _pip_install(shell: Shell, command: list[object]) -> None:
    # --only-binary: building uv from source would want a Rust compiler and half an hour.
    shell.run([*command, "--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes", "-r", _LOCK])


def _with_installer(shell: Shell, version: str) -> None:
    """uv's own installer script, for a Python without pip. Where it fetches from is its project's matter."""
    script = TOOLS / "uv-install.sh"
    with urllib.request.urlopen(_INSTALLER.format(version=version), timeout=60) as answer:
        script.write_bytes(answer.read())
    shell.run(["sh", script], env={**os.environ, "UV_UNMANAGED_INSTALL": str(UV.parent)})


def _version_of(uv: Path) -> str | None:
    try:
        # In the root: a version manager's stand-in for uv may look at the folder that it is called in.
        command = [str(uv), "--version"]
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.match(r"uv ([0-9.]+)", answer.stdout)
    return found[1] if found else None


def _clear() -> None:
    shutil.rmtree(_FOLDER, ignore_errors=True)


