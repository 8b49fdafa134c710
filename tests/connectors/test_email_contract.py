"""E-mail holds what every channel must hold."""

from __future__ import annotations

import pytest
from conformance import ChannelContract
from mail_channel import MailChannel


@pytest.fixture(scope="module")
def channel(email: MailChannel) -> MailChannel:
    return email


class TestEmail(ChannelContract):
    """At a real mailbox."""
