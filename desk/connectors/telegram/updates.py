"""What Telegram's updates mean to us. Pure: from an update to what a customer did, or None for what we leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

from desk.texts import LOCALES

COMMANDS = frozenset({"start", "help", "human", "language", "delete"})
_COMMAND = re.compile(r"/([a-z]+)(?:@(\w+))?(?:\s+(.*))?", re.IGNORECASE | re.ASCII | re.DOTALL)
_LARGEST_ID = 2**63
_KINDS: dict[str, tuple[tuple[str, ...], bool]] = {
    "sticker": (("emoji",), False),
    "dice": (("emoji", "value"), False),
    "game": (("title",), False),
    "animation": (("file_name",), True),  # before document, as which it comes as well
    "photo": ((), True),
    "voice": ((), True),
    "video": (("file_name",), True),
    "video_note": ((), True),
    "audio": (("title", "file_name"), True),
    "document": (("file_name",), True),
    "venue": (("title", "address"), True),  # before location, as above
    "location": (("latitude", "longitude"), True),
    "contact": (("first_name", "last_name", "phone_number"), True),
    "poll": (("question",), True),
    "story": ((), True),
}
"""What describes each kind to people, and whether it is worth an answer. Others are Telegram's own notices."""
_TEXTS = ("text", "caption", "media_group_id")
_READ = frozenset({"message_id", "date", "edit_date", "chat", "from", "text", "caption", "media_group_id"})
"""Fields of a message that the library reads for us. It fails at a message for any one field that is not as it expects,
and we would lose what somebody wrote for the sake of, say, the poll that it answers."""
UNREADABLE = (TypeError, KeyError, ValueError, AttributeError, OverflowError, OSError, RecursionError)
"""What reading fails with when a field is missing or of another type than Telegram's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A customer did something. `id` names it within the chat: the same one again is the same delivery again."""

    chat: int
    id: str
    locale: str
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote(Heard):
    """Text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded(Heard):
    """One of COMMANDS, with what stands after it."""

    command: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent(Heard):
    """What is no text. `kind` as Telegram calls it; `caption` is text that came along; `album`: several came together.

    `asks`: it is worth an answer, other than a sticker.
    """

    kind: str
    detail: str
    caption: str
    album: str | None
    asks: bool
    file: str | None
    """What Telegram calls the file, for pictures and documents."""
    file_name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Heard):
    """An earlier message, which came with the id `of`, now says `text`."""

    text: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Heard):
    """A button. `query` must be answered, once."""

    query: str
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Called(Heard):
    """Somebody in a group spoke to the bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked(Heard):
    """The customer has blocked the bot, or (False) let it in again."""

    blocked: bool


def read(raw: dict[str, Any], me: User | None) -> Heard | None:
    """What happened, if it concerns us. `me` is the bot, as far as known. Raises one of UNREADABLE."""
    update = Update.de_json({kind: _spare(kind, value) for kind, value in raw.items()}, None)
    if update.message:
        return _message(update.message, raw["message"], me)
    if update.edited_message:
        return _edit(update.edited_message)
    if update.callback_query:
        return _press(update.callback_query)
    if update.my_chat_member:
        return _member(update.my_chat_member, update.update_id)
    return None


def locale_of(code: str | None) -> str:
    """The first language of a conversation, from the customer's app: "fi-FI" is fi; what we do not speak is en."""
    language = str(code or "")[:2].lower()
    return language if language in LOCALES else "en"


def _who(chat: Chat, user: User | None, id: str) -> dict[str, Any]:
    if type(chat.id) is not int or abs(chat.id) >= _LARGEST_ID or len(id) > 64:
        raise ValueError("no id of Telegram's")
    private = chat.type == Chat.PRIVATE
    return {
        "chat": chat.id,
        "id": id,
        "locale": locale_of(user.language_code if user else None),
        "name": str(user.full_name) if user and private else None,
    }


def _spare(kind: str, value: Any) -> Any:
    """A message without what we do not read."""
    if kind not in ("message", "edited_message") or not isinstance(value, dict):
        return value
    spared = {name: field for name, field in value.items() if name in _READ}
    if any(not isinstance(spared.get(name, ""), str | None) for name in _TEXTS):
        raise ValueError("no text of Telegram's")
    answered = value.get("reply_to_message")
    return spared | ({"reply_to_message": _spare(kind, answered)} if answered else {})


def _message(message: Message, raw: dict[str, Any], me: User | None) -> Heard | None:
    user = message.from_user
    if user and user.is_bot:
        return None
    if message.chat.type in (Chat.GROUP, Chat.SUPERGROUP):
        called = me is not None and _is_called(message, me)
        return Called(**_who(message.chat, user, str(message.message_id))) if called else None
    if message.chat.type != Chat.PRIVATE:
        return None
    who = _who(message.chat, user, str(message.message_id))
    if message.text is not None:
        return _words(message.text, who, me)
    for kind, (fields, asks) in _KINDS.items():
        if thing := raw.get(kind):
            told = [str(thing[field]) for field in fields if thing.get(field)]
            album, caption = message.media_group_id, message.caption or ""
            file, file_name, size = _file(kind, thing)
            return Sent(
                kind=kind,
                detail=", ".join(told),
                caption=caption,
                album=album,
                asks=asks,
                file=file,
                file_name=file_name,
                size=size,
                **who,
            )
    return None


def _file(kind: str, thing: Any) -> tuple[str | None, str, int]:
    """(Telegram's id, name, bytes as Telegram tells): of a photo's sizes the largest, which comes last."""
    if kind == "photo" and isinstance(thing, list):
        thing = thing[-1]
    if kind not in ("photo", "document") or not isinstance(thing.get("file_id"), str):
        return None, "", 0
    name, size = thing.get("file_name"), thing.get("file_size")
    return thing["file_id"], name if isinstance(name, str) else kind, size if type(size) is int else 0


def _words(text: str, who: dict[str, Any], me: User | None) -> Heard:
    match = _COMMAND.fullmatch(text.strip())
    if match and match[1].lower() in COMMANDS and _is_mine(match[2], me):
        return Commanded(command=match[1].lower(), rest=(match[3] or "").strip(), **who)
    return Wrote(text=text, **who)


def _is_mine(name: str | None, me: User | None) -> bool:
    return name is None or me is None or name.lower() == str(me.username).lower()


def _is_called(message: Message, me: User) -> bool:
    """By an answer to the bot's message, or by its name."""
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == me.id:
        return True
    text = message.text or message.caption or ""
    return bool(re.search(rf"@{re.escape(str(me.username))}(?!\w)", text, re.IGNORECASE))


def _edit(message: Message) -> Heard | None:
    text = message.text if message.text is not None else message.caption
    user = message.from_user
    if message.chat.type != Chat.PRIVATE or not text or (user and user.is_bot):
        return None  # a location that moves, too, comes as an edit
    changed = int(message.edit_date.timestamp()) if message.edit_date else 0
    return Edited(text=text, of=str(message.message_id), **_who(message.chat, user, f"{message.message_id}e{changed}"))


def _press(query: CallbackQuery) -> Heard | None:
    if query.message is None or query.message.chat.type != Chat.PRIVATE:
        return None
    who = _who(query.message.chat, query.from_user, f"q{query.id}")
    return Pressed(query=query.id, data=str(query.data or ""), **who)


def _member(change: ChatMemberUpdated, update_id: int) -> Heard | None:
    if change.chat.type != Chat.PRIVATE:
        return None
    blocked = change.new_chat_member.status in ("kicked", "left")
    return Blocked(blocked=blocked, **_who(change.chat, change.from_user, f"u{update_id}"))
