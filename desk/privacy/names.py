"""The desk tells its logs whose names to hide."""

from __future__ import annotations

from functools import partial

from desk.conversation import events as ev
from desk.service.desk import Desk
from desk.service.hub import Changed
from desk.store import profiles
from masking import remember

MOST = 5_000


async def hide_from_logs(desk: Desk) -> None:
    """The customers who wrote last, and from now on whoever tells a name."""
    desk.hub.listen(_heard)
    for name in reversed(await desk.store.read(partial(profiles.latest_names, most=MOST))):
        remember(name)


def _heard(hint: object) -> None:
    if isinstance(hint, Changed):
        for stored in hint.stored:
            if isinstance(stored.event, ev.CustomerNamed):
                remember(stored.event.name)
