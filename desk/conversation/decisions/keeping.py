"""The customer keeps the conversation: by e-mail, in any state; downloads need nothing from here."""

from __future__ import annotations

from desk.conversation import events as ev
from desk.conversation import words
from desk.conversation.event import Event
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation
from desk.conversation.surroundings import Now

MOST = 3
"""Times that one conversation is sent: nobody's mailbox is filled from here."""
ASKED = "transcript_email"


def ask(state: Conversation, _: Now) -> list[Event]:
    """Sent to the known address, or the address is asked for. Raises Refused: not_possible."""
    if state.care.kept >= MOST:
        raise Refused("not_possible", f"A conversation is sent {MOST} times at most.")
    if "email" not in state.care.known:
        return [ev.SystemWrote(text="ask_transcript_email", lang=state.locale), ev.Asked(what=ASKED)]
    return _send(state)


def understand(state: Conversation, now: Now, message_id: str, text: str) -> list[Event] | None:
    """The wish in words, or the address that was asked for."""
    wrote = ev.CustomerWrote(message_id=message_id, text=text, for_bot=False)
    address = words.email(text)
    if state.care.asking == ASKED and address:
        return [wrote, ev.CustomerNamed(email=address), *_send(state)]
    if not words.wants_transcript(text) or state.care.kept >= MOST:
        return None
    if address:
        return [wrote, ev.CustomerNamed(email=address), *_send(state)]
    return [wrote, *ask(state, now)]


def _send(state: Conversation) -> list[Event]:
    return [ev.LetterOrdered(letter="transcript"), ev.SystemWrote(text="transcript_sent", lang=state.locale)]
