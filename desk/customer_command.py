"""`python -m desk customer export|erase`: what a customer may ask for, done on the machine itself."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

from desk.bot.spread import Bots
from desk.clock import now_ms
from desk.conversation.hours import OpeningHours
from desk.errors import NotFound, SetupError
from desk.privacy.customers import OPERATOR, CustomerData
from desk.privacy.finding import Found
from desk.service.desk import Desk
from desk.service.hub import Hub
from desk.settings import Settings
from desk.store.engine import open_store
from desk.store.migrate import migrate

BOT_SECONDS = 10.0


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    does = commands.add_parser("customer", help="a customer's data").add_subparsers(dest="action", required=True)
    for name, told in (("export", "a copy as a ZIP file: JSON and a page to read"), ("erase", "erase it for good")):
        parser = does.add_parser(name, help=told)
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--email", help="the customer's address")
        whose.add_argument("--conversation", help="a conversation's id: its customer")
        parser.add_argument(
            "--all", action="store_true", help="also conversations in which the address was only told, not proved"
        )
        if name == "export":
            parser.add_argument("--to", type=Path, default=Path("customer.zip"), help="the file; customer.zip")
        else:
            parser.add_argument("--yes", action="store_true", help="without it the command only tells what would go")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Exit code 0, 1 when nothing is known of the customer. Raises SetupError."""
    migrate(settings.database_url)
    return asyncio.run(_run(settings, arguments))


async def _run(settings: Settings, arguments: argparse.Namespace) -> int:
    desk = Desk(open_store(settings.database_url), Hub(), settings.rules, OpeningHours(ZoneInfo("UTC")), now_ms)
    bot = Bots(settings.bot_urls, settings.bot_token, BOT_SECONDS)
    data = CustomerData.of_shop(desk, bot, settings)
    try:
        found = await _find(data, arguments)
        if not found.theirs:
            print(f"Nothing is kept under this.{_others(found)}")
            return 1
        if arguments.action == "export":
            return await _export(data, found, arguments.to)
        return await _erase(data, found, really=arguments.yes)
    finally:
        await bot.close()
        await desk.store.close()


async def _find(data: CustomerData, arguments: argparse.Namespace) -> Found:
    try:
        if arguments.email:
            found = await data.of_email(arguments.email)
        else:
            found = await data.of_conversation(arguments.conversation)
    except NotFound as error:
        raise SetupError(f"There is no conversation {arguments.conversation}.") from error
    return Found((*found.theirs, *found.unproved), ()) if arguments.all else found


async def _export(data: CustomerData, found: Found, to: Path) -> int:
    content = await data.archive(found, OPERATOR)
    await asyncio.to_thread(_keep, to, content)
    print(f"{to}: {len(found.theirs)} conversations.{_others(found)}")
    return 0


def _keep(to: Path, content: bytes) -> None:
    """Nobody else on the machine reads it."""
    to.touch(mode=0o600)
    to.write_bytes(content)


async def _erase(data: CustomerData, found: Found, *, really: bool) -> int:
    if not really:
        print(f"{len(found.theirs)} conversations would be erased; add --yes to do it.{_others(found)}")
        return 0
    done = await data.erase(found, OPERATOR)
    later = f" The bot was away: {done.left_to_bot} go there when it is back." if done.left_to_bot else ""
    print(f"{done.conversations} conversations are erased.{later}{_others(found)}")
    return 0


def _others(found: Found) -> str:
    if not found.unproved:
        return ""
    return f" The address was only told, not proved, in {len(found.unproved)} more: look at them, then use --all."
