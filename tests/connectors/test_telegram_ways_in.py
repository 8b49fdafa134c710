"""Long polling, and what `python -m desk channels check` says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from telegram_channel import PUBLIC_URL, TelegramChannel, open_telegram

from desk.channel_settings import TelegramSettings
from desk.connectors.telegram.setup import PATH, check
from ops.layout import ROOT

pytestmark = pytest.mark.anyio


async def test_a_shop_without_public_address_polls_and_loses_nothing(tmp_path: Path) -> None:
    """What was fetched and not yet stored when the desk died is fetched again, and what was stored is known."""
    with open_telegram(tmp_path / "var", ASPA_TELEGRAM_MODE="polling", ASPA_TELEGRAM_SECRET="") as telegram:
        customer = telegram.customer()
        await customer.write("Hei")
        await customer.said("Bot: Hei")
        for number in range(5):
            await customer.write(f"Ennen {number}")
        telegram.house.stack.kill("desk")
        await customer.write("Sillä välin")
        telegram.house.stack.restart("desk")
        await customer.said("Sillä välin", limit=30)
        assert telegram.house.stored() == ["Hei", *(f"Ennen {number}" for number in range(5)), "Sillä välin"]
        assert "deleteWebhook" in telegram.service.methods()
        assert "setWebhook" not in telegram.service.methods()


WELL = {"url": PUBLIC_URL + PATH}
SECRET = "s" * 32


@pytest.mark.parametrize(
    ("changes", "info", "part"),
    [
        ({}, WELL, None),
        ({"secret": ""}, WELL, "ASPA_TELEGRAM_SECRET is not set"),
        ({"public_url": ""}, WELL, "ASPA_PUBLIC_URL is not set"),
        ({"public_url": "http://chat.shop.example"}, WELL, "https addresses only"),
        ({}, {"url": ""}, "delivers nowhere"),
        ({}, {"url": "https://old.example/hook"}, "delivers to https://old.example/hook"),
        ({}, {**WELL, "last_error_message": "Wrong response: 401 Unauthorized"}, "start the desk again"),
        ({}, {**WELL, "last_error_message": "SSL error: certificate verify failed"}, "certificate"),
        ({}, {**WELL, "pending_update_count": 900}, "900 updates wait"),
        ({"mode": "polling"}, {"url": ""}, None),
        ({"mode": "polling"}, WELL, "polling gets nothing"),
    ],
)
async def test_the_check_says_what_is_wrong_and_what_to_do(
    telegram: TelegramChannel, changes: dict[str, Any], info: dict[str, Any], part: str | None
) -> None:
    telegram.service.webhook = info
    public_url = changes.pop("public_url", PUBLIC_URL) if "public_url" in changes else PUBLIC_URL
    settings = {"token": "1:x", "secret": SECRET, "mode": "webhook", "api": telegram.service.url, **changes}
    said = await check(TelegramSettings(**settings), public_url)
    assert said == [] if part is None else any(part in each for each in said), said


async def test_the_check_knows_a_wrong_token_and_a_dead_network(telegram: TelegramChannel) -> None:
    """And never prints the token."""
    settings = {"token": "1:geheim", "secret": SECRET, "mode": "webhook"}
    telegram.service.unknown = True
    try:
        (wrong,) = await check(TelegramSettings(api=telegram.service.url, **settings), PUBLIC_URL)
    finally:
        telegram.service.unknown = False
    (dead,) = await check(TelegramSettings(api="http://127.0.0.1:9", **settings), PUBLIC_URL)
    assert "@BotFather" in wrong
    assert "cannot be reached" in dead
    assert "geheim" not in wrong + dead


def test_the_command_answers_with_its_exit_code(telegram: TelegramChannel) -> None:
    telegram.service.webhook = dict(WELL)
    stack = telegram.house.stack
    environment = stack.place.environment(stack.programs["desk"])

    def ask(**changes: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "desk", "channels", "check"]
        return subprocess.run(
            command, env={**environment, **changes}, cwd=ROOT, capture_output=True, text=True, check=False
        )

    assert (ask().returncode, ask().stdout) == (0, "telegram: well\n")
    assert ask(ASPA_PUBLIC_URL="").returncode == 1
    wrong = ask(ASPA_TELEGRAM_TOKEN="geheim")
    assert (wrong.returncode, "ASPA_TELEGRAM_TOKEN" in wrong.stderr, "geheim" in wrong.stderr) == (2, True, False)
