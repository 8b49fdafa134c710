"""Slack holds what every channel must hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conformance_door import DoorContract
from slack_channel import SlackChannel
from slack_house import slack_house


@pytest.fixture(scope="module")
def channel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackChannel]:
    with slack_house(tmp_path_factory.mktemp("slack")) as made:
        yield SlackChannel(made.house, made.slack, made.gate)


class TestSlack(DoorContract):
    """With an app in the emulator's workspace."""
