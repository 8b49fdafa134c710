"""`python -m desk channels check`: what is wrong with the channels' tokens and addresses, in words."""

from __future__ import annotations

import argparse
import asyncio

from desk.settings import Settings


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    channels = commands.add_parser("channels", help="Telegram and the other channels").add_subparsers(
        dest="action", required=True
    )
    channels.add_parser("install", help="gives the link by which the app is installed into your Slack workspace")
    channels.add_parser("check", help="says what is wrong with the channels that are set up, and what to do about it")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Exit code 0 when all is well, 1 when something has to be mended."""
    if arguments.action == "install":
        return _install(settings)
    found = asyncio.run(check(settings))
    if not found:
        print("No channel besides the widget is set up; docs/channels/ says how.")
    for channel, wrong in found.items():
        print(f"{channel}: {'well' if not wrong else ''}")
        for each in wrong:
            print(f"  - {each}")
    return 1 if any(found.values()) else 0


def _install(settings: Settings) -> int:
    if not (settings.slack and settings.slack.client_id and settings.public_url):
        print("Set ASPA_SLACK_CLIENT_ID, ASPA_SLACK_CLIENT_SECRET and ASPA_PUBLIC_URL first: docs/channels/slack.md")
        return 1
    from desk.connectors.slack.install import link

    print("Open this within half an hour, signed in to your workspace:")
    print(link(settings.secret_key, settings.public_url))
    return 0


async def check(settings: Settings) -> dict[str, list[str]]:
    """Channel that is set up → what is wrong with it."""
    found: dict[str, list[str]] = {}
    if settings.telegram:
        from desk.connectors.telegram import setup

        found["telegram"] = await setup.check(settings.telegram, settings.public_url)
    if settings.slack:
        from desk.connectors.slack import setup as slack_setup
        from desk.connectors.slack.installation import Installation
        from desk.sealing import Seal

        installed = Installation(settings.var, Seal(settings.file_keys)).token()
        found["slack"] = await slack_setup.check(settings.slack, settings.public_url, installed)
    if settings.email:
        from desk.connectors.email import setup as email_setup

        found["email"] = await email_setup.check(settings.email)
    if settings.webhook:
        found["webhook"] = [] if settings.webhook.secret else ["ASPA_WEBHOOK_SECRET is not set: nothing is let in."]
    return found
