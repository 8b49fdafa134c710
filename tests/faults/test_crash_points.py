"""The desk dies at a named point, before or after a commit or a send, in the middle of a story: the main ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from crash_story import dies_and_holds
from fortress import Fortress, open_fortress

pytestmark = pytest.mark.anyio
POINTS = [
    *("before_commit:CustomerWrote", "after_commit:CustomerWrote", "before_send:ack"),
    *("after_send:bot", "before_commit:BotAnswered", "after_commit:BotAnswered", "after_commit:Claimed"),
    *("after_send:webhook", "after_send:shop", "after_send:letter", "before_commit:LetterSent"),
]


@pytest.fixture(scope="module")
def fortress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fortress]:
    with open_fortress(tmp_path_factory.mktemp("crash") / "var") as opened:
        yield opened


@pytest.mark.parametrize("point", POINTS)
async def test_dying_here_loses_and_doubles_nothing(fortress: Fortress, point: str) -> None:
    await dies_and_holds(fortress, point)
