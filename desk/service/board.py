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

type Watcher = Callable[[Conversation, str], None]
BREATH_SECONDS = 0.05
"""Changes of one conversation that come so close together are shown once: each is sent to every console."""
RETRY_SECONDS = 0.5


class Board:
    """Watchers get each new summary as a message of the protocol, encoded once by `encode`, and the state from which
    each can tell whether it may be seen."""

    def __init__(self, agents: AgentDesk, encode: Callable[[dict[str, Any]], str]) -> None:
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
            if self._watchers:
                await self._show(changed)
            await asyncio.sleep(BREATH_SECONDS)

    async def _show(self, changed: set[str]) -> None:
        try:
            places = await self._agents.places(changed)
        except DeskError as error:
            log.warning("board_behind", conversations=len(changed), error=str(error))
            await asyncio.sleep(RETRY_SECONDS)
            self._changed |= changed
            self._wake.set()
            return
        for state, summary in places:
            message = self._encode({"type": "summary", "summary": summary})
            for watcher in tuple(self._watchers):
                watcher(state, message)

    def _heard(self, hint: Hint) -> None:
        if isinstance(hint, Changed):
            self._changed.add(hint.state.id)
            self._wake.set()
