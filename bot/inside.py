"""The custom actions in the bot's own process: no second program stands between a question and its answer.

Rasa asks whatever endpoint it is given (`rasa.core.actions.action.RemoteAction`), so this is one: where `ActionServer`
posts JSON to a server, it hands the same JSON to the executor that the server would use. The contract stays: what runs
here runs there (`ASPA_ACTIONS_IN=server`) word by word. Measured in docs/decisions/0012-actions-inside.md.
"""

from __future__ import annotations

import json as plain_json
import pickle
from typing import Any

import ujson
from async_timeout import timeout
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

SECONDS = 300.0
"""What an action may take, as with a server. Nobody waits so long: the desk calls a person after eight."""


class OwnActions(EndpointConfig):
    """Rasa's endpoint of the actions that `executor` knows. What blocks in them, blocks a thread of theirs."""

    def __init__(self, executor: ActionExecutor, seconds: float = SECONDS) -> None:
        super().__init__(url="the bot's own process")
        self._executor = executor
        self._seconds = seconds

    async def request(self, method: str = "post", *_: Any, json: Any = None, **__: Any) -> Any:
        """The answer's JSON. Raises `ClientResponseError` where a server would refuse; whatever else fails in an
        action fails this turn alone, as its server's status 500 does."""
        try:
            async with timeout(self._seconds):  # not wait_for, which makes a task of each call
                return _as_json(await self._executor.run(_copy(json)))
        except ActionExecutionRejection as rejected:
            raise _refusal(400, rejected.action_name, rejected.message) from rejected
        except ActionNotFoundException as unknown:
            raise _refusal(404, unknown.action_name, unknown.message) from unknown

    async def close(self) -> None:
        """Nothing is open; as `ActionServer`."""


def own_actions() -> OwnActions:
    """All that the domain names."""
    executor = ActionExecutor()
    executor.register_package("actions.topics")
    return OwnActions(executor)


def _copy(call: Any) -> Any:
    """Of what an action is shown: it cannot change the conversation but by what it answers. What stands in it twice, as
    the last message does, is copied once: two thirds of the way by text, an eighth of `deepcopy`."""
    return pickle.loads(pickle.dumps(call, pickle.HIGHEST_PROTOCOL))


def _as_json(answer: Any) -> Any:
    """What a server's answer would come to; what an action keeps for itself is not the conversation's."""
    return ujson.loads(ujson.dumps(answer))


def _refusal(status: int, action: str, message: str) -> ClientResponseError:
    return ClientResponseError(status, message, plain_json.dumps({"error": message, "action_name": action}))
