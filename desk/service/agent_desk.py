"""What agents can do and read, in one place: the console's doors call this and nothing else of the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from desk.attachments.sending import attached
from desk.conversation import events as ev
from desk.conversation.decisions import agent as decisions
from desk.conversation.decisions import supervisor
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.event import Event
from desk.conversation.state import Conversation, Stored
from desk.conversation.surroundings import Now
from desk.errors import BadRequest, NotFound
from desk.service import answers, views
from desk.service.desk import Decide, Delivery, Desk, Done
from desk.service.staff import SUPERVISORS, Staff, allow
from desk.shop.use import SHOP_COMMANDS, ShopDesk
from desk.store import lists, outbox, search, sight
from desk.store import log as event_log
from desk.store.accounts import AgentRow
from desk.texts import Texts

CHANNEL = "console"
LONGEST_QUERY = 200
COMMANDS: dict[str, dict[str, type]] = {
    "claim": {},
    "take_over": {},
    "reply": {"text": str},
    "note": {"text": str},
    "retry": {"seq": int},
    "transfer": {},
    "requeue": {},
    "hold": {"until": int},
    "resolve": {"outcome": str},
    "return_to_bot": {},
    "reopen": {},
    "promise": {"text": str, "due": int},
    "reassign": {},
    "keep": {"promise": str},
    "tag": {"tags": list},
    "shop": {"kind": str, "number": str},
    "approve": {"deed": str},
    "approve_answer": {"turn": str},
    "decline": {"deed": str},
    "mark_answer": {"seq": int},
    "judge_handoff": {"verdict": str},
}
"""The commands about one conversation, with the fields each needs besides `conversation`."""
OPTIONAL = (
    "note", "agent", "team", "cause", "waits_for", "attachments",
    "proof", "amount", "lines", "address", "reason", "text", "promise_due", "seen",
)  # fmt: skip
"""Fields that some commands take besides."""


_ASKS_BEFORE = frozenset({"retry", "approve_answer", "mark_answer", "transfer", "reassign", *SHOP_COMMANDS})
"""Commands that look at something before they decide; the others find out with the decision whether they may."""


class AgentDesk:
    """Commands and readings of signed-in agents."""

    def __init__(self, desk: Desk, texts: Texts, shop: ShopDesk | None = None) -> None:
        self.desk = desk
        self.staff = Staff(desk)
        self.shop = shop
        self._texts = texts

    async def run(self, agent: AgentRow, name: str, conversation: str, command: str, values: dict[str, Any]) -> Done:
        """One of COMMANDS; `command` is the sender's id of it. Raises Refused, NotFound, BadRequest, Unavailable."""
        if name == "reassign":
            allow(agent, SUPERVISORS)
        if name in _ASKS_BEFORE or values.get("attachments"):
            await self.check(agent, conversation)
        if name == "retry":
            again = partial(outbox.retry, conversation=conversation, seq=values["seq"], at=self.desk.clock())
            await self.desk.store.write(again)
            return await self.desk.change(conversation, lambda *_: [])
        ref = AgentRef(id=agent.id, name=agent.display_name)
        if name == "approve_answer":
            return await answers.approve(self.desk, ref, conversation, command, values)
        if name in SHOP_COMMANDS:
            if self.shop is None:
                raise BadRequest("bad_request", "The shop is reached from the console.")
            return await self.shop.run(agent, name, conversation, command, values)
        if name == "mark_answer":
            await self._check_answer(conversation, values["seq"])
        if name == "transfer":
            await self.staff.check_target(values)
        if files := values.get("attachments"):
            values = values | {"attachments": await attached(self.desk, conversation, files, agent.id)}
        if name == "note":
            values = values | {"mentions": await self.staff.mentioned(values["text"])}
        if name == "reassign":
            decide = await self._reassignment(agent, values)
        else:
            decide = _decide(name, ref, command, values)
        theirs = self._seen_by(agent, decide)
        return await self.desk.change(conversation, theirs, delivery=Delivery(CHANNEL, command))

    async def page(self, agent: AgentRow, view: str, after: str | None) -> dict[str, Any]:
        """A page of a list. Raises BadRequest for an unknown view or a foreign cursor."""
        if view not in (*lists.VIEWS, lists.PRACTICE):
            raise BadRequest("bad_request", f"view is one of {', '.join((*lists.VIEWS, lists.PRACTICE))}.")
        try:
            work = partial(lists.page, view=view, agent=agent, after=after, seen=self._seen(agent))
            rows, following = await self.desk.store.read(work)
        except ValueError as error:
            raise BadRequest("bad_request", "This cursor is not one of ours.") from error
        names = await self.names()
        found = [views.summary(row.state, row.profile, names) for row in rows]
        return {"conversations": found, "next": following, "counts": await self.counts(agent)}

    async def search(self, agent: AgentRow, query: str) -> list[dict[str, Any]]:
        """Conversations in which the query's words occur, the latest first."""
        found = await self.desk.store.read(partial(_search, query=query[:LONGEST_QUERY]))
        names = await self.names()
        return [views.summary(row.state, row.profile, names) for row in found if self.sees(agent, row.state)]

    async def counts(self, agent: AgentRow) -> dict[str, int]:
        """How many in each list."""
        return await self.desk.store.read(partial(lists.counts, agent=agent.id, seen=self._seen(agent)))

    async def names(self) -> dict[str, str]:
        """Display names of agents by id."""
        return await self.staff.names()

    def entries(self, stored: Iterable[Stored], state: Conversation, names: dict[str, str]) -> list[views.Entry]:
        """Events that have just come, as entries."""
        return views.for_agent(stored, state, self._texts, names, views.NOTHING_REACHED)

    async def owns(self, agent: AgentRow, conversation: str) -> bool:
        """Whether this agent speaks with the customer."""
        state = await self.desk.store.glance(partial(event_log.load, conversation=conversation))
        return state is not None and state.agent == agent.id

    def sees(self, agent: AgentRow, state: Conversation) -> bool:
        """Whether the conversation is there for this agent (store/sight.py)."""
        return sight.sees(agent, state, apart=self.desk.rules.teams_apart)

    async def check(self, agent: AgentRow, conversation: str) -> None:
        """Raises NotFound for what is not there for this agent, as for what is not there at all."""
        state = await self.desk.store.glance(partial(event_log.load, conversation=conversation))
        if state is None or not self.sees(agent, state):
            raise NotFound("not_found", "There is no such conversation.")

    def _seen_by(self, agent: AgentRow, decide: Decide) -> Decide:
        """The same for what is there for this agent: nobody steps into a colleague's practice either."""

        def decided(state: Conversation, now: Now) -> Sequence[Event]:
            if not self.sees(agent, state):
                raise NotFound("not_found", "There is no such conversation.")
            return decide(state, now)

        return decided

    async def summary(self, conversation: str) -> dict[str, Any]:
        """One row. Raises NotFound."""
        row = await self._row(conversation)
        return views.summary(row.state, row.profile, await self.names())

    async def summaries(self, states: Sequence[Conversation]) -> list[tuple[Conversation, dict[str, Any]]]:
        """(state, summary) of each that is still there, for whoever may see it."""
        these = [state.id for state in states]
        profiles = await self.desk.store.glance(partial(lists.profiles, conversations=these))
        names = await self.names()
        return [(each, views.summary(each, profiles[each.id], names)) for each in states if each.id in profiles]

    async def thread(
        self, conversation: str, after: int = 0
    ) -> tuple[Conversation, list[views.Entry], dict[str, Any] | None]:
        """(state, entries after `after`, packet). Raises NotFound."""
        stored, state, reached = await self.desk.store.read(partial(_whole, conversation=conversation))
        names = await self.names()
        fresh = [each for each in stored if each.seq > after]
        entries = views.for_agent(fresh, state, self._texts, names, reached)
        return state, entries, views.packet(stored)

    async def whole(self, agent: AgentRow, conversation: str) -> dict[str, Any]:
        """Everything about one conversation. Raises NotFound."""
        await self.check(agent, conversation)
        row = await self._row(conversation)
        _, entries, packet = await self.thread(conversation)
        earlier = await self.desk.store.read(partial(lists.earlier, row=row))
        names = await self.names()
        customer = {key: row.profile[key] for key in ("name", "email", "phone")} | {
            "verified": False,
            "earlier": [
                views.summary(each.state, each.profile, names) for each in earlier if self.sees(agent, each.state)
            ],
        }
        return {"summary": await self.summary(conversation), "entries": entries, "packet": packet, "customer": customer}

    def _seen(self, agent: AgentRow) -> sa.ColumnElement[bool]:
        return sight.seen(agent, apart=self.desk.rules.teams_apart)

    async def _row(self, conversation: str) -> lists.Row:
        row = await self.desk.store.read(partial(lists.one, conversation=conversation))
        if row is None:
            raise NotFound("not_found", "There is no such conversation.")
        return row

    async def _check_answer(self, conversation: str, seq: int) -> None:
        """Raises BadRequest unless the event of this number is an answer of the bot's."""
        found = await self.desk.store.read(partial(event_log.read, conversation=conversation, after=seq - 1, limit=1))
        if not (found and found[0].seq == seq and isinstance(found[0].event, ev.BotReplied)):
            raise BadRequest("bad_request", "seq must be that of an answer of the bot's.")

    async def _reassignment(self, by: AgentRow, values: dict[str, Any]) -> Decide:
        """A supervisor moves a case. Raises BadRequest, Refused for an agent who is not at work."""
        await self.staff.check_target(values)
        to = await self.staff.at_work(values["agent"]) if values.get("agent") else None
        boss = AgentRef(id=by.id, name=by.display_name)
        team, why = values.get("team"), _text(values, "note")
        return lambda state, _: supervisor.reassign(state, boss, to_agent=to, to_team=team, why=why)


