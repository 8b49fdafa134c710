"""What a console's command about a conversation must have, from whichever door it comes."""

from __future__ import annotations

from typing import Any

from desk.api.http import pick
from desk.errors import BadRequest
from desk.service.agent_desk import COMMANDS, OPTIONAL


def command_fields(message: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """(name, values) of a command about a conversation. Raises BadRequest."""
    name = str(message.get("type"))
    if name not in COMMANDS:
        raise BadRequest("bad_request", "There is no such command.")
    values = pick(message, id=str, conversation=str, **COMMANDS[name])
    if not 0 < len(values["id"]) <= 64:
        raise BadRequest("bad_request", "An id has 1 to 64 characters.")
    optional = {key: message[key] for key in OPTIONAL if message.get(key) is not None}
    return name, {**optional, **values}
