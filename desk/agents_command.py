"""`python -m desk agents add NAME`: accounts without the console, such as the first one of a shop."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import secrets
import sys
from zoneinfo import ZoneInfo

from desk.clock import now_ms
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import Rules
from desk.errors import SetupError
from desk.service.accounts import SHORTEST_PASSWORD, Accounts
from desk.service.desk import Desk
from desk.service.hub import Hub
from desk.service.second_step import SecondSteps
from desk.settings import ROLES, Settings
from desk.store.engine import open_store
from desk.store.migrate import migrate


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    agents = commands.add_parser("agents", help="agents' accounts").add_subparsers(dest="action", required=True)
    adding = agents.add_parser("add", help="a new account; asks for its password, or makes one without a terminal")
    adding.add_argument("name", help="for signing in")
    adding.add_argument("--display-name", help="what customers see; the name, if left out")
    adding.add_argument("--role", choices=ROLES, default="agent")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Exit code 0. Raises SetupError for a name that is taken or a password that is too short."""
    typed = sys.stdin.isatty()
    password = getpass.getpass("Password: ") if typed else secrets.token_urlsafe(16)
    if len(password) < SHORTEST_PASSWORD:
        raise SetupError(f"A password has at least {SHORTEST_PASSWORD} characters.")
    migrate(settings.database_url)
    asyncio.run(_add(settings, arguments, password))
    print(f"{arguments.name} can sign in now." if typed else f"{arguments.name} can sign in with: {password}")
    return 0


async def _add(settings: Settings, arguments: argparse.Namespace, password: str) -> None:
    store = open_store(settings.database_url)
    try:
        desk = Desk(store, Hub(), Rules(), OpeningHours(ZoneInfo("UTC")), now_ms)
        accounts = Accounts(desk, SecondSteps(settings.secret_key))
        await accounts.add(arguments.name, arguments.display_name or arguments.name, arguments.role, password)
    finally:
        await store.close()
