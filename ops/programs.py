"""The four programs, and what each is told through its environment (docs/protocol.md, "Processes")."""

from __future__ import annotations

import os
import secrets as random
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterable, Mapping

from ops.errors import Problem
from ops.layout import BOT_PYTHON, DESK_PYTHON, var_folder

LOOPBACK = "127.0.0.1"
_ANY = ("0.0.0.0", "::")  # noqa: S104 - what a person may have set, not what we set
SECRETS = ("ASPA_BOT_TOKEN", "ASPA_SHOP_TOKEN", "ASPA_SECRET_KEY")
OF_DESK = (
    *("ASPA_TELEGRAM_", "ASPA_SLACK_", "ASPA_WEBHOOK_", "ASPA_EMAIL_", "ASPA_CUSTOMER_SECRET", "ASPA_FILE_KEYS"),
    *("ASPA_METRICS_", "ASPA_REDIS_", "ASPA_FEED_"),
)
"""Settings that begin so hold secrets of the channels, of those who come through them, or between desk processes: the
desk alone has them."""


@dataclass(frozen=True)
class Program:
    """`health`: a path that answers 200 when the program is ready, asked with the secret `bearer` if there is one.

    `secrets`: the only ones it gets. `grace`: seconds that it has to end by itself when it is asked to.
    """

    name: str
    python: Path
    port_setting: str
    default_port: int
    health: str
    secrets: tuple[str, ...]
    bearer: str | None = None
    grace: float = 3.0
    arguments: tuple[str, ...] = field(default=())

    @property
    def command(self) -> list[str]:
        return [str(self.python), *(self.arguments or ("-m", self.name))]


SHOP = Program("demo", DESK_PYTHON, "ASPA_SHOP_PORT", 8010, "/health", ("ASPA_SHOP_TOKEN",))
ACTIONS = Program("actions", BOT_PYTHON, "ASPA_ACTIONS_PORT", 8055, "/health", ("ASPA_SHOP_TOKEN", "ASPA_BOT_TOKEN"))
BOT = Program(
    "bot",
    BOT_PYTHON,
    "ASPA_BOT_PORT",
    8005,
    "/webhooks/desk/health",
    ("ASPA_SHOP_TOKEN", "ASPA_BOT_TOKEN"),
    bearer="ASPA_BOT_TOKEN",
)
DESK = Program("desk", DESK_PYTHON, "ASPA_PORT", 8000, "/health", ("ASPA_BOT_TOKEN", "ASPA_SECRET_KEY"), grace=5.0)

PROGRAMS = (SHOP, DESK, ACTIONS, BOT)
"""In the order in which they are started: first what a person looks at."""


@dataclass(frozen=True)
class Place:
    """One set of settings for all programs: where each listens, the secrets, and the rest of the environment."""

    programs: tuple[Program, ...]
    env: Mapping[str, str]

    def port(self, program: Program) -> int:
        return int(self.env[program.port_setting])

    def host(self, program: Program) -> str:
        """The address under which the program is reached from this machine."""
        host = self.env.get("ASPA_HOST") or LOOPBACK
        return LOOPBACK if program.name != DESK.name or host in _ANY else host

    def url(self, program: Program) -> str:
        host = self.host(program)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port(program)}"

    def environment(self, program: Program) -> dict[str, str]:
        """What the program is started with: everything but the others' secrets."""
        hidden = set(SECRETS) - set(program.secrets)
        if program.name == BOT.name and self.env.get("ASPA_ACTIONS_IN") == "server":
            hidden.add("ASPA_SHOP_TOKEN")  # who runs no actions asks no shop
        env = {name: value for name, value in self.env.items() if name not in hidden}
        if program.name != DESK.name:
            env = {name: value for name, value in env.items() if not name.startswith(OF_DESK)}
        return {**env, "PYTHONUNBUFFERED": "1"}


def place(environ: Mapping[str, str], programs: Iterable[Program] = PROGRAMS) -> Place:
    """Settings from the environment, with defaults for what is missing except the secrets. Raises `Problem`."""
    chosen = tuple(programs)
    env = {name: value for name, value in environ.items() if name not in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH")}
    env["ASPA_VAR"] = str(var_folder(environ))
    for program in chosen:
        env[program.port_setting] = str(_port(program, environ))
    taken: dict[int, Program] = {}
    for program in chosen:
        other = taken.setdefault(int(env[program.port_setting]), program)
        if other is not program:
            raise Problem(
                f"{other.port_setting} and {program.port_setting} name the same port, {env[program.port_setting]}",
                "Give each program a port of its own.",
            )
    if (environ.get("ASPA_SHOP_KIND") or "demo") != "demo":
        chosen = tuple(program for program in chosen if program.name != SHOP.name)
    return Place(chosen, env)


def check_ports(where: Place) -> None:
    """Raises `Problem` when another program listens already where one of ours should."""
    for program in where.programs:
        host, port = where.host(program), where.port(program)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise Problem(
                    f"{program.name} cannot listen on {host}:{port}: {os.strerror(error.errno or 0).lower()}",
                    f"Stop what uses that port, or choose another: {program.port_setting}={port + 1} make run",
                ) from error


def keep_secrets(folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The secrets: those set in the environment, else those kept in `folder`, made there at the first start."""
    path = folder / "secrets.env"
    kept: dict[str, str] = {}
    if path.exists():
        pairs = (line.split("=", 1) for line in path.read_text("utf-8").splitlines() if "=" in line)
        kept = {name.strip(): value.strip() for name, value in pairs}
    missing = [name for name in SECRETS if not kept.get(name)]
    if missing:
        kept.update({name: random.token_urlsafe(32) for name in missing})
        folder.mkdir(parents=True, exist_ok=True)
        text = "# Made by make run. Whoever knows these can act as the desk, the bot or the shop.\n"
        text += "".join(f"{name}={kept[name]}\n" for name in SECRETS)
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        # Created for its owner only, from its first byte on.
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(text)
        draft.replace(path)
    return {name: environ.get(name) or kept[name] for name in SECRETS}


def _port(program: Program, environ: Mapping[str, str]) -> int:
    text = environ.get(program.port_setting) or str(program.default_port)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Problem(
            f"{program.port_setting} is {text!r}, which is no port",
            f"Set it to a number from 1 to 65535, or leave it out for {program.default_port}.",
        )
    return int(text)
