"""What the desk sends to the bot's doors (docs/protocol.md), checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST_TEXT = 1_000_000
LANGUAGES = ("fi", "et", "en")


class BadRequest(ValueError):
    """The body is not what the protocol says; the message names the field."""


@dataclass(frozen=True)
class Turn:
    """One message of the customer. `button` is a payload that an answer of ours offered; then `text` is its title."""

    conversation: str
    message_id: str
    text: str
    button: str | None = None
    channel: str = "widget"
    locale: str | None = None
    customer: Mapping[str, Any] = field(default_factory=dict)
    case: Mapping[str, Any] | None = None
    """How the customer's case stands with people, if they have had one."""
    page: str | None = None
    """The customer's own page at the desk."""
    files: int = 0
    """How many pictures and documents came with it; the desk keeps them."""


@dataclass(frozen=True)
class Outcome:
    """What people did while they had the conversation."""

    conversation: str
    message_id: str
    what: str
    outcome: str | None
    effects: list[dict[str, Any]]


def turn(body: Any) -> Turn:
    """Read the body of `webhook`. Raises BadRequest."""
    data = _object(body)
    locale = data.get("locale")
    if locale is not None and locale not in LANGUAGES:
        raise BadRequest(f"locale must be one of {', '.join(LANGUAGES)} or null")
    customer = data.get("customer") or {}
    if not isinstance(customer, dict):
        raise BadRequest("customer must be an object or null")
    button = data.get("button")
    if button is not None and not (isinstance(button, str) and button.startswith("/")):
        raise BadRequest("button must be a payload beginning with / or null")
    case = data.get("case")
    if case is not None and not isinstance(case, dict):
        raise BadRequest("case must be an object or null")
    files = data.get("files") or 0
    if not isinstance(files, int):
        raise BadRequest("files must be a number")
    page = data.get("page")
    if page is not None and not (isinstance(page, str) and page.startswith(("http://", "https://"))):
        raise BadRequest("page must be an address or null")
    return Turn(
        page=page,
        files=files,
        conversation=_name(data, "conversation"),
        message_id=_name(data, "message_id"),
        text=text(data, "text"),
        button=button,
        channel=str(data.get("channel") or "widget"),
        locale=locale,
        customer=customer,
        case=case,
    )


def outcome(body: Any) -> Outcome:
    """Read the body of `outcome`. Raises BadRequest."""
    data = _object(body)
    what = data.get("what")
    if what not in ("returned", "resolved"):
        raise BadRequest("what must be returned or resolved")
    effects = data.get("effects") or []
    if not isinstance(effects, list) or not all(isinstance(effect, dict) for effect in effects):
        raise BadRequest("effects must be a list of objects")
    said = data.get("outcome")
    return Outcome(_name(data, "conversation"), _name(data, "message_id"), what, str(said) if said else None, effects)


def conversation(body: Any) -> str:
    """Read the body of `packet` and `erase`. Raises BadRequest."""
    return _name(_object(body), "conversation")


def judged(body: Any) -> tuple[str, list[str]]:
    """Read the body of `judge`: the text, and what the customer wrote before. Raises BadRequest."""
    data = _object(body)
    history = data.get("history") or []
    if not isinstance(history, list) or not all(isinstance(one, str) for one in history):
        raise BadRequest("history must be a list of texts")
    return text(data, "text"), history[-20:]


def text(data: Mapping[str, Any], name: str) -> str:
    """A text of the customer: anything, also empty. Raises BadRequest."""
    value = data.get(name)
    if not isinstance(value, str):
        raise BadRequest(f"{name} must be a text")
    if len(value) > LONGEST_TEXT:
        raise BadRequest(f"{name} is longer than {LONGEST_TEXT} characters")
    return value


def _object(body: Any) -> Mapping[str, Any]:
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object")
    return body


def _name(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 200:
        raise BadRequest(f"{name} must be a text of 1 to 200 characters")
    return value
