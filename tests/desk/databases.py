"""Servers for tests: a PostgreSQL and a Redis of the tests' own, on free ports."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the bot's tests start these servers too, with Python 3.10
    from typing import Self


@dataclass(frozen=True)
class Server:
    """A PostgreSQL of the tests' own. `url`: the address of its database `postgres`."""

    url: str
    control: Callable[..., None]
    """Runs pg_ctl on it."""

    def restart(self, mode: str) -> None:
        """Stop it and start it again. `mode`: fast, in order; immediate, as if killed."""
        self.control("-m", mode, "restart")


@contextmanager
def postgres_server() -> Iterator[Server]:
    """A fresh server; takes everything away afterwards.

    PostgreSQL refuses to run as root: then it runs as the user `postgres` that Debian's package makes.
    """
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="aspa-postgres-"))
    user = _become() if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    port = _free_port()
    data = folder / "data"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    try:
        _run(user, binaries / "initdb", "-D", data, "-U", "aspa", "-A", "trust", "--no-sync", "-E", "UTF8")
        control = partial(_run, user, binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options)
        control("start")
        yield Server(f"postgresql://aspa@127.0.0.1:{port}/postgres", control)
    finally:
        if (data / "postmaster.pid").exists():
            _run(user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    on_path = shutil.which("initdb")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if on_path:
        return Path(on_path).parent
    if not found:
        raise RuntimeError("These tests need PostgreSQL's server; on Debian: apt-get install postgresql")
    return found[-1].parent


def _become() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError as error:
        raise RuntimeError("As root these tests need the user postgres, which Debian's postgresql makes.") from error


def _run(user: pwd.struct_passwd | None, *command: object) -> None:
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, cwd="/", check=False, **as_user
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RedisServer:
    """A Redis of the test's own on a free port, keeping nothing; it can be killed and started again."""

    def __init__(self) -> None:
        if not (found := shutil.which("redis-server")):
            raise RuntimeError("These tests need Redis' server; on Debian: apt-get install redis-server")
        self._program = found
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Returns when it answers."""
        options = ("--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
        self._process = subprocess.Popen([self._program, *options], stdout=subprocess.DEVNULL, cwd="/")
        for _ in range(400):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 1) as probe:
                probe.sendall(b"PING\r\n")
                if probe.recv(16).startswith(b"+PONG"):
                    return
            time.sleep(0.05)
        raise RuntimeError("Redis does not answer.")

    def kill(self) -> None:
        """kill -9."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
