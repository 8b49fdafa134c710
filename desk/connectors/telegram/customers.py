"""From what was heard to the customer's commands on the desk."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.telegram.files import Files
from desk.connectors.telegram.updates import Blocked, Called, Commanded, Edited, Heard, Pressed, Sent, Wrote
from desk.connectors.tickets import Tickets
from desk.conversation import events as ev
from desk.conversation.refusal import Refused
from desk.conversation.state import Owner
from desk.errors import NotFound
from desk.service.desk import Done
from desk.texts import Texts

CHANNEL = "telegram"
ALBUMS = 1_000
TOAST = 200

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Told:
    """What may be shown at once. `toast`: what was pressed. `bot_thinks`: an answer is on its way."""

    toast: str | None = None
    say: str | None = None
    """Told in the chat outside any conversation: the conversation is gone."""
    bot_thinks: bool = False


class Customers:
    """`take` returns when the desk has stored it."""

    def __init__(self, desk: CustomerDesk, words: Texts, tickets: Tickets, files: Files) -> None:
        self._desk = desk
        self._tickets = tickets
        self._files = files
        self._words = words
        self._albums: OrderedDict[str, None] = OrderedDict()

    async def take(self, heard: Heard) -> Told:
        """Any but Called. What the desk refuses is left silently: there is no mending it in Telegram."""
        try:
            if isinstance(heard, Blocked):
                await self._desk.addresses.set_reachable(CHANNEL, _key(heard), not heard.blocked)
                return Told()
            if isinstance(heard, Pressed) and heard.data == "erase":
                return await self._erase(heard)
            done = await self._do(heard, await self._where(heard))
        except Refused as error:
            log.info("telegram_refused", what=type(heard).__name__, code=error.code)
            known = {"expired": "join_expired", "busy": "join_busy"}.get(error.code)
            return Told(self._words.say(known, heard.locale) if known else None)
        if done is None or done.changed is None:
            return Told()
        wrote = [each.event for each in done.changed.stored if isinstance(each.event, ev.CustomerWrote)]
        toast = wrote[0].text[:TOAST] if wrote else None
        return Told(toast, bot_thinks=bool(wrote and wrote[-1].for_bot and done.state.owner is Owner.BOT))

    async def show_way(self, called: Called, link: str) -> None:
        """In a group everybody reads along: nothing is kept of what was said, and the only answer is where to go on."""
        await self._desk.explain(*await self._where(called), "group", link=link)

    async def _where(self, heard: Heard) -> tuple[str, str, str, str]:
        conversation = await self._desk.addresses.conversation_at(CHANNEL, _key(heard), {"chat": heard.chat})
        return conversation, CHANNEL, heard.locale, heard.id

    async def _do(self, heard: Heard, where: tuple[str, str, str, str]) -> Done | None:
        match heard:
            case Wrote():
                return await self._desk.write(*where, heard.text, name=heard.name)
            case Commanded():
                return await self._command(heard, where)
            case Sent():
                return await self._keep(heard, where)
            case Edited():
                line = f"{self._named('edit', heard)} {heard.text}"
                return await self._desk.send_unread(*where, line, answer="edited", name=heard.name, changes=heard.of)
            case Pressed():
                return await self._press(heard, where)
            case _:
                return None

    async def _command(self, heard: Commanded, where: tuple[str, str, str, str]) -> Done:
        name, (conversation, channel, locale, id) = heard.name, where
        match heard.command:
            case "human":
                if heard.rest:
                    await self._desk.write(conversation, channel, locale, f"{id}t", heard.rest, name=name)
                return await self._desk.ask_for_person(*where, name=name)
            case "delete":
                text = f"/{heard.command} {heard.rest}".strip()
                return await self._desk.ask_for_erasure(*where, text, name=name)
            case "language" if heard.rest:
                return await self._desk.choose_language(*where, heard.rest.lower())
            case "language":
                return await self._desk.explain(*where, "language", name=name)
            case _:
                return await self._desk.explain(*where, "help", name=name)

    async def _keep(self, heard: Sent, where: tuple[str, str, str, str]) -> Done:
        """A line that names it; what was written below it is a message like any other."""
        line = f"{self._named(heard.kind, heard)} {heard.detail}".strip()
        conversation, channel, locale, id = where
        known = heard.album in self._albums
        if heard.album and not known:
            self._albums[heard.album] = None
            if len(self._albums) > ALBUMS:
                self._albums.popitem(last=False)
        files: Sequence[str] = ()
        if heard.file:
            files = await self._files.fetch(conversation, heard.file, heard.file_name, heard.size)
        told = "file_kept" if files else "unread"
        answer = told if heard.asks and not heard.caption and not known else None
        kept = await self._desk.send_unread(
            conversation, channel, locale, f"{id}m", line, answer=answer, name=heard.name, attachments=files
        )
        return await self._desk.write(*where, heard.caption) if heard.caption.strip() else kept

    async def _press(self, heard: Pressed, where: tuple[str, str, str, str]) -> Done:
        what, *numbers = heard.data.split(".")
        if what == "join" and len(numbers) == 1:
            return await self._join(heard, numbers[0])
        if what == "language" and len(numbers) == 1:
            return await self._desk.choose_language(*where, numbers[0])
        if not all(each.isdecimal() and each.isascii() and len(each) <= 9 for each in numbers) or len(numbers) != 2:
            raise Refused("bad_request", "This is no button of ours.")
        first, second = map(int, numbers)
        if what == "rate":
            return await self._desk.rate(*where, first, second, "")
        return await self._desk.press(*where, first, second)

    async def _erase(self, heard: Pressed) -> Told:
        """Telegram vouches that the press comes from this chat: that is the proof. What people are at work on goes to
        them, so that nobody's case vanishes under their hands."""
        conversation = await self._desk.addresses.known_at(CHANNEL, _key(heard))
        try:
            if conversation:
                await self._desk.moves.erase(conversation)
        except NotFound:
            pass  # only the address was there, and is written anew with the next message
        except Refused as error:
            if error.code == "busy" and conversation:
                await self._desk.ask_for_erasure(conversation, CHANNEL, heard.locale, heard.id, "/delete")
                return Told()
        return Told(say=self._words.say("erased", heard.locale))

    async def _join(self, heard: Pressed, ticket: str) -> Done:
        conversation = self._tickets.read(ticket, self._desk.now())
        if conversation is None:
            raise Refused("expired", "The ticket is too old, or none of ours.")
        return await self._desk.moves.go_on_in(
            conversation, CHANNEL, _key(heard), {"chat": heard.chat}, heard.id, CHANNEL.capitalize()
        )

    def _named(self, kind: str, heard: Heard) -> str:
        return f"[{self._words.say(f'sent_{kind}', heard.locale)}]"


def _key(heard: Heard) -> str:
    return str(heard.chat)
