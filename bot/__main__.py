"""`python -m bot`: the bot's server."""

from __future__ import annotations

import gc
import logging
import sys

from actions.starting import MISTAKES
from bot import settings
from bot.model import ModelError
from bot.server import serve
from bot.serving import PortInUse
from masking import logs

SELDOM = (20_000, 50, 100)
"""As in the desk (desk/__main__.py). Nothing is frozen: a renewed model's objects go in circles, and must be found."""
TURN_SECONDS = 0.001
"""How long a thread runs while another wants to: so long who stores a turn waits for the bot that thinks, at each
statement; with Python's own 5 ms longer than the storing takes."""


def main() -> int:
    """Return the exit status: 2 for the operator's mistakes, which are named on one line."""
    logs.set_up(logging.INFO, "%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("rasa", "rasa_sdk", "apscheduler", "sanic", "matplotlib", "urllib3"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    gc.set_threshold(*SELDOM)
    sys.setswitchinterval(TURN_SECONDS)
    try:
        serve(settings.load())
    except (settings.SettingsError, *MISTAKES, ModelError, PortInUse) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
