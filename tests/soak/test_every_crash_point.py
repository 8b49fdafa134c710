"""Every named crash point (desk/crash_points.py), also those that `make test` has no time for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from crash_story import dies_and_holds
from fortress import Fortress, open_fortress

pytestmark = pytest.mark.anyio
COMMITS = [
    *("Opened", "BotAnswered", "CustomerWrote", "LetterOrdered", "LetterSent", "PersonAsked", "PacketCompleted"),
    *("Claimed", "AgentWrote", "NoteAdded", "DeedAsked", "ActionDone", "Resolved", "SurveyAnswered"),
]
"""One kind of event for each kind of transaction."""
POINTS = [
    *(f"{when}_commit:{event}" for event in COMMITS for when in ("before", "after")),
    *(f"{when}_send:{to}" for to in ("bot", "letter", "shop", "webhook") for when in ("before", "after")),
    "before_send:ack",
]


@pytest.fixture(scope="module")
def fortress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fortress]:
    with open_fortress(tmp_path_factory.mktemp("crash") / "var") as opened:
        yield opened


@pytest.mark.parametrize("point", POINTS)
async def test_dying_here_loses_and_doubles_nothing(fortress: Fortress, point: str) -> None:
    await dies_and_holds(fortress, point)
