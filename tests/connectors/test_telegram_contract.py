"""Telegram holds what every channel must hold."""

from __future__ import annotations

import pytest
from conformance import ChannelContract
from telegram_channel import TelegramChannel


@pytest.fixture(scope="module")
def channel(telegram: TelegramChannel) -> TelegramChannel:
    return telegram


class TestTelegram(ChannelContract):
    """With a bot of the emulator's."""
