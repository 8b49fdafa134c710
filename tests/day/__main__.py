"""One day of a shop in minutes, through the real sockets and webhooks: `make day`. ASPA_DAY_S, ASPA_DAY_SEED change it.

Two hundred customers in three languages write by widget, Telegram, Slack and mail; two agents work; the bot is killed
once, and the shop. At the end the accounts are made (book.py): exit code 1 when something is there that must not be.
"""

from __future__ import annotations

import asyncio
import os
import queue
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / name) for name in ("day", "faults", "desk", "connectors"))]

import httpx  # noqa: E402
from agents import Agent  # noqa: E402
from book import account  # noqa: E402
from checker import unanswered  # noqa: E402
from customer import Customer, Visit  # noqa: E402
from desk_house import House  # noqa: E402
from mail_channel import MailCustomer  # noqa: E402
from mail_channel import settings_of as mail_settings  # noqa: E402
from mail_servers import Dovecot, Postbox  # noqa: E402
from people import Person, crowd, fresh_seed  # noqa: E402
from scripted_bot import ScriptedBot  # noqa: E402
from slack_channel import SlackChannel  # noqa: E402
from slack_gate import Gate  # noqa: E402
from slack_house import settings_of as slack_settings  # noqa: E402
from slack_workspace import Workspace, free_port  # noqa: E402
from staff import hire  # noqa: E402
from telegram_channel import PUBLIC_URL, TelegramChannel, until  # noqa: E402
from telegram_service import TelegramService, emulator  # noqa: E402
from ways import MailWay, SlackWay, TelegramWay, Way, WidgetWay  # noqa: E402

from ops.stack import Stack  # noqa: E402

DAY = float(os.environ.get("ASPA_DAY_S", "420"))
"""Seconds in which the customers come."""
SIZE = int(os.environ.get("ASPA_DAY_CUSTOMERS", "200"))
EVENING = 240.0
"""Seconds that those who came last have for their matter."""
NIGHT = 10.0
"""Seconds in which what is on its way by Telegram, Slack or mail comes to its end."""
OUTAGES = (("bot", 0.35), ("demo", 0.65))
"""What is killed, and when in the day."""
OUTAGE = 25.0
"""Seconds until it is started again."""


@dataclass
class Town:
    """The programs, and the channels' services."""

    stack: Stack
    telegram: TelegramChannel
    slack: SlackChannel
    mailbox: Dovecot
    postbox: Postbox

    @property
    def url(self) -> str:
        return self.stack.urls["desk"]

    def way_of(self, person: Person) -> Way:
        """This person's end of their channel."""
        match person.channel:
            case "telegram":
                return TelegramWay(self.telegram, person.language)
            case "slack":
                return SlackWay(self.slack)
            case "email":
                return MailWay(MailCustomer(self.mailbox, self.postbox, f"{person.name}@asiakas.example"))
            case _:
                return WidgetWay(self.url, person.name, person.language)


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    """Everything started, and ended afterwards."""
    with ExitStack() as things:
        telegram = things.enter_context(TelegramService(things.enter_context(emulator())))
        port = free_port()
        gate = things.enter_context(Gate(f"http://127.0.0.1:{port}"))
        slack = things.enter_context(Workspace(folder, gate.hook, port))
        mailbox = Dovecot()
        things.callback(mailbox.close)
        postbox = Postbox(mailbox.password)
        things.callback(postbox.stop)
        own = {
            "ASPA_TELEGRAM_TOKEN": f"{secrets.randbelow(10**9)}:{secrets.token_urlsafe(30)}",
            "ASPA_TELEGRAM_SECRET": secrets.token_urlsafe(32),
            "ASPA_TELEGRAM_API": telegram.url,
            "ASPA_PUBLIC_URL": PUBLIC_URL,
        }
        settings = own | slack_settings(gate) | mail_settings(mailbox, postbox)
        stack = things.enter_context(Stack(env=settings, var=folder / "var", seconds=300))
        house = House(stack, ScriptedBot())
        until(lambda: telegram.methods() & {"setWebhook", "deleteWebhook"})
        telegram.hook = (house.url + TelegramChannel.path, own["ASPA_TELEGRAM_SECRET"])
        gate.desk = f"{house.url}/api/slack/events"
        yield Town(stack, TelegramChannel(house, telegram, own), SlackChannel(house, slack, gate), mailbox, postbox)


async def day(here: Town, people: list[Person]) -> tuple[list[Visit], list[tuple[str, float, float]]]:
    """Everybody comes, and is done; what was away when, in seconds of the clock."""
    boss = here.stack.demo_agent
    agents = [Agent(here.url, boss), Agent(here.url, await hire(here.url, boss))]
    working = [asyncio.create_task(agent.work()) for agent in agents]
    visits = [Visit(person, here.way_of(person)) for person in people]
    outages = [asyncio.create_task(_outage(here.stack, name, part)) for name, part in OUTAGES]
    await asyncio.gather(*(_visit(here, each) for each in visits))
    async with asyncio.timeout(EVENING):
        while unanswered(here.stack.var / "desk.sqlite3") or await agents[0].console.waiting():  # noqa: ASYNC110
            await asyncio.sleep(1)
    await asyncio.sleep(NIGHT)
    for visit in visits:
        await _look_again(visit)
    for task in working:
        task.cancel()
    results = await asyncio.gather(*working, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result
    return visits, [await task for task in outages]


async def _visit(here: Town, visit: Visit) -> None:
    await asyncio.sleep(visit.person.comes_at * DAY)
    if isinstance(visit.way, WidgetWay):
        await visit.way.come_back()
    try:
        await Customer(visit, here.stack.var / "mail" / "outbox.jsonl", EVENING).live()
    except (httpx.HTTPError, TimeoutError, queue.Empty) as error:
        visit.how = f"no way in: {error!r}"
    finally:
        await visit.way.go()


async def _look_again(visit: Visit) -> None:
    """The next morning, everybody looks what has come."""
    await visit.way.come_back()
    if isinstance(visit.way, WidgetWay):
        widget, before = visit.way.widget, visit.way.widget.connections
        await widget.until(lambda: widget.connections > before and widget.caught_up)
    visit.heard = await visit.way.heard()
    await visit.way.go()


async def _outage(stack: Stack, name: str, part: float) -> tuple[str, float, float]:
    await asyncio.sleep(part * DAY)
    start = time.time()
    await asyncio.to_thread(stack.kill, name)
    await asyncio.sleep(OUTAGE)
    await asyncio.to_thread(stack.restart, name)
    return name, start, time.time()


def main() -> int:
    """Prints the accounts."""
    seed = int(os.environ.get("ASPA_DAY_SEED") or fresh_seed())
    people = crowd(ROOT / "data", seed, SIZE)
    print(f"A day of {DAY:.0f} s with {len(people)} customers; ASPA_DAY_SEED={seed} has it again.", flush=True)
    with tempfile.TemporaryDirectory(prefix="aspa-day-") as folder, town(Path(folder)) as here:
        print(f"Everything is up: {here.url}", flush=True)
        visits, outages = asyncio.run(day(here, people))
        book = account(here.stack.var, visits, outages)
    print("\n".join(["", *book.lines, *("", "What must not be:", *book.wrong) * bool(book.wrong)]), flush=True)
    return 1 if book.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
