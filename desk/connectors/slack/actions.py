"""What people press and command, as Slack tells it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desk.connectors.slack.events import Place
from desk.connectors.slack.fields import Json, first_of, id_of, object_of, objects_of, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button. `place` is None in the app's home. `shown` is the message that it stands in; `at` names this press."""

    place: Place | None
    team: str
    user: str
    action: str
    value: str
    title: str
    at: str
    ts: str
    shown: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded:
    """`/aspa status`. `command` is what the app calls it, `words` what follows."""

    team: str
    user: str
    command: str
    words: str
    at: str


def read_action(payload: Json) -> Pressed | None:
    """A pressed button; None for everything else that can happen in a message."""
    if text_of(payload, "type") != "block_actions":
        return None
    action, user = first_of(payload, "actions"), id_of(object_of(payload, "user"), "id")
    if text_of(action, "type") not in ("button", "") or not user or not text_of(action, "action_id"):
        return None
    shown, channel = object_of(payload, "message"), id_of(object_of(payload, "channel"), "id")
    team = id_of(object_of(payload, "team"), "id")
    ts = id_of(shown, "ts") or id_of(object_of(payload, "container"), "message_ts")
    thread = id_of(shown, "thread_ts") or id_of(object_of(payload, "container"), "thread_ts") or ts
    return Pressed(
        place=Place(team=team, channel=channel, thread=thread) if channel and ts else None,
        team=team,
        user=user,
        action=text_of(action, "action_id"),
        value=text_of(action, "value"),
        title=_title(action, shown),
        at=id_of(action, "action_ts") or id_of(payload, "trigger_id"),
        ts=ts,
        shown=shown,
    )


def read_command(form: dict[str, str]) -> Commanded | None:
    """A slash command."""
    values: dict[str, Any] = dict(form)
    user = id_of(values, "user_id")
    if not user:
        return None
    return Commanded(
        team=id_of(values, "team_id"),
        user=user,
        command=text_of(values, "command")[:40] or "/aspa",
        words=text_of(values, "text").strip(),
        at=id_of(values, "trigger_id"),
    )


def numbers(value: str) -> tuple[int, int] | None:
    """A value such as "12:0"."""
    first, _, second = value.partition(":")
    if not (first.isascii() and first.isdigit() and second.isascii() and second.isdigit()):
        return None
    return (int(first), int(second)) if len(value) <= 24 else None


def _title(action: Json, shown: Json) -> str:
    """What stands on the button: as the press says it, else as the message shows it."""
    if said := text_of(object_of(action, "text"), "text"):
        return said
    for block in objects_of(shown, "blocks"):
        for each in objects_of(block, "elements"):
            if each.get("action_id") == action.get("action_id"):
                return text_of(object_of(each, "text"), "text")
    return ""
