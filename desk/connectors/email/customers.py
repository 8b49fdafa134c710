"""From a mail that was read to the customer's commands on the desk."""

from __future__ import annotations

import hashlib
import re
import time
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from desk.attachments.keeping import Attachments
from desk.attachments.kinds import UnfitFile
from desk.attachments.sending import MOST_AT_ONCE
from desk.channel_settings import EmailSettings
from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.email.automatic import Bounce
from desk.connectors.email.language import guess
from desk.connectors.email.reading import Enclosed, Mail, bare_subject
from desk.connectors.email.threads import Threads, without_mark
from desk.connectors.email.writing import UNSUBSCRIBE
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Owner
from desk.conversation.surveys import SCALES
from desk.service.channel import Address
from desk.texts import Texts

CHANNEL = "email"
MOST_IN_AN_HOUR = 20
"""Mails of one address that the bot answers; what comes beyond goes to people: two programs may be talking."""
_HOUR = 3_600.0
_REMEMBERED = 10_000
_NUMBER = re.compile(r"\(?(\d{1,2})[.):]?(?:\s+(.*))?", re.DOTALL)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Where a mail belongs. `known`: its conversation was there before; `mark`: what names it in our mails."""

    mark: str
    known: Address | None
    of_letter: bool = False
    """It answers a letter about a conversation of another channel."""


class Customers:
    """`take` returns when the desk has stored it: True, or False for what is left in the mailbox for people."""

    def __init__(
        self, desk: CustomerDesk, settings: EmailSettings, threads: Threads, attachments: Attachments, words: Texts
    ) -> None:
        self._desk = desk
        self._attachments = attachments
        self._settings = settings
        self._threads = threads
        self._words = words
        self._lately: OrderedDict[str, deque[tuple[str, float]]] = OrderedDict()

    async def take(self, mail: Mail, *, whole: bool) -> bool:
        """`whole`: False when the mail was too large, and only its beginning was read. Raises Unavailable."""
        if mail.ours:
            return False
        if mail.bounce:
            return await self._take_back(mail.bounce)
        thread = await self._thread(mail)
        if not mail.sender or (mail.automatic and not thread.known):
            log.info("mail_left", why="automatic" if mail.automatic else "no_sender")
            return False
        try:
            await self._do(mail, thread, whole)
        except Refused as error:
            log.info("mail_refused", code=error.code)
        return True

    async def _thread(self, mail: Mail) -> Thread:
        """Only the address that opened a conversation goes on with it: a mail is easily forwarded."""
        opened = self._threads.mark(mail.sender, mail.id)
        for mark in [*self._threads.candidates(mail), opened]:
            known = await self._desk.addresses.address_at(CHANNEL, mark)
            if known and known.data.get("person") == mail.sender:
                return Thread(mark=mark, known=known)
        conversation = self._threads.of_letter(mail, self._desk.now())
        if conversation and mail.sender and await self._desk.ledger.mail_of(conversation) == mail.sender:
            data = {"person": mail.sender}
            mark = self._threads.mark(mail.sender, f"letter about {conversation}")
            return Thread(mark=mark, known=Address(conversation=conversation, key=mark, data=data), of_letter=True)
        return Thread(mark=opened, known=None)

    async def _do(self, mail: Mail, thread: Thread, whole: bool) -> None:
        state = await self._desk.state_of(thread.known.conversation) if thread.known else None
        locale = state.locale if state else guess(f"{mail.subject}\n{mail.text}", self._settings.locale)
        id = "m_" + hashlib.sha256(mail.id.encode("utf-8", "replace")).hexdigest()[:40]
        if mail.automatic and thread.known:
            line = f"[{self._words.say('mail_automatic', locale)}] {mail.text}"
            where = (thread.known.conversation, CHANNEL, locale, id)
            await self._desk.send_unread(*where, line[: self._desk.longest], answer=None)
            return
        if without_mark(mail.subject).strip().lower() == UNSUBSCRIBE:
            await self._desk.ledger.change_addresses(CHANNEL, mail.sender, quiet=True)
            return
        if thread.of_letter and thread.known and state:
            conversation = thread.known.conversation
            await self._bring_along(state, mail, thread, id)
        else:
            conversation = await self._desk.addresses.conversation_at(CHANNEL, thread.mark, self._data(mail, thread))
        await self._write(mail, (conversation, CHANNEL, locale, id), state, whole)

    async def _bring_along(self, state: Conversation, mail: Mail, thread: Thread, id: str) -> None:
        """Who answers the letter of a conversation that nobody else brings answers for goes on by mail."""
        if state.channel == "widget":
            data = self._data(mail, thread)
            await self._desk.moves.go_on_in(state.id, CHANNEL, thread.mark, data, f"{id}g", None)

    def _data(self, mail: Mail, thread: Thread) -> dict[str, object]:
        """What answering needs: the newest mail is the one that is answered."""
        before = thread.known.data if thread.known else {}
        subject = before.get("subject") or bare_subject(without_mark(mail.subject))
        kept = {name: before[name] for name in ("quiet",) if name in before}
        references = [*mail.references[-20:], mail.id]
        return {"to": mail.sender, "person": mail.sender, "subject": subject, "references": references, **kept}

    async def _write(
        self, mail: Mail, where: tuple[str, str, str, str], state: Conversation | None, whole: bool
    ) -> None:
        conversation, channel, locale, id = where
        text = self._fitting(_words(mail, opening=state is None), locale)
        who = {"name": mail.name, "email": mail.sender}
        if (mail.enclosed or not whole) and not await self._desk.ledger.has_taken(conversation, channel, f"{id}a"):
            files, lines = await self._keep(conversation, mail.enclosed, locale)
            if not whole:
                lines.append(f"[{self._words.say('sent_too_large', locale)}]")
            answer = "too_large" if not whole else None if text else "unread" if lines else "file_kept"
            shown = "\n".join(lines)[: self._desk.longest]
            where_files = (conversation, channel, locale, f"{id}a")
            await self._desk.send_unread(*where_files, shown, answer=answer, attachments=files, **who)
        if not text:
            return
        if self._too_many(mail):
            done = await self._desk.send_unread(*where, text, answer=None, **who)
            if done.changed and done.state.owner in (Owner.BOT, Owner.CLOSED):
                log.warning("mail_goes_round", conversation=conversation)
                await self._desk.ask_for_person(conversation, channel, locale, f"{id}p")
        elif not (state and await self._answer(where, state, text)):
            await self._desk.write(*where, text, name=mail.name, email=mail.sender)

    async def _keep(self, conversation: str, files: Sequence[Enclosed], locale: str) -> tuple[list[str], list[str]]:
        """(ids of the files that were kept, lines that name the others): those stay in the mailbox."""
        ids: list[str] = []
        lines: list[str] = []
        for each in files:
            try:
                if len(ids) >= MOST_AT_ONCE:
                    raise UnfitFile("file_too_many", "Too many files in one message.")
                kept = await self._attachments.keep(conversation, each.name, each.media_type, each.content)
                ids.append(kept.id)
            except UnfitFile:
                lines.append(f"[{self._words.say('sent_attachment', locale)}: {each.name}]")
        return ids, lines

    async def _answer(self, where: tuple[str, str, str, str], state: Conversation, text: str) -> bool:
        """A number, or the words of a choice, as the answer to what was asked; False when it is none."""
        match = _NUMBER.fullmatch(text)
        number, rest = (int(match[1]), (match[2] or "").strip()) if match else (0, "")
        if state.survey is not None and match and number in SCALES[state.survey_scale].scores:
            await self._desk.rate(*where, state.survey, number, rest)
            return True
        seq, titles = await self._desk.choices(where[0])
        said = [index for index, title in enumerate(titles) if title.casefold() == text.strip(" .!").casefold()]
        if not rest and 1 <= number <= len(titles):
            said = [number - 1]
        if not said:
            return False
        await self._desk.press(*where, seq, said[0])
        return True

    async def _take_back(self, bounce: Bounce) -> bool:
        """A mail of ours that did not arrive."""
        for own in filter(None, map(self._threads.own, bounce.ids)):
            known = await self._desk.addresses.address_at(CHANNEL, own.mark)
            if known and bounce.final:
                log.warning("mail_returned", conversation=known.conversation, gone=bounce.gone)
                await self._desk.ledger.returned(known.conversation, own.first, own.last, bounce.why)
                if bounce.gone:
                    await self._desk.addresses.set_reachable(CHANNEL, own.mark, False)
            return known is not None
        return False

    def _fitting(self, text: str, locale: str) -> str:
        """At most what a message may have; what is cut off stays in the mailbox."""
        if len(text) <= self._desk.longest:
            return text
        note = f"\n[{self._words.say('mail_cut', locale)}]"
        return text[: self._desk.longest - len(note)] + note

    def _too_many(self, mail: Mail) -> bool:
        now = time.monotonic()
        lately = self._lately.setdefault(mail.sender, deque(maxlen=MOST_IN_AN_HOUR + 1))
        if mail.id not in [id for id, _ in lately]:
            lately.append((mail.id, now))
        self._lately.move_to_end(mail.sender)
        if len(self._lately) > _REMEMBERED:
            self._lately.popitem(last=False)
        return len(lately) > MOST_IN_AN_HOUR and now - lately[0][1] < _HOUR


def _words(mail: Mail, *, opening: bool) -> str:
    """What the customer says. The subject of a first mail belongs to it, unless the text says it as well."""
    subject = bare_subject(without_mark(mail.subject))
    if not opening or not subject or subject.casefold() in mail.text.casefold():
        return mail.text
    return f"{subject}\n\n{mail.text}".strip()
