"""`python -m desk`: run the desk in the foreground; `python -m desk --help` lists the other commands."""

from __future__ import annotations

import argparse
import asyncio
import errno
import gc
import os
import socket
import sys

import structlog
import uvloop

from desk import agents_command, channels_command, crash_points, customer_command, learning_command
from desk.bootstrap import make_app
from desk.errors import SetupError
from desk.log_setup import set_up_logs
from desk.serving import serve
from desk.settings import Settings, read_settings

COMMANDS = {
    "agents": agents_command,
    "channels": channels_command,
    "customer": customer_command,
    "learning": learning_command,
}
"""Besides running: each has `add_parser(commands)` and `run(settings, arguments)`."""


SELDOM = (20_000, 5, 3)
"""New objects, and rounds, before the collector looks for circles: looking as often as Python does by itself costs a
tenth of an answer (docs/decisions/0002-light-rasa.md). A closed connection is such a circle, of some 25 kB, and so old
that only the last, whole round finds it; when that came too seldom, the desk grew (docs/reliability.md)."""
TURN_SECONDS = 0.001
"""How long one thread runs while another wants to. At each SQLite statement the writer's thread lets others run, and
may wait this long for its next turn while the event loop is busy: with Python's own 5 ms up to 35 for a message's
seven."""


def main() -> int:
    """Exit code 2 for a wrong configuration, with what to mend on standard error."""
    parser = argparse.ArgumentParser(prog="python -m desk", description="Without a command: run the desk.")
    commands = parser.add_subparsers(dest="command")
    for command in COMMANDS.values():
        command.add_parser(commands)
    arguments = parser.parse_args()
    try:
        settings = read_settings(os.environ)
        crash_points.arm(os.environ)
        set_up_logs(os.environ.get("ASPA_LOG_FORMAT", "text") == "json")
        if arguments.command:
            return int(COMMANDS[arguments.command].run(settings, arguments))
        return _run(settings)
    except SetupError as error:
        print(f"desk: {error}", file=sys.stderr)
        return 2


def _run(settings: Settings) -> int:
    listener = _listen(settings)
    app = make_app(settings)
    gc.freeze()
    gc.set_threshold(*SELDOM)
    sys.setswitchinterval(TURN_SECONDS)
    host, port = listener.getsockname()[:2]
    structlog.get_logger().info("desk_listens", address=f"http://{host}:{port}")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(app, listener))
    return 0


def _listen(settings: Settings) -> socket.socket:
    """The listening socket, taken first: a busy port is told before anything else is touched."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SetupError(f"Port {settings.port} is taken; stop what uses it or set ASPA_PORT.") from error
        raise SetupError(f"ASPA_HOST {settings.host} cannot be listened on: {error.strerror}.") from error
    listener.listen(1024)
    listener.setblocking(False)
    return listener


if __name__ == "__main__":
    sys.exit(main())
