"""Hints between desk processes over Redis: what is told in one is heard in all.

Hints are not the truth, so Redis may be lost: while this process hears nothing, it reads the log's new events itself,
and when Redis is back, what was missed in between.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any

import redis.asyncio as redis
import structlog
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from desk.errors import DeskError
from desk.service.desk import Desk
from desk.service.hints import pack, unpack
from desk.service.hub import HERE, Changed, Peopled
from desk.store import tail

log = structlog.get_logger()
CHANNEL = "aspa:hints"
WAITING = 20_000
"""Hints that wait for a Redis that is away; beyond that the others are told to read the log."""
BEAT_SECONDS = 2.0
REMEMBERED = 10_000
"""Conversations of which is known what was told."""
GONE_SECONDS = 10.0
"""A process that was not heard of for so long has gone."""
TAIL_SECONDS = 0.5
"""How often the log is read while Redis is away."""
RETRY_SECONDS = 0.5
TOLD_AGAIN_SECONDS = 5.0
"""What fails at once, again and again, stands in the log once."""


class Relay:
    """One a process. `url` as redis-py takes it: redis://…, rediss://…"""

    def __init__(self, desk: Desk, url: str) -> None:
        self.connected = False
        self._desk = desk
        # No retries inside: while it is away we do something else.
        limits: dict[str, Any] = {"socket_connect_timeout": 2, "socket_timeout": 5, "health_check_interval": 2}
        self._redis = redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0), **limits)
        self._out: asyncio.Queue[bytes] = asyncio.Queue(WAITING)
        self._lost_from: int | None = None
        """Where the log stood when hints for the others were dropped."""
        self._position = 0
        self._earlier = 0
        """Where the log stood at the latest beat, and at the one before: what was heard of surely."""
        self._known: OrderedDict[str, int] = OrderedDict()
        self._others: dict[str, float] = {}
        desk.hub.listen(self._told, HERE)

    async def run(self) -> None:
        """Until it is cancelled."""
        self._position = self._earlier = await self._desk.store.read(tail.position)
        try:
            async with asyncio.TaskGroup() as group:
                for part in (self._publish, self._listen, self._follow_the_log, self._beat):
                    group.create_task(self._forever(part))
        finally:
            await self._redis.aclose()

    async def _forever(self, part: Callable[[], Any]) -> None:
        name, quiet = part.__name__.strip("_"), False
        while True:
            began = time.monotonic()
            try:
                await part()
            except (RedisError, OSError, DeskError) as error:
                if not quiet or time.monotonic() - began > TOLD_AGAIN_SECONDS:
                    log.warning("relay_waits", part=name, error=str(error))
                quiet = True
            except Exception:
                log.exception("relay_failed", part=name)
            await asyncio.sleep(RETRY_SECONDS)

    # To the others

    def _told(self, hint: Any) -> None:
        self._is_news(hint)
        if (packed := pack(hint, self._desk.hub.process)) is not None:
            self._send(packed)

    def _send(self, packed: bytes) -> None:
        if self._out.full():
            if self._lost_from is None:
                self._lost_from = self._earlier
            self._out.get_nowait()
        self._out.put_nowait(packed)

    async def _publish(self) -> None:
        while True:
            if self._lost_from is not None:
                await self._redis.publish(CHANNEL, self._word("Behind", after=self._lost_from))
                self._lost_from = None
            waiting = [await self._out.get()]
            while not self._out.empty() and len(waiting) < 100:
                waiting.append(self._out.get_nowait())
            try:
                async with self._redis.pipeline(transaction=False) as pipe:
                    for each in waiting:
                        pipe.publish(CHANNEL, each)
                    await pipe.execute()
            except (RedisError, OSError):
                self._lost_from = self._earlier if self._lost_from is None else self._lost_from
                raise

    def _word(self, hint: str, **body: Any) -> bytes:
        return json.dumps({"from": self._desk.hub.process, "hint": hint, "body": body}).encode()

    # From the others

    async def _listen(self) -> None:
        async with self._redis.pubsub(ignore_subscribe_messages=True) as pubsub:
            await pubsub.subscribe(CHANNEL)
            await pubsub.get_message(timeout=2)  # the subscription stands: from here on nothing is missed
            await self._catch_up(self._earlier)
            self.connected = True
            log.info("relay_connected")
            self._send(self._word("Here"))
            try:
                while True:
                    message = await pubsub.get_message(timeout=GONE_SECONDS)
                    if message is not None:
                        await self._hear(json.loads(message["data"]))
            finally:
                self.connected = False

    async def _hear(self, message: dict[str, Any]) -> None:
        process, hint, body = message["from"], message["hint"], message["body"]
        if process == self._desk.hub.process:
            return
        known = process in self._others
        self._others[process] = asyncio.get_running_loop().time()
        if not known:
            log.info("desk_process_came", process=process)
            self._desk.hub.hear(Peopled(process, here=True))
        if hint == "Behind":
            await self._catch_up(int(body["after"]))
        elif hint != "Here" and (unpacked := unpack(hint, body)) is not None and self._is_news(unpacked):
            self._desk.hub.hear(unpacked)

    async def _follow_the_log(self) -> None:
        """While nothing is heard over Redis."""
        after = 0
        while True:
            await asyncio.sleep(TAIL_SECONDS)
            after = 0 if self.connected else await self._catch_up(max(after, self._earlier))

    async def _catch_up(self, after: int) -> int:
        """Tell what the log has after this position; where it ends now."""
        end, missed = await self._desk.store.read(partial(tail.changes, after=after, known=self._known.copy()))
        for change in missed:
            changed = Changed(*change)
            if self._is_news(changed):
                self._desk.hub.hear(changed)
        return end

    def _is_news(self, hint: Any) -> bool:
        """False for a change that was told here already. Remembers what is told of the latest conversations."""
        if isinstance(hint, Changed):
            conversation, seq = hint.state.id, hint.state.seq
            told = self._known.pop(conversation, 0)
            self._known[conversation] = max(told, seq)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            return seq > told
        return True

    async def _beat(self) -> None:
        """I am here; who is not any more; and how far the log has come."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            self._send(self._word("Here"))
            for process, heard in list(self._others.items()):
                if self.connected and loop.time() - heard > GONE_SECONDS:
                    del self._others[process]
                    log.info("desk_process_gone", process=process)
                    self._desk.hub.hear(Peopled(process, here=False))
            if self.connected:
                self._earlier, self._position = self._position, await self._desk.store.read(tail.position)
