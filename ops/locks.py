"""`make locks`: the lock files anew from what the projects ask for (docs/decisions/0001-locks.md)."""

from __future__ import annotations

from pathlib import Path

from ops import uv
from ops.layout import BOT_PROJECT, DESK_PROJECT, REQUIREMENTS, UV, log_folder
from ops.setup import uv_step
from ops.steps import Shell, carry_out, progress


def lock(upgrade: bool = False) -> None:
    """Resolve again. Versions that still fit are kept unless `upgrade` is said."""
    carry_out([uv_step()])
    env = uv.environment()
    # Further indexes and folders of this machine know only some files of a package: their hashes would lock out others.
    for name in ("UV_INDEX", "UV_FIND_LINKS", "UV_INDEX_STRATEGY"):
        env.pop(name, None)
    shell = Shell(log_folder() / "locks.log")
    for source, name in (
        (REQUIREMENTS / "uv.in", "uv"),
        (DESK_PROJECT / "pyproject.toml", "desk"),
        (BOT_PROJECT / "pyproject.toml", "bot"),
    ):
        with progress(f"Locking {name}"):
            shell.run(_compile(source, REQUIREMENTS / f"{name}.lock", upgrade), cwd=source.parent, env=env)


def _compile(source: Path, target: Path, upgrade: bool) -> list[object]:
    options = ["--universal", "--generate-hashes", "--no-annotate", "--custom-compile-command", "make locks"]
    # No address of a registry may stand in a lock: each installs from where their own settings say.
    options += ["--no-emit-index-url", "--no-emit-find-links"]
    version = source.parent / ".python-version"
    if source.name == "pyproject.toml":
        options += ["--all-extras", "--python-version", version.read_text("utf-8").strip()]
    if upgrade:
        options.append("--upgrade")
    return [UV, "pip", "compile", source, "-o", target, *options]
