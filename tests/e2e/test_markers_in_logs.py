"""What customers tell about themselves stands in no program's log, not even of a turn that fails."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from clients import Json, new_token, widget
from markers import markers

from ops.stack import Stack

PROGRAMS = ("demo", "desk", "actions", "bot")
TOLD = markers("widget", 4)
ASKED = "Missä tilaukseni 100231 viipyy? Sähköpostini on maija.virtanen@example.fi."


def test_forty_markers_through_widget_bot_and_shop_stand_in_no_log(stack: Stack) -> None:
    before = {name: len(stack.log(name)) for name in PROGRAMS}
    with ThreadPoolExecutor(1) as thread:  # the browser's tests hold this thread's event loop
        thread.submit(asyncio.run, _tell(stack.urls["desk"], TOLD[:20])).result()
        stack.kill("demo")
        try:
            thread.submit(asyncio.run, _tell(stack.urls["desk"], TOLD[20:])).result()
        finally:
            stack.restart("demo")
    logs = {name: stack.log(name)[before[name] :] for name in PROGRAMS}
    assert logs["bot"], "the bot has told that the shop was away"
    found = [(name, marker) for name, log in logs.items() for _, marker in TOLD if marker.lower() in log.lower()]
    assert found == []


async def _tell(url: str, told: list[tuple[str, str]]) -> None:
    """Four pieces a conversation, with the order's question, so that the bot asks the shop."""
    for start in range(0, len(told), 4):
        async with await widget(url, await new_token(url)) as customer:
            text = "\n".join([ASKED, *(text for text, _ in told[start : start + 4])])
            await customer.do(type="write", text=text)
            await customer.until(_is_dealt_with, limit=60)


def _is_dealt_with(message: Json) -> bool:
    """The bot has answered, or taken the wish to be called for a person's matter."""
    if message["type"] == "state" and message["state"]["owner"] == "queue":
        return True
    return any(entry.get("author", {}).get("role") == "bot" for entry in message.get("entries", []))
