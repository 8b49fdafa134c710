"""What a letter says: greeting, the one matter, where the case stands, and the conversation where it was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desk.conversation import events as ev
from desk.conversation.state import Conversation, Stored
from desk.mail.outbox import Mail
from desk.mail.transcript import transcript
from desk.service import views
from desk.store.profiles import Profile
from desk.texts import Texts

WITH_TRANSCRIPT = frozenset({"mail", "call", "transcript"})
SAID = {"apology": ("promise_missed", "call_missed", "mail_missed"), "follow_up": ("follow_up",)}
"""Letters that say what the desk has said in the conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One that was ordered by the event `seq`; what agents wrote since `after` belongs to an answer."""

    kind: str
    seq: int
    after: int


class Writing:
    """`words` are those of data/letters, `texts` those that the desk says in conversations."""

    def __init__(self, words: Texts, texts: Texts, shop: str) -> None:
        self._words = words
        self._texts = texts
        self._shop = shop

    def mail(
        self, letter: Letter, state: Conversation, profile: Profile, stored: Sequence[Stored], page: str
    ) -> Mail | None:
        """The letter; None where there is no address (any more) or nothing to say."""
        if not profile.email or (body := self._body(letter, state, stored)) is None:
            return None
        say, locale = self._words.say, state.locale
        greeting = say("hello_name", locale, {"name": profile.name}) if profile.name else say("hello", locale)
        parts = [greeting, body, say("page", locale, {"page": page}), say("regards", locale, {"shop": self._shop})]
        if letter.kind in WITH_TRANSCRIPT:
            parts.append(f"{say('transcript_below', locale)}\n\n{self.transcript(state, stored)}")
        figures = {"shop": self._shop}
        return Mail(
            to=profile.email,
            subject=say(f"subject_{letter.kind}", locale, figures),
            text="\n\n".join(parts),
            language=locale,
            conversation=state.id,
        )

    def transcript(self, state: Conversation, stored: Sequence[Stored]) -> str:
        """The conversation as the customer saw it."""
        entries = views.for_customer(stored, state, self._texts)
        return transcript(entries, state.locale, self._words, self._texts.zone)

    def _body(self, letter: Letter, state: Conversation, stored: Sequence[Stored]) -> str | None:
        say, locale = self._words.say, state.locale
        if letter.kind == "answer":
            new = (each.event for each in stored if each.seq > letter.after)
            written = [each for each in new if isinstance(each, ev.AgentWrote)]
            answer = "\n\n".join(f"{each.agent_name}: {each.text}" for each in written)
            return answer or None
        if letter.kind in SAID:
            said = _latest(stored, letter, SAID[letter.kind])
            return self._texts.say(said.text, said.lang, said.params) if said else None
        if letter.kind == "transcript":
            return say("about_transcript", locale)
        return self._about_promise(letter.kind, state)

    def _about_promise(self, kind: str, state: Conversation) -> str:
        figures: dict[str, Any] = {"due": _due(state, kind), "start": state.care.start or 0, "end": state.care.end or 0}
        return self._words.say(f"about_{kind}", state.locale, figures)


def _latest(stored: Sequence[Stored], letter: Letter, texts: tuple[str, ...]) -> ev.SystemWrote | None:
    said = (each.event for each in reversed(stored) if each.seq <= letter.seq)
    return next((each for each in said if isinstance(each, ev.SystemWrote) and each.text in texts), None)


def _due(state: Conversation, kind: str) -> int:
    return next((each.due for each in state.promises if each.kind == kind), state.last_at)
