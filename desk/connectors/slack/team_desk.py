"""What agents do in the team's channel: the same commands, the same rules and the same log as in the console."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog

from desk.connectors.slack import text as slack_text
from desk.connectors.slack.actions import Pressed
from desk.connectors.slack.background import Background
from desk.connectors.slack.client import SlackApi
from desk.connectors.slack.events import Changed, File, Said
from desk.connectors.slack.files import SlackFiles
from desk.connectors.slack.people import People
from desk.connectors.slack.team_cards import BUTTONS, FROM_HERE, Wording
from desk.conversation.refusal import Refused
from desk.errors import BadRequest, DeskError
from desk.service.agent_desk import AgentDesk
from desk.service.channel import RetryLater, Undeliverable
from desk.store import accounts, team_threads
from desk.store.accounts import AgentRow
from desk.store.team_threads import TeamThread

ANSWER_SECONDS = 1.5
"""Who an agent is must be known before anything is done; Slack waits for three seconds."""
_COMMANDS = frozenset(name for names in BUTTONS.values() for name in names)
_TOLD = frozenset({"not_owner", "already_claimed", "not_possible", "too_long", "empty"})

log = structlog.get_logger()


class TeamDesk:
    """Raises Unavailable when nothing was stored. A refusal is told to the agent alone."""

    def __init__(
        self,
        place: str,
        known: Mapping[str, str],
        agents: AgentDesk,
        people: People,
        api: SlackApi,
        words: Wording,
        background: Background,
        files: SlackFiles,
    ) -> None:
        self.place = place
        self._known = known
        self._agents = agents
        self._store = agents.desk.store
        self._people = people
        self._api = api
        self._words = words
        self._background = background
        self._files = files

    async def said(self, said: Said) -> None:
        """A reply in a case's thread goes to the customer, a note to colleagues. All other talk is the team's own."""
        thread = await self._thread(said.place.thread) if said.in_thread else None
        if thread is None:
            return None
        agent = await self._agent(said.place.team, said.user)
        if agent is None:
            return self._tell(thread, said.user, "refused_stranger", user=said.user)
        note = slack_text.note(said.text, self._words.marker)
        command, text = ("reply", said.text) if note is None else ("note", note)
        if text:
            await self._run(agent, command, thread, said.user, said.message_id, {"text": text})
        for file in said.files:  # Slack waits three seconds for its answer, and a file may take longer
            self._background.soon(self._send_file(agent, command, thread, said, file))
        return None

    async def _send_file(self, agent: AgentRow, command: str, thread: TeamThread, said: Said, file: File) -> None:
        """To the customer, or with a note to colleagues, after its text. An agent hears of what was not sent."""
        try:
            kept = await self._files.keep(thread.conversation, file, agent.id)
        except (RetryLater, Undeliverable, DeskError) as error:
            log.warning("slack_team_file_failed", error=str(error))
            kept = None
        if kept is None:
            return self._tell(thread, said.user, "refused_file", name=file.name)
        values = {"text": "", "attachments": [kept.id]}
        return await self._run(agent, command, thread, said.user, f"{said.message_id}:{file.id}", values)

    async def changed(self, changed: Changed) -> None:
        """What was sent is sent: the agent should know that the customer sees no change."""
        thread = await self._thread(changed.place.thread)
        is_note = slack_text.note(changed.before, self._words.marker) is not None
        if thread and not is_note and await self._agent(changed.place.team, changed.user):
            self._tell(thread, changed.user, "refused_edit")

    async def pressed(self, pressed: Pressed) -> None:
        """A button of a case's message."""
        command = pressed.action.removeprefix("team_")
        thread = await self._thread(pressed.ts)
        if thread is None or command not in _COMMANDS:
            return None
        agent = await self._agent(pressed.team, pressed.user)
        if agent is None:
            return self._tell(thread, pressed.user, "refused_stranger", user=pressed.user)
        values = {"outcome": "solved"} if command == "resolve" else {}
        await self._run(agent, command, thread, pressed.user, f"{pressed.at}:{command}", values)
        return None

    async def _run(
        self, agent: AgentRow, command: str, thread: TeamThread, user: str, at: str, values: dict[str, Any]
    ) -> None:
        """As in the console. Who acts here is at work from this moment on, so that the case is not given back."""
        now = self._agents.desk.clock()
        await self._store.write(partial(accounts.touch_agent, agent=agent.id, at=now))
        await self._store.write(partial(team_threads.act, thread=thread, agent=agent.id, at=now))
        try:
            await self._agents.run(agent, command, thread.conversation, f"{FROM_HERE}{at}", values)
        except Refused as error:
            key = f"refused_{error.code}" if error.code in _TOLD else "refused_other"
            details = {"name": error.details.get("agent") or "", "limit": error.details.get("limit", "")}
            self._tell(thread, user, key, marker=self._words.marker, **details)
        except BadRequest as error:
            log.warning("slack_team_command_failed", command=command, code=error.code)
            self._tell(thread, user, "refused_other")

    async def _agent(self, team: str, user: str) -> AgentRow | None:
        """Whose account this Slack user has: by the setting, else by an e-mail address as sign-in name."""
        name = self._known.get(user)
        if name is None:
            name = (await self._people.who(team, user, ANSWER_SECONDS)).email
        if name is None:
            return None
        active = await self._store.read(accounts.active_agents)
        return next((each for each in active if each.name.casefold() == name.casefold()), None)

    async def _thread(self, ts: str) -> TeamThread | None:
        return await self._store.read(partial(team_threads.at, place=self.place, thread=ts))

    def _tell(self, thread: TeamThread, to: str, key: str, **figures: Any) -> None:
        """Only this agent sees it."""
        text = slack_text.escape(self._words.say(key, **figures))
        at = {"channel": self.place, "thread_ts": thread.thread}
        self._background.soon(self._api.call("chat.postEphemeral", user=to, text=text, **at))
