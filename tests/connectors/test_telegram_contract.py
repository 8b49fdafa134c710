"""Telegram holds what every channel must hold."""

from __future__ import annotations

import pytest
from conformance_door import DoorContract
from telegram_channel import TelegramChannel


@pytest.fixture(scope="module")
def channel(telegram: TelegramChannel) -> TelegramChannel:
    return telegram


class TestTelegram(DoorContract):
    """With a bot of the emulator's."""
