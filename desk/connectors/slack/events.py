"""What Slack's events mean to us. Pure: from the parsed envelope to one of a few things, or None for what we leave."""

from __future__ import annotations

from dataclasses import dataclass

from desk.connectors.slack import text as slack_text
from desk.connectors.slack.fields import Json, first_of, id_of, object_of, objects_of, text_of

_SPOKEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""Subtypes of messages that a person wrote; all others are Slack's own notices or other apps' messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something was said: a direct message, or a thread of a channel (`thread` is its first message's ts)."""

    team: str
    channel: str
    thread: str

    @property
    def direct(self) -> bool:
        """One person and the app, nobody else."""
        return self.channel.startswith("D")

    @property
    def key(self) -> str:
        """One direct channel is one conversation, and so is one thread."""
        return f"{self.team}/{self.channel}" if self.direct else f"{self.team}/{self.channel}/{self.thread}"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Something that came with a message; `size` in bytes, as Slack tells."""

    id: str
    name: str
    url: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A person wrote. `opens`: it may begin a conversation; without it only a known thread goes on."""

    place: Place
    user: str
    message_id: str
    text: str
    files: tuple[File, ...]
    opens: bool
    in_thread: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A person changed what they had written, or took it back (`text` is None)."""

    place: Place
    user: str
    message_id: str
    of: str
    """The id with which the message came."""
    before: str
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened:
    """Somebody looks at the app's home."""

    team: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """The app was taken out of the workspace, or its token was withdrawn."""

    team: str


type Happening = Said | Changed | HomeOpened | Removed


def read_event(envelope: Json) -> Happening | None:
    """The one thing that a delivery of the Events API says; None when it is nothing for us."""
    event = object_of(envelope, "event")
    team = id_of(envelope, "team_id") or id_of(event, "team")
    bot = _bot(envelope)
    match text_of(event, "type"):
        case "message":
            return _message(event, team, bot, id_of(envelope, "event_id"))
        case "app_mention":
            return _said(event, team, bot)
        case "app_home_opened" if text_of(event, "tab") in ("", "home") and id_of(event, "user"):
            return HomeOpened(team=team, user=id_of(event, "user"))
        case "app_uninstalled" | "tokens_revoked":
            return Removed(team=team)
        case _:
            return None


def _message(event: Json, team: str, bot: str, event_id: str) -> Happening | None:
    subtype = text_of(event, "subtype")
    if subtype in _SPOKEN:
        return _said(event, team, bot)
    if subtype == "message_changed":
        now, before = object_of(event, "message"), object_of(event, "previous_message")
        gone = text_of(now, "subtype") == "tombstone"
        return _changed(event, now if not gone else before, before, team, bot, event_id, gone=gone)
    if subtype == "message_deleted":
        before = object_of(event, "previous_message")
        return _changed(event, before, before, team, bot, event_id, gone=True)
    return None


def _said(event: Json, team: str, bot: str) -> Said | None:
    user, channel, ts = id_of(event, "user"), id_of(event, "channel"), id_of(event, "ts")
    if not (channel and ts) or not _is_person(event, bot):
        return None
    raw = text_of(event, "text")
    place = Place(team=team, channel=channel, thread=id_of(event, "thread_ts") or ts)
    mentioned = text_of(event, "type") == "app_mention" or slack_text.mentions(raw, bot)
    return Said(
        place=place,
        user=user,
        message_id=_message_id(event),
        text=slack_text.read(raw, bot),
        files=_files(event),
        opens=place.direct or mentioned,
        in_thread=bool(id_of(event, "thread_ts")),
    )


def _changed(
    event: Json, message: Json, before: Json, team: str, bot: str, event_id: str, *, gone: bool
) -> Changed | None:
    channel, ts = id_of(event, "channel"), id_of(before, "ts") or id_of(event, "deleted_ts")
    if not (channel and ts) or not _is_person(message, bot):
        return None
    old, new = slack_text.read(text_of(before, "text"), bot), slack_text.read(text_of(message, "text"), bot)
    if not gone and old == new:
        return None  # Slack has only added a preview of a link
    return Changed(
        place=Place(team=team, channel=channel, thread=id_of(before, "thread_ts") or ts),
        user=id_of(message, "user"),
        message_id=f"change:{event_id or ts}",
        of=_message_id(before),
        before=old,
        text=None if gone else new,
    )


def _is_person(message: Json, bot: str) -> bool:
    """Neither this app nor another: two bots that answer each other never stop."""
    user = id_of(message, "user")
    by_app = message.get("bot_id") or message.get("bot_profile") or text_of(message, "subtype") == "bot_message"
    return bool(user) and not by_app and user not in (bot, "USLACKBOT")


def _message_id(event: Json) -> str:
    """The same on every retry, and the same in the two events (message and mention) that one message may cause."""
    return id_of(event, "client_msg_id") or id_of(event, "ts")


def _files(event: Json) -> tuple[File, ...]:
    return tuple(_file(each) for each in objects_of(event, "files"))


def _file(found: Json) -> File:
    id, size = id_of(found, "id"), found.get("size")
    name = (text_of(found, "name") or text_of(found, "title") or id)[:200]
    url = text_of(found, "url_private_download") or text_of(found, "url_private")
    return File(id=id, name=name, url=url, size=size if type(size) is int else 0)


def _bot(envelope: Json) -> str:
    """Our own user in this workspace, as Slack says it beside each event."""
    first = first_of(envelope, "authorizations")
    return id_of(first, "user_id") if first.get("is_bot") else ""
