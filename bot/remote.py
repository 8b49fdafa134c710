"""Calls of custom actions that cost what they say, not what the conversation is long.

Three things that Rasa does at every call of the action server, measured in docs/decisions/0002-light-rasa.md:

- it sends the whole domain and every event of the session; our actions read the slots, the last message and nothing
  older, so `_call` sends these, without a deep copy of the message that began a form;
- it checks the answer with a constant JSON schema that it compiles anew, and that compares each event with each kind
  of event; `_check` looks for what Rasa then relies on, and its own reader of events refuses unknown kinds;
- it opens a new connection; `ActionServer` keeps them.

The first two are methods of `RemoteAction` without a plug-in point; for the third there is one: any endpoint will do.
"""

from __future__ import annotations

from typing import Any

import aiohttp
import rasa
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, TrackerActiveLoop
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

KEPT_SECONDS = 15.0
"""Less than the action server keeps a silent connection, so that none is used while it is being closed."""


def install() -> None:
    """Put the short call and the short check in place."""
    RemoteAction._action_call_format = _call
    RemoteAction._validate_action_result = _check


class ActionServer(EndpointConfig):
    """Rasa's endpoint of the action server, over connections that stay open. `close` it at the end."""

    def __init__(self, url: str, seconds: float = 300.0) -> None:
        super().__init__(url=url)
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    async def request(self, method: str = "post", *_: Any, json: Any = None, **__: Any) -> Any:
        """The answer's JSON. Raises `ClientResponseError` for a refusal, as Rasa's actions expect."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_SECONDS)
            timeout = aiohttp.ClientTimeout(total=self._seconds)
            self._session = aiohttp.ClientSession(connector=connector, timeout=timeout)
        async with self._session.request(method, self.url, json=json) as response:
            if response.status >= 400:
                raise ClientResponseError(response.status, response.reason, await response.text())
            return await response.json()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


def _call(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    state = {
        "sender_id": tracker.sender_id,
        "slots": tracker.current_slot_values(),
        "latest_message": tracker._latest_message_data(),
        "latest_event_time": tracker.events[-1].timestamp if tracker.events else None,
        "followup_action": tracker.followup_action,
        "paused": tracker.is_paused(),
        "events": [event.as_dict() for event in _this_turn(tracker)],
        "latest_input_channel": tracker.get_latest_input_channel(),
        "active_loop": _loop(tracker.active_loop),
        "latest_action": tracker.latest_action,
        "latest_action_name": tracker.latest_action_name,
    }
    return {"next_action": self.name(), "sender_id": tracker.sender_id, "tracker": state, "version": rasa.__version__}


def _loop(active: TrackerActiveLoop | None) -> dict[str, Any]:
    """Without the message that began it, of which Rasa makes a deep copy at each call: a tenth of the call."""
    return {**vars(active), "trigger_message": None} if active else {}


def _this_turn(tracker: DialogueStateTracker) -> list[Event]:
    """The customer's last message and what followed it."""
    events = list(tracker.events)
    starts = (at for at in reversed(range(len(events))) if isinstance(events[at], UserUttered))
    return events[next(starts, 0) :]


def _check(self: RemoteAction, result: Any) -> bool:
    """Raises ValidationError, as Rasa's own check does, for what Rasa could not read."""
    if not isinstance(result, dict):
        raise ValidationError(f"{self.name()} answered with something other than an object.")
    for part in ("events", "responses"):
        listed = result.get(part) or []
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            raise ValidationError(f"{self.name()}: {part} is not a list of objects.")
    if unnamed := [each for each in result.get("events") or [] if not isinstance(each.get("event"), str)]:
        raise ValidationError(f"{self.name()}: {len(unnamed)} events do not say what they are.")
    return True
