"""Saying in words what is wrong with the app."""

from __future__ import annotations

from desk.channel_settings import SlackSettings
from desk.connectors.slack.client import SlackApi
from desk.connectors.slack.install import SCOPES
from desk.service.channel import RetryLater, Undeliverable


async def check(settings: SlackSettings, public_url: str, installed: str = "") -> list[str]:
    """What is wrong, each with what to do about it; nothing when all is well. `installed`: an installation's token."""
    wrong = []
    token = settings.bot_token or installed
    if not token:
        return ["The app is not installed yet. `python -m desk channels install` gives the link to do so."]
    if not settings.app_token:
        if not settings.signing_secret:
            wrong.append("ASPA_SLACK_SIGNING_SECRET is not set: nothing is let in. Copy it from Basic Information.")
        if not public_url:
            wrong.append("ASPA_PUBLIC_URL is not set: Slack has to reach the desk, or use Socket Mode.")
    api = SlackApi(token, settings.api)
    await api.start()
    try:
        return [*wrong, *await _ask(api, settings)]
    except Undeliverable as error:
        return [*wrong, f"{error}."]
    except RetryLater as error:
        return [*wrong, f"{settings.api} did not answer ({error}). Check the network and ASPA_SLACK_API_URL."]
    finally:
        await api.close()


async def _ask(api: SlackApi, settings: SlackSettings) -> list[str]:
    """Raises RetryLater, Undeliverable."""
    wrong = []
    granted = await api.scopes()
    if granted and (missing := SCOPES - granted):
        scopes = ", ".join(sorted(missing))
        wrong.append(f"The app lacks the scopes {scopes}: add them in OAuth & Permissions, and install it again.")
    if settings.agents_channel:
        try:
            await api.read("conversations.history", channel=settings.agents_channel, limit="1")
        except Undeliverable:
            wrong.append("The app does not see the channel of ASPA_SLACK_AGENTS_CHANNEL: invite it there.")
    return wrong
