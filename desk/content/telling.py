"""A banner goes before the bot's answer to whom it concerns, once in a conversation."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desk.content.banners import Banner
from desk.conversation import events as ev
from desk.conversation.event import Event


def with_banners(events: Sequence[Event], banners: Sequence[Banner], told: Collection[str]) -> list[Event]:
    """The same events, and before the first words of the bot's the banners that this customer has not been told.

    Before, because what the answer asks must stand last, with its buttons.
    """
    found: list[Event] = []
    fresh = [banner for banner in banners if banner.id not in told]
    for event in events:
        if isinstance(event, ev.BotReplied):
            for banner in fresh:
                text = banner.say(event.lang)
                found += [ev.BotReplied(turn=event.turn, lang=event.lang, text=text), ev.BannerTold(banner=banner.id)]
            fresh = []
        found.append(event)
    return found
