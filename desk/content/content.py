"""Draft → preview → publish → undo, for everything that the shop says; who did it when stands on the audit log."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desk.content.pieces import KEY, Kind
from desk.content.wording import ALL, LONGEST, Fields, Texts
from desk.errors import BadRequest, NotFound
from desk.service.desk import Desk
from desk.service.staff import SUPERVISORS, Staff, allow
from desk.store import content as rows
from desk.store import deeds
from desk.store.accounts import AgentRow
from desk.texts import LOCALES


class Content:
    """Every method takes who asks, fresh from the store, and raises Forbidden unless a supervisor does. `published` is
    called when files have changed."""

    def __init__(self, desk: Desk, kinds: dict[str, Kind], published: Callable[[], None]) -> None:
        self._desk = desk
        self._staff = Staff(desk)
        self._kinds = kinds
        self._published = published
        self._writing = asyncio.Lock()

    async def all(self, by: AgentRow) -> dict[str, Any]:
        """All pieces by kind, with what they are called and whether a draft waits."""
        allow(by, SUPERVISORS)
        waiting = await self._desk.store.read(rows.drafts)

        def pieces(name: str, kind: Kind) -> list[dict[str, Any]]:
            keys = dict.fromkeys([*kind.keys(), *(key for each, key in sorted(waiting) if each == name)])
            return [
                {"key": key, "title": _title(kind.read(key), by.locale), "draft": (name, key) in waiting}
                for key in keys
            ]

        found = await asyncio.to_thread(lambda: {name: pieces(name, kind) for name, kind in self._kinds.items()})
        return {"kinds": {name: {"adds": self._kinds[name].adds, "pieces": each} for name, each in found.items()}}

    async def one(self, by: AgentRow, name: str, key: str) -> dict[str, Any]:
        """A piece as it stands, its draft and its editions. Raises NotFound for neither file nor draft."""
        allow(by, SUPERVISORS)
        kind = self._kind(name, key)
        stands = await asyncio.to_thread(kind.read, key)
        draft = await self._desk.store.read(partial(rows.draft, kind=name, key=key))
        editions = await self._desk.store.read(partial(rows.editions, kind=name, key=key))
        if stands is None and draft is None and not editions:
            raise NotFound("not_found", "There is no such text.")
        names = await self._staff.names()
        history = [
            {"number": each["number"], "at": each["at"], "by": names.get(each["by"], each["by"])} for each in editions
        ]
        told = draft | {"by": names.get(draft["by"], draft["by"])} if draft else None
        return {"stands": stands, "draft": told, "editions": history, "adds": kind.adds}

    async def save(self, by: AgentRow, name: str, key: str, fields: Any) -> None:
        """Keep a draft; it need not be whole yet. Raises BadRequest."""
        allow(by, SUPERVISORS)
        self._kind(name, key)
        wanted = _fields(fields)
        now = self._desk.clock()

        def write(connection: sa.Connection) -> None:
            rows.save_draft(connection, name, key, wanted, by.id, now)
            deeds.note(connection, by.id, "content_drafted", now, kind=name, key=key)

        await self._desk.store.write(write)

    async def drop(self, by: AgentRow, name: str, key: str) -> None:
        """The draft is not wanted."""
        allow(by, SUPERVISORS)
        await self._desk.store.write(partial(rows.drop_draft, kind=name, key=key))

    async def publish(self, by: AgentRow, name: str, key: str) -> None:
        """The draft becomes what the shop says. Raises BadRequest naming what is missing."""
        allow(by, SUPERVISORS)
        draft = await self._desk.store.read(partial(rows.draft, kind=name, key=key))
        if draft is None:
            raise BadRequest("not_possible", "There is no draft to publish.")
        await self._put(by, name, key, draft["fields"], "content_published")

    async def remove(self, by: AgentRow, name: str, key: str) -> None:
        """Take a piece away; its editions bring it back. Raises BadRequest."""
        allow(by, SUPERVISORS)
        await self._put(by, name, key, None, "content_removed")

    async def undo(self, by: AgentRow, name: str, key: str) -> None:
        """What stood before the last edition stands again; twice is the way forth. Raises BadRequest."""
        allow(by, SUPERVISORS)
        editions = await self._desk.store.read(partial(rows.editions, kind=name, key=key))
        if not editions:
            raise BadRequest("not_possible", "Nothing has been published here yet.")
        await self._put(by, name, key, editions[0]["before"], "content_undone")

    async def _put(self, by: AgentRow, name: str, key: str, fields: Fields | None, what: str) -> None:
        kind = self._kind(name, key)
        async with self._writing:
            before = await asyncio.to_thread(kind.read, key)
            texts = await asyncio.to_thread(kind.write, key, fields)
            await asyncio.to_thread(_write, texts)
            now = self._desk.clock()

            def note(connection: sa.Connection) -> None:
                after = _plain(fields)
                rows.add_edition(connection, name, key, _plain(before), after, by.id, now)
                rows.drop_draft(connection, name, key)
                deeds.note(connection, by.id, what, now, kind=name, key=key)

            await self._desk.store.write(note)
        self._published()

    def _kind(self, name: str, key: str) -> Kind:
        if name not in self._kinds or not KEY.fullmatch(key):
            raise NotFound("not_found", "There is no such text.")
        return self._kinds[name]


def _write(texts: Texts) -> None:
    """Each file in one step. Raises BadRequest where the desk may not write."""
    try:
        for path, text in texts.items():
            if text is None:
                path.unlink(missing_ok=True)
                continue
            draft = path.with_name(f".{path.name}.{os.getpid()}")
            draft.write_text(text, encoding="utf-8")
            draft.replace(path)
    except OSError as error:
        where = Path(error.filename or "data").name
        raise BadRequest("not_possible", f"{where} cannot be written on this machine: {error.strerror}.") from error


def _title(fields: Fields | None, locale: str) -> str:
    own = (fields or {}).get(locale) or {}
    return (own.get("title") or own.get("text") or "")[:80]


def _plain(fields: Fields | None) -> dict[str, dict[str, str]] | None:
    return {locale: dict(one) for locale, one in fields.items()} if fields is not None else None


def _fields(fields: Any) -> dict[str, dict[str, str]]:
    if not isinstance(fields, dict) or not set(fields) <= {ALL, *LOCALES}:
        raise BadRequest("bad_request", f"fields are by language: {', '.join(LOCALES)}, {ALL}.")
    for one in fields.values():
        if not isinstance(one, dict) or len(one) > 8:
            raise BadRequest("bad_request", "The fields of a language are an object of texts.")
        if not all(
            isinstance(key, str) and isinstance(text, str) and len(text) <= LONGEST for key, text in one.items()
        ):
            raise BadRequest("bad_request", f"A field is a text of at most {LONGEST} characters.")
    return fields