def _search(connection: sa.Connection, query: str) -> list[lists.Row]:
    return lists.some(connection, search.find(connection, query))


def _whole(connection: sa.Connection, conversation: str) -> tuple[list[Any], Conversation, views.Reached]:
    state = event_log.load(connection, conversation)
    if state is None:
        raise NotFound("not_found", "There is no such conversation.")
    stored = event_log.read(connection, conversation, limit=state.seq)
    reached = views.Reached(outbox.delivered(connection, conversation), outbox.failures(connection, conversation))
    return stored, state, reached


def _decide(name: str, agent: AgentRef, command: str, values: dict[str, Any]) -> Decide:
    """The decision of a command, with its optional fields."""
    note = _text(values, "note")
    files = values.get("attachments") or ()
    due = values.get("promise_due")
    if due is not None and (not isinstance(due, int) or isinstance(due, bool)):
        raise BadRequest("bad_request", "promise_due is a time in milliseconds.")

    def decide(state: Conversation, now: Now) -> Sequence[Event]:
        match name:
            case "claim":
                return decisions.claim(state, agent)
            case "take_over":
                return decisions.take_over(state, now, agent)
            case "reply":
                return decisions.reply(state, now, agent, command, values["text"], files, due=due)
            case "note":
                return decisions.note(now, agent, command, values["text"], files, mentions=values["mentions"])
            case "transfer":
                to_agent, to_team = values.get("agent"), values.get("team")
                return decisions.transfer(state, agent, to_agent=to_agent, to_team=to_team, why=note)
            case "requeue":
                return decisions.requeue(state, now, agent, note)
            case "hold":
                return decisions.put_on_hold(state, now, agent, values["until"], note, values.get("waits_for"))
            case "resolve":
                cause = _text(values, "cause") or None
                scales = now.rules.survey_person
                return decisions.resolve(state, agent, values["outcome"], cause, scales, seen=_seq(values, "seen"))
            case "return_to_bot":
                return decisions.return_to_bot(state, agent, seen=_seq(values, "seen"))
            case "tag":
                return decisions.tag(state, agent, values["tags"])
            case "mark_answer":
                return decisions.mark_answer(agent, values["seq"])
            case "judge_handoff":
                return decisions.judge_handoff(state, agent, values["verdict"])
            case "reopen":
                return decisions.reopen(state, agent)
            case "keep":
                return decisions.keep(state, agent, values["promise"])
            case _:
                return decisions.promise(state, now, agent, values["text"], values["due"])

    return decide


def _seq(values: dict[str, Any], name: str) -> int | None:
    """An optional number of an event. Raises BadRequest."""
    seq = values.get(name)
    if seq is not None and (not isinstance(seq, int) or isinstance(seq, bool)):
        raise BadRequest("bad_request", f"{name} is the number of an event.")
    return seq


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name) or ""
    if not isinstance(value, str):
        raise BadRequest("bad_request", f"{name} must be a text.")
    return value[:2_000]
