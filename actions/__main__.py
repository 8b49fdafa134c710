"""`python -m actions`, on loopback: the desk's door to the shop, and the action server of bots that run no actions."""

from __future__ import annotations

import asyncio
import logging
import sys

from rasa_sdk.endpoint import create_app
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions import door, settings, starting
from bot.serving import PortInUse, serve, take_port
from masking import logs

log = logging.getLogger("actions")


def main() -> int:
    """Return the exit status: 2 for the operator's mistakes, which are named on one line."""
    logs.set_up(logging.INFO, "%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("rasa_sdk", "sanic", "urllib3"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        wanted = settings.load()
        starting.get_ready(to_answer=wanted.for_bots)
        listener = take_port(wanted.host, wanted.port, "ASPA_ACTIONS_PORT")
    except (*starting.MISTAKES, PortInUse) as error:
        print(error, file=sys.stderr)
        return 2
    app = create_app("actions.topics", cors_origins="") if wanted.for_bots else _shut()
    door.mount(app, wanted.desk_token)
    app.config.REQUEST_MAX_SIZE = 2 * 1024 * 1024  # a call carries one turn and the slots
    app.config.KEEP_ALIVE_TIMEOUT = 75  # longer than the bot keeps a silent connection
    where = f"http://{wanted.host}:{wanted.port}"
    asyncio.run(serve(app, listener, lambda: log.info("ready on %s", where)))
    return 0


def _shut() -> Sanic:
    """Without the bots' door: whoever reaches it can do what a customer of any name could."""
    app = Sanic("actions", configure_logging=False)
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.add_route(_health, "/health")
    return app


async def _health(_: Request) -> HTTPResponse:
    return json({"status": "ok"})


if __name__ == "__main__":
    sys.exit(main())
