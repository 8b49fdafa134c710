"""`python -m actions`: the action server, on loopback, for the bot and the desk."""

from __future__ import annotations

import asyncio
import logging
import sys

from rasa_sdk.endpoint import create_app

from actions import desk, door, knowledge, opening, policy, settings
from actions.shop.errors import ShopMisconfigured
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
        policy.current()
        opening.week()
        desk.shop()
        knowledge.warm_up()
        listener = take_port(wanted.host, wanted.port, "ASPA_ACTIONS_PORT")
    except (settings.SettingsError, policy.PolicyError, knowledge.ArticleError, ShopMisconfigured, PortInUse) as error:
        print(error, file=sys.stderr)
        return 2
    app = create_app("actions.topics", cors_origins="")
    door.mount(app, wanted.desk_token)
    app.config.REQUEST_MAX_SIZE = 2 * 1024 * 1024  # a call carries one turn and the slots
    app.config.KEEP_ALIVE_TIMEOUT = 75  # longer than the bot keeps a silent connection
    where = f"http://{wanted.host}:{wanted.port}"
    asyncio.run(serve(app, listener, lambda: log.info("ready on %s", where)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
