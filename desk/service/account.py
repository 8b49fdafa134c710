"""What agents do with their own accounts: sessions, password, second step."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from desk.errors import BadRequest, Forbidden, NotFound
from desk.service.accounts import SHORTEST_PASSWORD, Accounts, SignedIn, hash_password
from desk.service.desk import Desk
from desk.service.hub import SignedOut
from desk.service.second_step import SecondSteps, address_for_app, picture
from desk.store import deeds, sign_in, staff
from desk.store.accounts import hashed

LONGEST_PASSWORD = 1_000


@dataclass(frozen=True, slots=True)
class Proof:
    """That the agent sits there, and not somebody at a console that was left open. `code` where there is a second
    step; `address` against guessing."""

    password: str
    code: str
    address: str


class OwnAccount:
    """Sessions can be ended at any time; every other change wants a Proof."""

    def __init__(self, desk: Desk, accounts: Accounts, steps: SecondSteps) -> None:
        self._desk = desk
        self._accounts = accounts
        self._steps = steps

    async def show(self, me: SignedIn) -> dict[str, Any]:
        """Sessions and second step."""
        mine = await self._sessions(me)
        step = await self._desk.store.read(partial(sign_in.second_step, agent=me.agent.id))
        shown = ("id", "device", "created_at", "seen_at")
        current = hashed(me.token)
        sessions = [{name: each[name] for name in shown} | {"current": each["token_hash"] == current} for each in mine]
        return {
            "sessions": sessions,
            "second_step": step.secret is not None,
            "second_step_asked": self._accounts.asks(me.agent.role),
            "recovery_left": len(step.recovery),
            "shortest_password": SHORTEST_PASSWORD,
        }

    async def end_sessions(self, me: SignedIn, session: str | None) -> None:
        """End one session of mine, or all but this one. Raises NotFound."""
        current = hashed(me.token)
        mine = {each["id"]: each["token_hash"] for each in await self._sessions(me)}
        if session is None:
            return await self._end(me, [each for each in mine.values() if each != current])
        if session not in mine:
            raise NotFound("not_found", "There is no such session.")
        return await self._end(me, [mine[session]])

    async def change_password(self, me: SignedIn, proof: Proof, wanted: str) -> None:
        """All other sessions end. Raises NotSignedIn, TooMany, BadRequest."""
        await self._prove(me, proof)
        if not SHORTEST_PASSWORD <= len(wanted) <= LONGEST_PASSWORD or wanted.casefold() == me.agent.name.casefold():
            raise BadRequest("bad_password", f"A password has at least {SHORTEST_PASSWORD} characters.")
        password_hash = await asyncio.to_thread(hash_password, wanted)
        changes = {"password_hash": password_hash}
        await self._write(me, "password_changed", partial(staff.change_agent, agent=me.agent.id, changes=changes))
        await self.end_sessions(me, None)

    async def begin_second_step(self, me: SignedIn, proof: Proof) -> dict[str, Any]:
        """A secret for the app, shown this once. Raises NotSignedIn, TooMany."""
        await self._prove(me, proof)

        def begin(connection: sa.Connection) -> str:
            step, secret = self._steps.begin(sign_in.second_step(connection, me.agent.id))
            sign_in.set_second_step(connection, me.agent.id, step)
            return secret

        secret = await self._desk.store.write(begin)
        where = address_for_app(secret, me.agent.name)
        return {"secret": secret, "address": where, "picture": picture(where)}

    async def confirm_second_step(self, me: SignedIn, code: str) -> dict[str, Any]:
        """It counts from now on; the recovery codes, shown this once. Raises BadRequest."""

        def confirm(connection: sa.Connection) -> list[str]:
            step, codes = self._steps.confirm(sign_in.second_step(connection, me.agent.id), code, self._desk.clock())
            sign_in.set_second_step(connection, me.agent.id, step)
            return codes

        codes = await self._write(me, "second_step_on", confirm)
        await self.end_sessions(me, None)
        return {"recovery": codes}

    async def drop_second_step(self, me: SignedIn, proof: Proof) -> None:
        """The password alone from now on. Raises NotSignedIn, TooMany; Forbidden where the shop asks for it."""
        if self._accounts.asks(me.agent.role):
            raise Forbidden("second_step_due", "This shop asks your role for a second step; an admin can reset it.")
        await self._prove(me, proof)
        await self._write(me, "second_step_off", partial(sign_in.drop_second_step, agent=me.agent.id))

    async def _prove(self, me: SignedIn, proof: Proof) -> None:
        await self._accounts.prove(me.agent, proof.password[:LONGEST_PASSWORD], proof.address, proof.code[:64])

    async def _sessions(self, me: SignedIn) -> list[dict[str, Any]]:
        work = partial(sign_in.sessions, agent=me.agent.id, now=self._desk.clock())
        return await self._desk.store.read(work)

    async def _end(self, me: SignedIn, token_hashes: list[str]) -> None:
        if token_hashes:
            await self._write(me, "sessions_ended", partial(sign_in.end, token_hashes=token_hashes))
        for token_hash in token_hashes:
            self._desk.hub.tell(SignedOut(me.agent.id, token_hash))

    async def _write(self, me: SignedIn, what: str, work: Any) -> Any:
        """Do it, and note on the audit log that it was done."""

        def write(connection: sa.Connection) -> Any:
            done = work(connection)
            deeds.note(connection, me.agent.id, what, self._desk.clock(), target=me.agent.id)
            return done

        return await self._desk.store.write(write)
