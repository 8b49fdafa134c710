"""Agents' accounts: signing in, sessions, throttling of guesses."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from functools import cache, partial

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from desk.conversation.rules import HOUR, MINUTE, SECOND
from desk.errors import Forbidden, NotSignedIn, SetupError, TooMany
from desk.service.desk import Desk
from desk.service.second_step import SecondSteps
from desk.store import accounts, sign_in
from desk.store.accounts import AgentRow

SESSION = 12 * HOUR
SHORTEST_PASSWORD = 12
FREE_TRIES = 5
LONGEST_WAIT = 15 * MINUTE
ADDRESS_FACTOR = 4
"""An office shares an address: it has this many times the tries of an account."""

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    """The hash that is checked when the name is unknown, so that an unknown name takes as long as a wrong password."""
    return _hasher.hash(secrets.token_urlsafe(16))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session: `token` goes into the cookie, `csrf` to the console's code. `due`: the shop asks this role for a
    second step, and until it is set up the session opens nothing but the agent's own account."""

    agent: AgentRow
    token: str
    csrf: str
    due: bool = False


class Accounts:
    """Who may work here. `asked`: roles that sign in with a second step."""

    def __init__(self, desk: Desk, steps: SecondSteps, asked: frozenset[str] = frozenset()) -> None:
        self._desk = desk
        self._steps = steps
        self._asked = asked

    async def sign_in(self, name: str, password: str, address: str, code: str = "", device: str = "") -> SignedIn:
        """`code`: of the second step, for accounts that have one. Raises NotSignedIn: bad_credentials for a wrong name
        or password alike, second_step where a code is due, bad_code; TooMany after too many wrong ones."""
        row = await self._prove(name, password, address, code)
        due = await self._desk.store.read(partial(self._is_due, agent=row))
        signed_in = SignedIn(row, secrets.token_urlsafe(32), secrets.token_urlsafe(24), due)
        begin = partial(self._begin, signed_in=signed_in, account=_key("account", name), device=device)
        await self._desk.store.write(begin)
        return signed_in

    async def prove(self, agent: AgentRow, password: str, address: str, code: str = "") -> None:
        """That it is the agent who sits there. Raises as `sign_in` does."""
        await self._prove(agent.name, password, address, code)
        await self._desk.store.write(partial(accounts.forget_failures, key=_key("account", agent.name)))

    async def _prove(self, name: str, password: str, address: str, code: str) -> AgentRow:
        await self._desk.store.read(partial(self._check_throttle, keys=_limits(name, address)))
        found = await self._desk.store.read(partial(accounts.agent_by, name=name))
        nobody = await asyncio.to_thread(_nobody)  # asked for in any case: the first time takes long
        row, password_hash = found or (None, nobody)
        right = await asyncio.to_thread(_verify, password_hash, password)
        if row is None or not right or not row.active:
            await self._count(name, address)
            raise NotSignedIn("bad_credentials", "The name or the password is not right.")
        if not await self._desk.store.write(partial(self._take_code, agent=row.id, code=code)):
            if not code:
                raise NotSignedIn("second_step", "Give the code of the authenticator app, too.")
            await self._count(name, address)
            raise NotSignedIn("bad_code", "The code is not right, or was used already.")
        return row

    async def _count(self, name: str, address: str) -> None:
        await self._desk.store.write(partial(_count, keys=tuple(_limits(name, address)), at=self._desk.clock()))

    def _take_code(self, connection: sa.Connection, agent: str, code: str) -> bool:
        """Whether the second step is done, or there is none."""
        step = sign_in.second_step(connection, agent)
        if step.secret is None:
            return True
        taken = self._steps.take(step, code, self._desk.clock())
        if taken is None:
            return False
        sign_in.set_second_step(connection, agent, taken)
        return True

    async def session(self, token: str | None) -> SignedIn:
        """The session of a cookie, for work. Raises NotSignedIn, Forbidden (second_step_due)."""
        signed_in = await self.own_session(token)
        if signed_in.due:
            raise Forbidden("second_step_due", "Set up the second step of your sign-in first.")
        return signed_in

    async def own_session(self, token: str | None) -> SignedIn:
        """The same for the agent's own account: there a second step that is due can be set up. Raises NotSignedIn."""
        if token and (found := await self._desk.store.glance(partial(self._session, token=token))):
            return found
        raise NotSignedIn("not_signed_in", "Sign in first.")

    def asks(self, role: str) -> bool:
        """Whether accounts of this role sign in with a second step."""
        return role in self._asked

    def _session(self, connection: sa.Connection, token: str) -> SignedIn | None:
        found = accounts.agent_session(connection, token, self._desk.clock())
        return SignedIn(found[0], token, found[1], self._is_due(connection, found[0])) if found else None

    def _is_due(self, connection: sa.Connection, agent: AgentRow) -> bool:
        return self.asks(agent.role) and sign_in.second_step(connection, agent.id).secret is None

    async def sign_out(self, token: str) -> None:
        """End one session."""
        await self._desk.store.write(partial(accounts.end_agent_session, token=token))

    async def add(self, name: str, display_name: str, role: str, password: str) -> None:
        """A new account. Raises SetupError when the name is taken."""
        row = AgentRow(
            id="a_" + secrets.token_urlsafe(12),
            name=name,
            display_name=display_name,
            role=role,
            locale="fi",
            presence="online",
            active=True,
        )
        password_hash = await asyncio.to_thread(hash_password, password)
        adding = partial(accounts.add_agent, row=row, password_hash=password_hash, at=self._desk.clock())
        try:
            await self._desk.store.write(adding)
        except sa.exc.IntegrityError as error:
            raise SetupError(f"There is an agent {name} already; choose another name.") from error

    async def none_yet(self) -> bool:
        """Whether nobody can sign in yet."""
        return not await self._desk.store.read(accounts.active_agents)

    def _check_throttle(self, connection: sa.Connection, keys: dict[str, int]) -> None:
        now = self._desk.clock()
        for key, free in keys.items():
            count, last_at = accounts.failures(connection, key)
            if count < free:
                continue
            wait = min(SECOND * 2 ** min(count - free, 20), LONGEST_WAIT)
            if now < last_at + wait:
                seconds = -(-(last_at + wait - now) // 1000)
                raise TooMany("rate_limited", f"Too many tries; wait {seconds} seconds.", retry_after=seconds)

    def _begin(self, connection: sa.Connection, signed_in: SignedIn, account: str, device: str) -> None:
        now = self._desk.clock()
        accounts.forget_failures(connection, account)
        accounts.add_agent_session(
            connection, signed_in.token, signed_in.agent.id, signed_in.csrf, now, now + SESSION, device=device
        )


def hash_password(password: str) -> str:
    """What is kept of a password. Slow on purpose: belongs into a thread."""
    return _hasher.hash(password)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _limits(name: str, address: str) -> dict[str, int]:
    """Free tries by key."""
    return {_key("account", name): FREE_TRIES, _key("address", address): FREE_TRIES * ADDRESS_FACTOR}


def _count(connection: sa.Connection, keys: tuple[str, ...], at: int) -> None:
    for key in keys:
        accounts.count_failure(connection, key, at)


def _key(kind: str, value: str) -> str:
    return f"{kind}:{hashlib.sha256(value.casefold().encode()).hexdigest()}"
