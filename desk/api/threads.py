"""The threads that one console has open, each followed by cursor: by hints where they connect, or read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from desk.api.peer import Peer
from desk.conversation import events as ev
from desk.conversation.state import Conversation
from desk.errors import DeskError, NotFound
from desk.service.agent_desk import AgentDesk
from desk.service.hub import Changed

MOST_OPEN = 20
CHANGE_THE_PACKET = (ev.HandedOff, ev.PacketCompleted, ev.ActionDone, ev.Understood, ev.Widened)


class Threads:
    """`open`: conversation → cursor."""

    def __init__(self, agents: AgentDesk, peer: Peer, sees: Callable[[Conversation], bool]) -> None:
        self.open: dict[str, int] = {}
        self._agents = agents
        self._peer = peer
        self._sees = sees
        self._names: dict[str, str] = {}
        self._behind: set[str] = set()
        self._wake = asyncio.Event()

    def too_many(self, conversation: str) -> list[str]:
        """Which to close before this one is opened: those open for the longest time."""
        if conversation in self.open or len(self.open) < MOST_OPEN:
            return []
        return list(self.open)[: len(self.open) - MOST_OPEN + 1]

    async def begin(self, conversation: str, after: int) -> int:
        """Send what comes after `after`, and follow from there; the newest event's number. Raises NotFound."""
        self._names = await self._agents.names()
        self.open[conversation] = after
        try:
            return await self._send(conversation)
        except DeskError:
            self.open.pop(conversation, None)
            raise

    def end(self, conversation: str) -> bool:
        """Stop following. False: it was not open."""
        return self.open.pop(conversation, None) is not None

    def follow(self, hint: Changed) -> None:
        """Pass on what has just happened, if it follows what was sent; otherwise read it."""
        conversation = hint.state.id
        cursor = self.open.get(conversation)
        fresh = [each for each in hint.stored if cursor is not None and each.seq > cursor]
        if not fresh or not self._sees(hint.state):
            return
        if fresh[0].seq != (cursor or 0) + 1 or any(isinstance(each.event, CHANGE_THE_PACKET) for each in fresh):
            self._behind.add(conversation)
            self._wake.set()
            return
        self.open[conversation] = fresh[-1].seq
        if entries := self._agents.entries(fresh, hint.state, self._names):
            self._peer.send({"type": "entries", "conversation": conversation, "entries": entries})

    async def catch_up(self) -> None:
        """Forever: read what could not be passed on. Raises DeskError."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            behind, self._behind = self._behind, set()
            for conversation in behind:
                try:
                    await self._send(conversation)
                except NotFound:  # given to a team that this agent is not in, or erased
                    self.open.pop(conversation, None)

    async def _send(self, conversation: str) -> int:
        if conversation not in self.open:
            return 0
        state, entries, packet = await self._agents.thread(conversation, self.open[conversation])
        if not self._sees(state):
            raise NotFound("not_found", "There is no such conversation.")
        cursor = self.open.get(conversation)
        if cursor is None:
            return 0
        fresh = [entry for entry in entries if entry["seq"] > cursor]  # hints may have been quicker
        self.open[conversation] = max(cursor, state.seq)
        if fresh:
            self._peer.send({"type": "entries", "conversation": conversation, "entries": fresh})
        self._peer.send({"type": "packet", "conversation": conversation, "packet": packet})
        return self.open[conversation]
