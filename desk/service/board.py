"""What all consoles see, made once for each change: the summaries of conversations.

Fifty consoles watch the same lists. Each change is read once here and handed to all of them; several changes of one
conversation that come close together become one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from desk.errors import DeskError
from desk.service.agent_desk import AgentDesk
from desk.service.hub import Changed, Hint

log = structlog.get_logger()

type Watcher = Callable[[str], None]
RETRY_SECONDS = 0.5


class Board:
    """Watchers get each new summary as a message of the protocol, encoded once by `encode`."""

    def __init__(self, agents: AgentDesk, encode: Callable[[dict[str, Any]], str]) -> None:
        self._agents = agents
        self._encode = encode
        self._watchers: dict[Watcher, str] = {}
        self._changed: dict[str, str | None] = {}
        """Who alone sees it (practice), by conversation."""
        self._wake = asyncio.Event()
        agents.desk.hub.listen(self._heard)

    def watch(self, watcher: Watcher, agent: str) -> Callable[[], None]:
        """Send every summary to `watcher` from now on, `agent`'s console: what others practise is not shown. Returns
        how to stop."""
        self._watchers[watcher] = agent

        def stop() -> None:
            self._watchers.pop(watcher, None)

        return stop

    async def run(self) -> None:
        """Forever. While nobody watches nothing is read."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            changed, self._changed = self._changed, {}
            for conversation, whose in changed.items() if self._watchers else ():
                await self._show(conversation, whose)

    async def _show(self, conversation: str, whose: str | None) -> None:
        try:
            message = self._encode({"type": "summary", "summary": await self._agents.summary(conversation)})
        except DeskError as error:
            log.warning("board_behind", conversation=conversation, error=str(error))
            await asyncio.sleep(RETRY_SECONDS)
            self._changed[conversation] = whose
            self._wake.set()
            return
        for watcher, agent in tuple(self._watchers.items()):
            if whose in (None, agent):
                watcher(message)

    def _heard(self, hint: Hint) -> None:
        if isinstance(hint, Changed):
            self._changed[hint.state.id] = hint.state.practice
            self._wake.set()
