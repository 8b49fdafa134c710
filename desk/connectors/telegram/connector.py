"""The connector: takes Telegram's updates, by webhook or by polling, and sends to its chats."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
from collections import OrderedDict
from collections.abc import Coroutine, Iterator
from datetime import timedelta
from itertools import batched
from typing import Any

import structlog
from sanic import HTTPResponse, Request, Sanic, empty
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, User
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from desk.api.http import read_any
from desk.attachments.keeping import Attachments
from desk.attachments.kinds import Attachment
from desk.channel_settings import TelegramSettings
from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.order_card import order_words
from desk.connectors.telegram import setup, updates
from desk.connectors.telegram.customers import Customers
from desk.connectors.telegram.files import Files
from desk.connectors.telegram.polling import poll
from desk.connectors.telegram.text import split
from desk.connectors.tickets import Tickets, looks_like_one
from desk.errors import NotSignedIn, Unavailable
from desk.service.channel import Address, Outgoing, Pace, RetryLater, Undeliverable
from desk.texts import Texts

CHANNEL = "telegram"
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
RETRY_SECONDS = 30.0
REMEMBERED = 10_000
GONE = ("chat not found", "user is deactivated", "bot was blocked", "bot was kicked", "chat was deleted")

log = structlog.get_logger()


KEYS_IN_A_ROW = 6
"""More are too narrow to be pressed on a phone."""


class TelegramConnector:
    """One bot. `words` are those of the channels (data/channels)."""

    channel = CHANNEL
    pace = Pace(per_address=1.0, overall=30.0)

    def __init__(
        self,
        settings: TelegramSettings,
        public_url: str,
        customers: CustomerDesk,
        words: Texts,
        tickets: Tickets,
        attachments: Attachments,
    ) -> None:
        self._settings = settings
        self._public_url = public_url
        self._words = words
        self._bot = setup.make_bot(settings)
        self._desk = customers
        self._tickets = tickets
        self._files = Files(self._bot, attachments)
        self._customers = Customers(customers, words, tickets, self._files)
        self._me: User | None = None
        self._parts: OrderedDict[tuple[str, int], int] = OrderedDict()
        """How many pieces of a message were sent before it had to wait."""
        self._answered: OrderedDict[str, None] = OrderedDict()
        self._beside: set[asyncio.Task[Any]] = set()

    # In

    def mount(self, app: Sanic[Any, Any]) -> None:
        """The webhook."""
        app.add_route(self._webhook, setup.PATH, methods=["POST"], name="telegram")

    async def start(self) -> None:
        """Tell Telegram who we are, beside everything else: it may be out of reach."""
        self._soon(self._set_up())

    async def rest(self) -> None:
        """End what runs beside."""
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)

    async def close(self) -> None:
        """End that, and let go of the connections."""
        await self.rest()
        await self._bot.request.shutdown()  # the bot's own shutdown does nothing for one that was not initialized

    async def _webhook(self, request: Request) -> HTTPResponse:
        if not self._settings.secret:
            log.error("telegram_has_no_secret", fix="Set ASPA_TELEGRAM_SECRET.")
            raise Unavailable("ASPA_TELEGRAM_SECRET is not set.", 60)
        shown = request.headers.getall(SECRET_HEADER, [])
        if len(shown) != 1 or not _same(shown[0], self._settings.secret):
            raise NotSignedIn("bad_secret", "This is not Telegram.")
        await self._take(read_any(request))
        return empty(200)

    async def _take(self, raw: dict[str, Any]) -> None:
        """One update, to its end: when this returns it is stored, or it does not concern us. Raises Unavailable."""
        try:
            heard = updates.read(raw, self._me)
        except updates.UNREADABLE as error:
            log.error("telegram_unreadable", fields=sorted(raw)[:9], error=type(error).__name__)
            return None
        if isinstance(heard, updates.Called) and self._me:
            return await self._customers.show_way(heard, str(self._me.link))
        if heard is None:
            return None
        if isinstance(heard, updates.Commanded) and heard.command == "start" and looks_like_one(heard.rest):
            return self._soon(self._ask_to_join(heard))
        if isinstance(heard, updates.Commanded) and heard.command == "delete" and not heard.rest:
            return self._soon(self._ask_to_erase(heard))
        told = await self._customers.take(heard)
        if isinstance(heard, updates.Pressed) and heard.query not in self._answered:
            _remember(self._answered, heard.query, None)
            self._soon(self._answer(heard.query, told.toast))
        if told.say:
            self._soon(self._say(heard.chat, told.say))
        if told.bot_thinks:
            self._soon(self._show_typing(heard.chat))
        return None

    # Out

    async def send(self, address: Address, message: Outgoing) -> str:
        """All pieces of one message, a second apart; those sent before a wait are not sent again."""
        text = self._text(message)
        pieces: list[str | Attachment] = [*(split(text) if text else ()), *message.attachments]
        key, last = (address.conversation, message.seq), len(pieces) - len(message.attachments) - 1
        sent: int | None = None
        for index in range(self._parts.get(key, 0), len(pieces)):
            if index:
                await asyncio.sleep(1 / self.pace.per_address)
            keyboard = self._keyboard(message) if index == last else None
            with _our_errors():
                sent = await self._send_piece(address.data["chat"], pieces[index], keyboard)
            _remember(self._parts, key, index + 1)
        self._parts.pop(key, None)
        if len(pieces) > 1:  # the sender took one slot for all of them
            await asyncio.sleep(1 / self.pace.per_address)
        return str(sent) if sent else ""

    async def _send_piece(
        self, chat: int, piece: str | Attachment, keyboard: InlineKeyboardMarkup | None
    ) -> int | None:
        if isinstance(piece, Attachment):
            return await self._files.send(chat, piece)
        no_preview = LinkPreviewOptions(is_disabled=True)
        return (
            await self._bot.send_message(chat, piece, reply_markup=keyboard, link_preview_options=no_preview)
        ).message_id

    async def type(self, address: Address, on: bool) -> None:
        """Telegram shows it for five seconds, and it cannot be taken back."""
        if on:
            await self._show_typing(address.data["chat"])

    def _text(self, message: Outgoing) -> str:
        text = message.text
        if message.role == "agent" and message.author:
            text = f"{message.author}: {text}".strip()
        shown = ["\n".join(order_words(card, self._words, message.lang).lines()) for card in message.cards]
        return "\n\n".join(each for each in (text, *shown) if each)

    def _keyboard(self, message: Outgoing) -> InlineKeyboardMarkup | None:
        rows = [[(title, f"press.{message.seq}.{index}")] for index, title in enumerate(message.buttons)]
        if message.survey is not None:
            scores = [(str(score), f"rate.{message.survey}.{score}") for score in message.scores]
            rows += map(list, batched(scores, KEYS_IN_A_ROW))
        rows += [[(self._words.say("language_name", each), f"language.{each}")] for each in message.languages]
        keys = [[InlineKeyboardButton(title, callback_data=data) for title, data in row] for row in rows]
        return InlineKeyboardMarkup(keys) if keys else None

    # Beside

    async def _set_up(self) -> None:
        while self._me is None:
            try:
                self._me = await setup.set_up(self._bot, self._settings, self._public_url, self._words)
            except TelegramError as error:
                log.warning("telegram_set_up_waits", error=_plain(error), see="python -m desk channels check")
                await asyncio.sleep(RETRY_SECONDS)
        log.info("telegram_ready", bot=self._me.username, mode=self._settings.mode)
        if self._settings.mode == "polling":
            await poll(self._bot, self._take)

    async def _answer(self, query: str, toast: str | None) -> None:
        with contextlib.suppress(TelegramError):  # too late, or out of reach: the button stops turning by itself
            await self._bot.answer_callback_query(query, toast)

    async def _ask_to_join(self, heard: updates.Commanded) -> None:
        """Whoever has the link is asked first: only a press in this chat moves a conversation here."""
        known = self._tickets.read(heard.rest, self._desk.now())
        choices = [("join_yes", f"join.{heard.rest}"), ("join_no", "join")] if known else []
        keys = [[InlineKeyboardButton(self._words.say(word, heard.locale), callback_data=to)] for word, to in choices]
        text = self._words.say("join_ask" if known else "join_expired", heard.locale)
        await self._say(heard.chat, text, InlineKeyboardMarkup(keys) if keys else None)

    async def _ask_to_erase(self, heard: updates.Commanded) -> None:
        choices = [("erase_yes", "erase"), ("erase_no", "erase.no")]
        keys = [[InlineKeyboardButton(self._words.say(word, heard.locale), callback_data=to)] for word, to in choices]
        await self._say(heard.chat, self._words.say("erase_ask", heard.locale), InlineKeyboardMarkup(keys))

    async def _say(self, chat: int, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Beside any conversation; what does not arrive can be asked for again."""
        with contextlib.suppress(TelegramError):
            await self._bot.send_message(chat, text, reply_markup=keyboard)

    def invite(self, ticket: str) -> str | None:
        """The link by which a customer goes on here; None while the bot's name is not known."""
        return f"{self._me.link}?start={ticket}" if self._me else None

    async def _show_typing(self, chat: int) -> None:
        with contextlib.suppress(TelegramError):
            await self._bot.send_chat_action(chat, ChatAction.TYPING)

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        """Beside the request, which must not wait for Telegram."""
        task = asyncio.get_running_loop().create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)


@contextlib.contextmanager
def _our_errors() -> Iterator[None]:
    """What the sender has to do about it."""
    try:
        yield
    except RetryAfter as error:
        after = error.retry_after
        raise RetryLater("429", after.total_seconds() if isinstance(after, timedelta) else float(after)) from error
    except (Forbidden, ChatMigrated) as error:
        raise Undeliverable(_plain(error), gone=True) from error
    except BadRequest as error:
        gone = any(each in error.message.lower() for each in GONE)
        raise Undeliverable(_plain(error), gone=gone) from error
    except TelegramError as error:
        raise RetryLater(_plain(error)) from error


def _plain(error: TelegramError) -> str:
    """For logs and agents: the library puts the token into one of its messages."""
    return "The token is not accepted." if isinstance(error, InvalidToken) else error.message[:200]


def _same(shown: str, secret: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), secret.encode())


def _remember[K, V](known: OrderedDict[K, V], key: K, value: V) -> None:
    known[key] = value
    if len(known) > REMEMBERED:
        known.popitem(last=False)
