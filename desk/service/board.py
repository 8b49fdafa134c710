"""What all consoles see, made once for each change: the summaries of conversations.

Fifty consoles watch the same lists. A summary is made once and handed to all of them; several changes of one
conversation that come close together become one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import batched
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
SLICE = 8
"""Conversations that are shown at a time: all that have changed at once would keep everything else waiting for as long
as they take."""
RETRY_SECONDS = 0.5


class Board:
    """Watchers get each new summary as a message of the protocol, encoded once by `encode`, and the state from which
    each can tell whether it may be seen."""

    def __init__(self, agents: AgentDesk, encode: Callable[[dict[str, Any]], bytes]) -> None:
        self._agents = agents
        self._encode = encode
        self._watchers: set[Watcher] = set()
        self._changed: dict[str, Conversation] = {}
        """As each was told last, the one that has waited longest first."""
        self._wake = asyncio.Event()
        agents.desk.hub.listen(self._heard)

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Send every summary to `watcher` from now on. Returns how to stop."""
        self._watchers.add(watcher)
        return lambda: self._watchers.discard(watcher)

    async def run(self) -> None:
        """Forever. While nobody watches nothing is shown."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            changed = list(self._changed)
            sent = len(changed) * len(self._watchers)
            seconds = min(LONGEST_SECONDS, BREATH_SECONDS + 10 * SEND_SECONDS * sent)
            for some in batched(changed, SLICE):
                await self._show([self._changed.pop(each) for each in some])
                await asyncio.sleep(seconds * len(some) / len(changed))

    async def _show(self, states: list[Conversation]) -> None:
        if not self._watchers:
            return
        try:
            shown = await self._agents.summaries(states)
        except DeskError as error:
            log.warning("board_behind", conversations=len(states), error=str(error))
            await asyncio.sleep(RETRY_SECONDS)
            for state in states:
                self._keep(state)
            return
        for state, summary in shown:
            message = self._encode({"type": "summary", "summary": summary})
            for watcher in tuple(self._watchers):
                watcher(state, message)

    def _heard(self, hint: Hint) -> None:
        if isinstance(hint, Changed):
            self._keep(hint.state)

    def _keep(self, state: Conversation) -> None:
        """To be shown. What is older than what is known already shows nothing."""
        known = self._changed.setdefault(state.id, state)
        if known.seq < state.seq:
            self._changed[state.id] = state
        self._wake.set()
