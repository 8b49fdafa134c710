"""The scripted bot as a program of its own, to be stopped and killed: `python bot_process.py <port>`."""

from __future__ import annotations

import signal
import sys

from fortress import echo
from scripted_bot import ScriptedBot

if __name__ == "__main__":
    with ScriptedBot(echo, int(sys.argv[1])):
        signal.pause()
