"""The team's channel: every case that comes into the queue stands there, and its thread follows the case.

What is to be shown follows from the log and from how far the channel shows it; hints only make it quicker.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from desk.connectors.slack import blocks, team_cards
from desk.connectors.slack.background import Background
from desk.connectors.slack.client import SlackApi
from desk.connectors.slack.team_cards import Wording
from desk.conversation.state import Conversation, Owner
from desk.errors import DeskError
from desk.service.agent_desk import AgentDesk
from desk.service.channel import RetryLater, Undeliverable
from desk.service.hub import Changed, Delivered
from desk.store import accounts, outbox, sight, team_threads
from desk.store.team_threads import TeamThread

type Json = dict[str, Any]

LONGEST_SLEEP = 5.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
HEARTBEAT_SECONDS = 15.0
_PEOPLE = frozenset({Owner.QUEUE, Owner.AGENT, Owner.HOLD})

log = structlog.get_logger()


class TeamRoom:
    """Keeps the channel `place` as the cases are. Runs from `start` to `close`. `teams`: whose cases stand there where
    the shop keeps its teams apart, besides those that are for everybody."""

    def __init__(
        self,
        place: str,
        teams: frozenset[str],
        agents: AgentDesk,
        api: SlackApi,
        words: Wording,
        background: Background,
    ) -> None:
        self.place = place
        self._teams = teams
        self._agents = agents
        self._store = agents.desk.store
        self._api = api
        self._words = words
        self._background = background
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        agents.desk.hub.listen(self._heard)

    @property
    def _apart(self) -> bool:
        return self._agents.desk.rules.teams_apart

    async def start(self) -> None:
        """Begin."""
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._beat())]

    async def close(self) -> None:
        """End; what was not shown yet is shown after the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self) -> None:
        failures = 0
        while True:
            wait = await self._once(failures)
            failures = 0 if wait is None else failures + 1
            if wait is None:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), LONGEST_SLEEP)
            else:
                await asyncio.sleep(wait)

    async def _once(self, failures: int) -> float | None:
        """Show what is not shown yet; how long to leave Slack alone when it did not work."""
        self._wake.clear()
        backoff = min(FIRST_WAIT * 2.0 ** min(failures, 10), LONGEST_WAIT)
        wait = None
        try:
            seen = sight.of_teams(self._teams, apart=self._apart)
            for conversation in await self._store.read(partial(team_threads.behind, place=self.place, seen=seen)):
                try:
                    await self._bring(conversation)
                except Undeliverable as error:  # this one; the others may fare better
                    log.error("slack_team_channel_failed", conversation=conversation, error=str(error))
                    wait = backoff
        except RetryLater as error:
            return error.after if error.after is not None else backoff
        except DeskError as error:
            log.warning("slack_team_waits", error=str(error))
            return backoff
        except Exception:
            log.exception("slack_team_failed")
            return backoff
        return wait

    async def _bring(self, conversation: str) -> None:
        """One conversation. Raises RetryLater, Undeliverable."""
        state, entries, packet = await self._agents.thread(conversation)
        find = partial(team_threads.latest, place=self.place, conversation=conversation)
        thread = await self._store.read(find)
        if not sight.shown(self._teams, state, apart=self._apart):
            return await self._give_away(thread, state.seq)
        summary = await self._agents.summary(conversation)
        card = team_cards.card(summary, packet, entries, self._words)
        if thread and (thread.case_number == state.case or state.owner not in _PEOPLE):
            thread = replace(thread, live=thread.live or state.owner in _PEOPLE)  # it may come back from another team
            return await self._go_on(thread, entries, state.seq, card)
        if state.owner in _PEOPLE:
            await self._open(state, card)
        return None

    async def _give_away(self, thread: TeamThread | None, through: int) -> None:
        """The case has become another team's: its message says only that, and nothing more comes into the thread."""
        if thread is None or not thread.live:
            return
        card = team_cards.given_away(self._words)
        with contextlib.suppress(Undeliverable):
            await self._api.call("chat.update", channel=self.place, ts=thread.thread, **card)
        shown = team_cards.fingerprint(card)
        await self._store.write(partial(team_threads.move, thread=thread, through=through, live=False, shown=shown))

    async def _open(self, state: Conversation, card: Json) -> None:
        """A new case."""
        thread = TeamThread(
            place=self.place,
            thread=await self._api.post(self.place, card),
            conversation=state.id,
            case_number=state.case,
            through=state.seq,
            live=True,
            shown=team_cards.fingerprint(card),
        )
        await self._store.write(partial(team_threads.add, thread=thread))

    async def _go_on(self, thread: TeamThread, entries: list[Json], through: int, card: Json) -> None:
        """The case's message as it is now, and below it what has happened since."""
        shown = team_cards.fingerprint(card)
        move = partial(team_threads.move, thread=thread, shown=shown)
        if shown != thread.shown:
            with contextlib.suppress(Undeliverable):  # somebody has deleted the message: the thread goes on
                await self._api.call("chat.update", channel=self.place, ts=thread.thread, **card)
            await self._store.write(partial(move, through=thread.through, live=thread.live))
        fresh = [each for each in entries if each["seq"] > thread.through]
        messages, live = team_cards.lines(fresh, thread.live, self._words)
        for message in messages:
            await self._api.post(self.place, message, thread.thread)
        await self._store.write(partial(move, through=through, live=live))

    async def _beat(self) -> None:
        """Who works from the channel is at work, as long as a customer may be left waiting for an answer."""
        desk = self._agents.desk
        while True:
            try:
                since = desk.clock() - desk.rules.answer_within
                for agent in await self._store.read(partial(team_threads.acting, since=since)):
                    await self._store.write(partial(accounts.see_agent, agent=agent, at=desk.clock()))
            except DeskError as error:
                log.warning("slack_team_heartbeat_failed", error=str(error))
            await asyncio.sleep(HEARTBEAT_SECONDS)

    async def _tell_failure(self, hint: Delivered) -> None:
        """A message of an agent did not reach the customer."""
        find = partial(team_threads.latest, place=self.place, conversation=hint.conversation)
        thread = await self._store.read(find)
        failures = await self._store.read(partial(outbox.failures, conversation=hint.conversation))
        if thread and thread.live and hint.seq in failures:
            text = self._words.say("not_delivered", why=failures[hint.seq])
            await self._api.post(self.place, blocks.text(text), thread.thread)

    def _heard(self, hint: object) -> None:
        if isinstance(hint, Changed) and (hint.state.owner in _PEOPLE or hint.before.owner in _PEOPLE):
            self._wake.set()
        elif isinstance(hint, Delivered) and hint.delivery == "failed":
            self._background.soon(self._tell_failure(hint))
