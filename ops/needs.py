"""What tests need of the machine beyond the environments: found, or installed where that is possible, or asked for.

One function a need; each returns the variables that tell the tests where it is, and raises `Problem` when it cannot
be had.
Servers that tests talk to (databases, caches) belong here too, started by the tests on free ports.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from ops.errors import Problem
from ops.layout import REQUIREMENTS, ROOT, log_folder
from ops.setup import node_environment
from ops.steps import CommandFailed, Shell, Step, carry_out, progress

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC_BROWSERS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")


def browser() -> dict[str, str]:
    """A Chromium or Chrome for end-to-end tests: `ASPA_TEST_BROWSER`, one on PATH, or Debian's, installed."""
    path = os.environ.get("ASPA_TEST_BROWSER") or _find_browser()
    if path is None:
        _install("chromium", "a browser for the end-to-end tests")
        path = _find_browser()
    if path is None or not os.access(path, os.X_OK):
        raise _no_browser(f"{path} cannot be started" if path else "no Chromium or Chrome was found")
    return {"ASPA_TEST_BROWSER": path}


def postgres() -> dict[str, str]:
    """PostgreSQL's server programs, which the desk's tests start on a free port: installed, or Debian's."""
    if not _has_postgres():
        _install("postgresql", "the database server for the desk's tests")
    if not _has_postgres():
        raise Problem(
            "The desk's tests need PostgreSQL's server, and no initdb was found",
            "Install PostgreSQL 15 or newer (Debian: apt-get install postgresql); it need not run.",
        )
    return {}


def redis() -> dict[str, str]:
    """Redis' server, which the desk's tests start on a free port: installed, or Debian's."""
    if not shutil.which("redis-server"):
        _install("redis-server", "the server between desk processes, for the desk's tests")
    if not shutil.which("redis-server"):
        raise Problem(
            "The desk's tests need Redis' server, and no redis-server was found",
            "Install Redis 6 or newer (Debian: apt-get install redis-server); it need not run.",
        )
    return {}


def emulators() -> dict[str, str]:
    """Telegram's and Slack's emulators, which the connectors' tests start on free ports: packages for our Node."""
    folder = ROOT / "tests" / "connectors"
    install = Step(
        title="Installing emulators of Telegram and Slack",
        do=lambda shell: shell.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, env=node_environment()),
        made_from=(folder / "package.json", folder / "package-lock.json", REQUIREMENTS / "desk.lock"),
        stamp=folder / "node_modules" / ".made-from",
        fix="Check the network and run the same command again.",
    )
    carry_out([install])
    return {}


def mail_server() -> dict[str, str]:
    """Dovecot, which the e-mail tests start on a free port: installed, or Debian's."""
    if not _has_dovecot():
        _install("dovecot-imapd", "the mail server for the e-mail tests")
    if not _has_dovecot():
        raise Problem(
            "The e-mail tests need Dovecot's IMAP server, and no dovecot was found",
            "Install Dovecot 2.3 (Debian: apt-get install dovecot-imapd); it need not run.",
        )
    return {}


def _has_dovecot() -> bool:
    return bool(shutil.which("dovecot") or Path("/usr/sbin/dovecot").is_file())


def _has_postgres() -> bool:
    return bool(shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def _find_browser() -> str | None:
    found = [shutil.which(name) for name in _BROWSERS]
    if sys.platform == "darwin":
        apps = (Path("/Applications") / name for name in _MAC_BROWSERS)
        found += [str(app) for app in apps if app.exists()]
    return next((path for path in found if path), None)


def _install(package: str, purpose: str) -> None:
    """With Debian's package manager, if we may use it; otherwise nothing."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    shell = Shell(log_folder() / f"install-{package}.log")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with progress(f"Installing {purpose} ({package})"):
        try:
            shell.run(["apt-get", "update", "-q"], env=env)
            shell.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", package], env=env)
        except CommandFailed as error:
            shell.note(str(error))  # the caller finds it missing and says so


def _no_browser(what: str) -> Problem:
    return Problem(
        f"The end-to-end tests need a browser, and {what}",
        "Install Chromium (Debian: apt-get install chromium) or Chrome, or set ASPA_TEST_BROWSER to its path.",
    )
