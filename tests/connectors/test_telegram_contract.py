"""Telegram holds what every channel must hold."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from conformance import ChannelContract
from desk_house import open_house
from telegram_channel import TelegramChannel, settings_of
from telegram_service import TelegramService, emulator


@pytest.fixture(scope="module")
def channel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TelegramChannel]:
    with emulator() as behind, TelegramService(behind) as service:
        settings = settings_of(service, ASPA_PUBLIC_URL="http://127.0.0.1:1")
        with open_house(tmp_path_factory.mktemp("telegram") / "var", settings) as house:
            _wait_for(lambda: service.webhook)
            service.hook = (house.url + TelegramChannel.path, settings["ASPA_TELEGRAM_SECRET"])
            yield TelegramChannel(house, service, settings)


class TestTelegram(ChannelContract):
    """With a bot of the emulator's."""


def _wait_for(ready: object) -> None:
    deadline = time.monotonic() + 20
    while not ready() and time.monotonic() < deadline:  # type: ignore[operator]
        time.sleep(0.02)
