"""What customers do in Slack, as commands of the desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.slack import blocks
from desk.connectors.slack.actions import Commanded, Pressed, numbers
from desk.connectors.slack.background import Background
from desk.connectors.slack.client import SlackApi
from desk.connectors.slack.events import Changed, Place, Said
from desk.connectors.slack.files import SlackFiles
from desk.connectors.slack.people import People, Person
from desk.connectors.slack.words import Words
from desk.conversation.refusal import Refused
from desk.service.desk import Done
from desk.texts import LOCALES

CHANNEL = "slack"
LOCALE = "fi"
"""For the first words to a customer whose language Slack does not tell; from then on their messages decide."""

log = structlog.get_logger()


class SlackCustomers:
    """Raises what CustomerDesk raises, except Refused: a customer is told, and Slack has nothing to try again."""

    def __init__(
        self,
        customers: CustomerDesk,
        api: SlackApi,
        people: People,
        words: Words,
        background: Background,
        files: SlackFiles,
    ) -> None:
        self._desk = customers
        self._files = files
        self._api = api
        self._people = people
        self._words = words
        self._background = background
        self._direct: dict[str, str] = {}
        """Team and user → the channel between the app and this user."""

    async def said(self, said: Said) -> None:
        """A message. In channels only what speaks to the app, or goes on in a known thread."""
        known = await self._desk.addresses.known_at(CHANNEL, said.place.key)
        if known is None and not said.opens:
            return None
        person = Person() if known else await self._people.who(said.place.team, said.user)
        locale = person.locale or LOCALE
        if not said.text and not said.files:
            return None if said.place.direct or known else self._greet(said, locale)
        if known and not said.place.direct:
            conversation = known  # a thread of a channel stays with the one who opened it
            await self._desk.addresses.set_reachable(CHANNEL, said.place.key, True)
        else:
            conversation = await self._conversation(said.place, said.user, in_thread=said.in_thread)
        lines = [self._words.slack.say("file", locale, {"name": file.name}) for file in said.files]
        if not said.text:
            await self._unread(conversation, locale, said.message_id, "\n".join(lines), "unread", person.name)
        else:
            await self._write(conversation, locale, said.message_id, said.text, person.name)
            if lines:
                await self._unread(conversation, locale, f"{said.message_id}:files", "\n".join(lines), None, None)
        for file in said.files:  # Slack waits three seconds for its answer, and a file may take longer
            self._background.soon(self._files.take(conversation, locale, f"{said.message_id}:{file.id}", file))
        return None

    async def changed(self, changed: Changed) -> None:
        """Taken back or changed: what was understood and done stays; people see it."""
        conversation = await self._desk.addresses.known_at(CHANNEL, changed.place.key)
        if conversation is None:
            return
        if changed.text is None:
            line = self._words.slack.say("deleted", LOCALE, {"text": changed.before})
            await self._unread(conversation, LOCALE, changed.message_id, line, None, None, changed.of, "deleted")
        else:
            line = self._words.slack.say("edited", LOCALE, {"text": changed.text})
            await self._unread(conversation, LOCALE, changed.message_id, line, "edited", None, changed.of)

    async def pressed(self, pressed: Pressed) -> None:
        """A button below one of our messages, or in the app's home."""
        place = pressed.place or await self._home_place(pressed.team, pressed.user)
        conversation = await self._desk.addresses.known_at(CHANNEL, place.key)
        if conversation is None:
            if pressed.action != "person":
                return
            conversation = await self._conversation(place, pressed.user, in_thread=False)
        try:
            done = await self._do(pressed, conversation)
        except Refused as error:
            log.info("slack_press_refused", conversation=conversation, code=error.code)
            if pressed.place:
                person = await self._people.who(pressed.team, pressed.user)
                text = self._words.slack.say("choice_gone", person.locale or LOCALE)
                self._background.soon(self._whisper(pressed.place, pressed.user, text))
            return
        news = done is not None and done.changed is not None
        if news and pressed.place and (shown := blocks.pressed(pressed.shown, pressed.title)):
            update = self._api.call("chat.update", channel=pressed.place.channel, ts=pressed.ts, **shown)
            self._background.soon(update)

    async def ask_for_person(self, commanded: Commanded) -> None:
        """`/aspa person`, wherever it was typed: the conversation is the direct one."""
        place = await self._home_place(commanded.team, commanded.user)
        person = await self._people.who(commanded.team, commanded.user)
        conversation = await self._conversation(place, commanded.user, in_thread=False)
        locale, message_id = person.locale or LOCALE, f"command:{commanded.at}"
        await self._desk.ask_for_person(conversation, CHANNEL, locale, message_id, name=person.name)

    async def _do(self, pressed: Pressed, conversation: str) -> Done | None:
        """The command that the button stands for; None for a button that we do not know. Raises Refused."""
        kind, _, argument = pressed.action.partition("_")
        pair = numbers(pressed.value)
        where = (conversation, CHANNEL, LOCALE)
        if kind == "press" and pair:
            # One answer to a message: a second press of the same row, before it is gone, changes nothing.
            return await self._desk.press(*where, f"press:{pair[0]}", *pair)
        if kind == "rate" and pair:
            return await self._desk.rate(*where, f"rate:{pair[0]}", *pair, "")
        if kind == "language" and argument in LOCALES:
            return await self._desk.choose_language(*where, f"language:{pressed.at}", argument)
        if kind == "person":
            return await self._desk.ask_for_person(*where, f"person:{pressed.at}")
        return None

    async def _write(self, conversation: str, locale: str, message_id: str, text: str, name: str | None) -> None:
        """A message; one that is too long for the desk keeps its beginning, and people are told."""

        async def write(text: str) -> None:
            await self._desk.write(conversation, CHANNEL, locale, message_id, text, name=name)

        await self._fitting(write, text, locale)

    async def _unread(
        self,
        conversation: str,
        locale: str,
        message_id: str,
        text: str,
        answer: str | None,
        name: str | None,
        changes: str | None = None,
        how: str = "edited",
    ) -> None:
        async def send(text: str) -> None:
            where = (conversation, CHANNEL, locale, message_id)
            await self._desk.send_unread(*where, text, answer=answer, name=name, changes=changes, how=how)

        await self._fitting(send, text, locale)

    async def _fitting(self, send: Callable[[str], Awaitable[None]], text: str, locale: str) -> None:
        try:
            await send(text)
        except Refused as error:
            if error.code != "too_long":
                log.info("slack_message_refused", code=error.code)
                return
            end = "\n" + self._words.slack.say("shortened", locale)
            await send(text[: int(error.details["limit"]) - len(end)] + end)

    async def _conversation(self, place: Place, user: str, *, in_thread: bool) -> str:
        """Answers go where the customer wrote last: into the thread, if they wrote in one."""
        thread = place.thread if in_thread or not place.direct else ""
        data = {"team": place.team, "channel": place.channel, "thread": thread, "person": f"{place.team}/{user}"}
        return await self._desk.addresses.conversation_at(CHANNEL, place.key, data)

    async def _home_place(self, team: str, user: str) -> Place:
        """The direct channel with this user. Raises RetryLater, Undeliverable."""
        key = f"{team}/{user}"
        if key not in self._direct:
            answer = await self._api.call("conversations.open", users=user)
            self._direct[key] = str((answer.get("channel") or {}).get("id") or "")
        return Place(team=team, channel=self._direct[key], thread="")

    def _greet(self, said: Said, locale: str) -> None:
        """Only the app's name was said."""
        greeting = blocks.text(self._words.system.say("greeting", locale))
        self._background.soon(self._api.post(said.place.channel, greeting, said.place.thread))

    async def _whisper(self, place: Place, user: str, text: str) -> None:
        at = {"channel": place.channel, "thread_ts": place.thread}
        await self._api.call("chat.postEphemeral", user=user, text=text, **at)
