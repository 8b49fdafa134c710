"""Paths, and what all channels' tests share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mail_channel import MailChannel
    from telegram_channel import TelegramChannel

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "desk"), str(Path(__file__).parent)]

from ops.warm import keep_warm  # noqa: E402

keep_warm("desk.bootstrap")
pytest.register_assert_rewrite("conformance", "conformance_door")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def telegram(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TelegramChannel]:
    """A desk with a bot at an emulated Telegram, set up."""
    from telegram_channel import open_telegram

    with open_telegram(tmp_path_factory.mktemp("telegram") / "var") as channel:
        yield channel


@pytest.fixture(scope="module")
def email(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailChannel]:
    """A desk with a mailbox, at real servers."""
    from mail_channel import open_mail

    with open_mail(tmp_path_factory.mktemp("email") / "var") as channel:
        yield channel
