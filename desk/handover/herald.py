"""Tells another help desk of the cases that people have: at least once, in order for each case, over restarts.

What is due stands in the store, in the transaction of what happened. A post says how the case stands and what is new
since the last one; the same post again has the same `webhook-id`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from functools import partial

import httpx
import structlog

from desk.case_settings import CaseSettings
from desk.connectors.webhook import Signature
from desk.conversation.rules import DAY, SECOND
from desk.errors import DeskError
from desk.service.agent_desk import AgentDesk
from desk.service.channel import RetryLater
from desk.service.hub import Changed
from desk.store import case_posts
from desk.store.case_posts import DuePost

log = structlog.get_logger()
LONGEST_SLEEP = 5.0
FIRST_WAIT, LONGEST_WAIT = SECOND, DAY // 24
MOST_ATTEMPTS = 40
"""About a day and a half; then the case is told of when something happens to it again."""
BUSY = (408, 425, 429)


class Herald:
    """`run` in one process; `close` lets go of the connections."""

    def __init__(self, agents: AgentDesk, settings: CaseSettings) -> None:
        self._agents = agents
        self._desk = agents.desk
        self._url = settings.url
        self._signature = Signature(settings.secret)
        self._http = httpx.AsyncClient(timeout=10, trust_env=False)
        self._wake = asyncio.Event()
        self._desk.hub.listen(self._heard)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def run(self) -> None:
        """Forever; a failure is logged and tried again."""
        while True:
            try:
                await self.once()
            except DeskError as error:
                log.warning("herald_waits", error=str(error))
            except Exception:
                log.exception("herald_failed")
            await self._sleep()

    async def once(self) -> None:
        """Every case of which something is due now."""
        for due in await self._desk.store.read(partial(case_posts.due, now=self._desk.clock())):
            await self._tell(due)

    async def _tell(self, due: DuePost) -> None:
        state, entries, packet = await self._agents.thread(due.conversation, due.through)
        summary = await self._agents.summary(due.conversation)
        case = {"conversation": due.conversation, "seq": state.seq, "summary": summary, "packet": packet}
        try:
            answer = await self._post(f"{due.conversation}:{state.seq}", case | {"entries": entries})
        except RetryLater as error:
            return await self._put_off(due, str(error))
        if answer.is_success:
            told = partial(case_posts.told, conversation=due.conversation, through=state.seq)
            return await self._desk.store.write(partial(told, now=self._desk.clock()))
        if answer.status_code in BUSY or answer.status_code >= 500:
            return await self._put_off(due, str(answer.status_code))
        log.error("case_refused", conversation=due.conversation, status=answer.status_code)
        return await self._desk.store.write(partial(case_posts.give_up, conversation=due.conversation))

    async def _post(self, message_id: str, case: dict[str, object]) -> httpx.Response:
        body = json.dumps(case, ensure_ascii=False).encode()
        try:
            return await self._http.post(self._url, content=body, headers=self._signature.headers(message_id, body))
        except httpx.HTTPError as error:
            raise RetryLater(type(error).__name__) from error

    async def _put_off(self, due: DuePost, why: str) -> None:
        log.warning("case_put_off", conversation=due.conversation, error=why)
        if due.attempts >= MOST_ATTEMPTS:
            return await self._desk.store.write(partial(case_posts.give_up, conversation=due.conversation))
        wait = min(FIRST_WAIT * 2 ** min(due.attempts, 12), LONGEST_WAIT) * random.uniform(0.75, 1.25)  # noqa: S311
        until = self._desk.clock() + int(wait)
        work = partial(case_posts.put_off, conversation=due.conversation, until=until)
        return await self._desk.store.write(work)

    async def _sleep(self) -> None:
        seconds = LONGEST_SLEEP
        with contextlib.suppress(DeskError):
            due = await self._desk.store.read(case_posts.next_due)
            if due is not None:
                seconds = min(LONGEST_SLEEP, max(0.05, (due - self._desk.clock()) / 1000))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)
        self._wake.clear()

    def _heard(self, hint: object) -> None:
        if isinstance(hint, Changed) and hint.state.case:
            self._wake.set()
