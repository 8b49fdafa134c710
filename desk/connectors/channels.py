"""Which channels this shop has, by its settings."""

from __future__ import annotations

from desk.attachments.keeping import Attachments
from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.tickets import Tickets
from desk.service.agent_desk import AgentDesk
from desk.service.channel import Connector
from desk.settings import Settings
from desk.texts import Texts


def make_connectors(
    settings: Settings, customers: CustomerDesk, agents: AgentDesk, texts: Texts, attachments: Attachments
) -> list[Connector]:
    """The connectors of the channels that are set up. The widget is always there and is not among them.

    A channel's library is imported only where the channel is used: a desk without it starts as fast as before.
    """
    connectors: list[Connector] = []
    words = Texts.load(settings.data / "channels", settings.zone)
    tickets = Tickets(settings.secret_key)
    if settings.telegram:
        from desk.connectors.telegram.connector import TelegramConnector

        files, where = attachments, settings.public_url
        connectors.append(TelegramConnector(settings.telegram, where, customers, words, tickets, files))
    if settings.slack:
        from desk.connectors.slack.connector import SlackConnector
        from desk.connectors.slack.words import Words

        slack_words = Words.load(settings.data, settings.zone, texts)
        connectors.append(SlackConnector(settings, settings.slack, customers, agents, slack_words, attachments))
    if settings.email:
        from desk.connectors.email.connector import EmailConnector

        connectors.append(EmailConnector(settings, settings.email, customers, attachments, words))
    if settings.webhook:
        from desk.connectors.webhook import WebhookConnector

        connectors.append(WebhookConnector(settings.webhook, customers))
    return connectors
