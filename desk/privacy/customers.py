"""What a customer may ask for (GDPR Art. 15, 17, 20), done: a copy, and erasure. Each is put on the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog

from desk.bot.client import BotClient
from desk.bot.spread import Bots
from desk.conversation import events as ev
from desk.conversation.decisions import privacy
from desk.errors import BotBroken, BotUnavailable, NotFound
from desk.mail.outbox import blank
from desk.privacy import finding
from desk.privacy.archive import archive
from desk.privacy.exporting import Export, export
from desk.privacy.finding import Found
from desk.sealing import Seal
from desk.service.desk import Desk
from desk.settings import Settings
from desk.store import deeds, profiles
from desk.store import log as event_log
from desk.store.tidying import leave_nothing
from desk.texts import Texts

log = structlog.get_logger()
OPERATOR = "operator"
"""Who did it, where it was done by a command on the machine."""


@dataclass(frozen=True, slots=True)
class Erased:
    """Of how many conversations; `left_to_bot`: it was not there, and erases its part of these when it is."""

    conversations: int
    left_to_bot: int


class CustomerData:
    """`texts`: what the desk itself says; `words` of data/privacy, `deed_words` of data/case; `mails`: the file of the
    demo's mailbox."""

    def __init__(
        self,
        desk: Desk,
        bot: BotClient | Bots,
        texts: Texts,
        words: Texts,
        deed_words: Texts,
        shop: str,
        mails: Path,
        seal: Seal | None = None,
    ) -> None:
        self._desk = desk
        self._bot = bot
        self._texts = texts
        self._words = words
        self._deed_words = deed_words
        self._shop = shop
        self._mails = mails
        self._seal = seal or Seal()

    @classmethod
    def of_shop(cls, desk: Desk, bot: BotClient | Bots, settings: Settings) -> CustomerData:
        """With the shop's words. Raises SetupError."""
        texts, words, done = (Texts.load(settings.data / each, settings.zone) for each in ("system", "privacy", "case"))
        mails = settings.var / "mail" / "outbox.jsonl"
        return cls(desk, bot, texts, words, done, settings.shop_name, mails, Seal(settings.file_keys))

    async def of_email(self, email: str) -> Found:
        """The conversations of an address."""
        return await self._desk.store.read(partial(finding.of_email, email=email))

    async def of_conversation(self, conversation: str) -> Found:
        """This conversation, and those in which its customer's address was proved. Raises NotFound."""
        if await self._desk.store.read(partial(event_log.load, conversation=conversation)) is None:
            raise NotFound("not_found", "There is no such conversation.")
        email = await self._desk.store.read(partial(finding.email_of, conversation=conversation))
        found = await self.of_email(email) if email else Found((), ())
        theirs = (*(each for each in found.theirs if each != conversation), conversation)
        return Found(theirs, tuple(each for each in found.unproved if each != conversation))

    async def export(self, found: Found, by: str) -> Export:
        """Everything that is kept of these conversations."""
        now = self._desk.clock()
        of_shop = partial(export, texts=self._texts, seal=self._seal, shop=self._shop, at=now)
        work = partial(of_shop, conversations=found.theirs, withheld=len(found.unproved))
        made = await self._desk.store.read(work)
        for conversation in found.theirs:
            note = partial(deeds.note, agent=by, what="CustomerExported", at=now, conversation=conversation)
            await self._desk.store.write(note)
            if by != OPERATOR:
                await self._keep_promise(conversation)
        return made

    async def archive(self, found: Found, by: str) -> bytes:
        """The copy as one file, in the language of the latest conversation."""
        made = await self.export(found, by)
        told = made.facts["conversations"]
        return archive(made, told[-1]["language"] if told else "en", self._words, self._deed_words)

    async def erase(self, found: Found, by: str) -> Erased:
        """For good: here, in the bot, in the demo's mailbox. The logs keep that it was done."""
        left = 0
        for conversation in found.theirs:
            profile = await self._desk.store.read(partial(profiles.load, conversation=conversation))
            await self._desk.change(conversation, lambda state, _: privacy.erase(state, by))
            if by == OPERATOR:
                what = partial(deeds.note, agent=by, what="Erased", at=self._desk.clock(), conversation=conversation)
                await self._desk.store.write(what)
            if profile.email:
                blank(self._mails, profile.email)
            left += not await self._bot_forgets(conversation)
        await leave_nothing(self._desk.store)
        return Erased(len(found.theirs), left)

    async def _bot_forgets(self, conversation: str) -> bool:
        """Now if it is there; the worker goes on asking it otherwise."""
        try:
            await self._bot.erase(conversation)
        except (BotUnavailable, BotBroken) as error:
            log.warning("bot_forgets_later", conversation=conversation, error=str(error))
            return False
        await self._desk.change(conversation, lambda state, _: [ev.BotForgot()] if state.to_forget else [])
        return True

    async def _keep_promise(self, conversation: str) -> None:
        await self._desk.change(conversation, lambda state, _: privacy.answered(state))
