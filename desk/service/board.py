"""What all consoles see, made once for each change: the summaries of conversations.

Fifty consoles watch the same lists. Changes that come close together are read at once here and handed to all of them;
several of one conversation become one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from desk.conversation.state import Conversation
from desk.errors import DeskError
from desk.service.agent_desk import AgentDesk
from desk.service.hub import Changed, Hint

log = structlog.get_logger()

type Watcher = Callable[[Conversation, bytes], None]
BREATH_SECONDS = 0.05
"""Changes of one conversation that come so close together are shown once: each is sent to every console."""
SEND_SECONDS = 25e-6
"""What a message to one console takes, about: where many things happen at once, lists take a tenth of the time for
themselves, and conversations the rest."""
LONGEST_SECONDS = 0.5
RETRY_SECONDS = 0.5


class Board:
    """Watchers get each new summary as a message of the protocol, encoded once by `encode`, and the state from which
    each can tell whether it may be seen."""

    def __init__(self, agents: AgentDesk, encode: Callable[[dict[str, Any]], bytes]) -> None:
        self._agents = agents
        self._encode = encode
        self._watchers: set[Watcher] = set()
        self._changed: set[str] = set()
        self._wake = asyncio.Event()
        agents.desk.hub.listen(self._heard)

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Send every summary to `watcher` from now on. Returns how to stop."""
        self._watchers.add(watcher)
        return lambda: self._watchers.discard(watcher)

    async def run(self) -> None:
        """Forever. While nobody watches nothing is read."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            changed, self._changed = self._changed, set()
            shown = await self._show(changed) if self._watchers else 0
            await asyncio.sleep(min(LONGEST_SECONDS, BREATH_SECONDS + 10 * SEND_SECONDS * shown))

    async def _show(self, changed: set[str]) -> int:
        """How many messages that took."""
        try:
            places = await self._agents.places(changed)
        except DeskError as error:
            log.warning("board_behind", conversations=len(changed), error=str(error))
            await asyncio.sleep(RETRY_SECONDS)
            self._changed |= changed
            self._wake.set()
            return 0
        for state, summary in places:
            message = self._encode({"type": "summary", "summary": summary})
            for watcher in tuple(self._watchers):
                watcher(state, message)
        return len(places) * len(self._watchers)

    def _heard(self, hint: Hint) -> None:
        if isinstance(hint, Changed):
            self._changed.add(hint.state.id)
            self._wake.set()
