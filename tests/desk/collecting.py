"""What a customer says and the bot misses, and what of it was collected to learn from."""

from __future__ import annotations

from desk.connectors.customer_desk import CustomerDesk
from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.service.desk import Desk
from desk.store import lessons


async def asked(desk: Desk, conversation: str, text: str, intent: str = "nlu_fallback", number: int = 1) -> int:
    """A customer's message that the bot took for `intent`; its number on the log."""
    await CustomerDesk(desk).write(conversation, "widget", "fi", f"m{number}", text)
    understood = ev.Understood(
        message_id=f"m{number}", intent=intent, confidence=0.1, language="fi", frustration=0.0, score=0.0
    )
    replied = ev.BotReplied(turn=f"m{number}", lang="fi", text="Anteeksi, en ymmärtänyt.")
    done = await desk.change(conversation, lambda *_: [understood, replied])
    return done.seq - 2


async def happened(desk: Desk, conversation: str, *events: Event) -> int:
    return (await desk.change(conversation, lambda *_: events)).seq


async def found(desk: Desk) -> list[tuple[str, str, str | None]]:
    """(text, cause, agent's reply) of what was collected."""
    return [(one.text, one.cause, one.reply) for one in await desk.store.read(lessons.unlabelled)]
