"""`python -m desk learning prepare`: a run of all labels for `make learn`; `… diff`: what they change in data/."""

from __future__ import annotations

import argparse
import asyncio
from zoneinfo import ZoneInfo

from desk.clock import now_ms
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import Rules
from desk.errors import BadRequest, SetupError
from desk.learning import edits
from desk.learning.learning import Learning
from desk.learning.runs import Runs
from desk.service.desk import Desk
from desk.service.hub import Hub
from desk.settings import Settings
from desk.store.engine import open_store
from desk.store.migrate import migrate


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    learning = commands.add_parser("learning", help="what supervisors' labels change")
    learning.add_argument("action", choices=("prepare", "diff", "settle"))


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Prints the run's name or the diff. Raises SetupError where there is nothing to learn."""
    migrate(settings.database_url)
    try:
        print(asyncio.run(_act(settings, arguments.action)), end="")
    except BadRequest as error:
        raise SetupError(error.message) from error
    return 0


async def _act(settings: Settings, action: str) -> str:
    store = open_store(settings.database_url)
    try:
        desk = Desk(store, Hub(), Rules(), OpeningHours(ZoneInfo("UTC")), now_ms)
        learning = Learning(desk, settings.data, Runs(settings.var, settings.learn_python))
        await learning.settle()
        if action == "settle":
            return ""
        return await learning.prepare() + "\n" if action == "prepare" else edits.diff((await learning.edits())[1].files)
    finally:
        await store.close()
