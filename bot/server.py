"""The bot's process: Rasa's agent behind the desk's doors, on loopback, nothing else of Rasa's HTTP API."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvloop

from actions import starting
from actions.yaml_text import load_yaml
from bot import light, model, renewing, serving, wording
from bot.settings import ROOT, Settings

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import InputChannel
    from rasa.core.tracker_store import TrackerStore
    from sanic import Sanic

log = logging.getLogger("bot")


def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT. Raises ModelError, PortInUse and the actions' MISTAKES before anything is
    loaded."""
    sha256 = model.verify(settings.model)
    listener = serving.take_port(settings.host, settings.port, "ASPA_BOT_PORT")
    light.install()
    if not settings.actions_url:
        starting.get_ready()
    uvloop.run(_serve(settings, listener, sha256))


async def _serve(settings: Settings, listener: socket.socket, sha256: str) -> None:
    from bot import understanding

    agent = load_agent(settings)
    assert agent.processor
    await understanding.parse(agent.processor, "Missä tilaukseni on?")  # loads what is loaded late: a second of work
    app = make_app(agent, channels(ROOT / "credentials.yml", settings), sha256)
    where = f"http://{settings.host}:{settings.port}"
    renewal = asyncio.create_task(renewing.follow(app, settings.model))
    await serving.serve(app, listener, lambda: log.info("ready on %s (model %s)", where, sha256[:12]))
    renewal.cancel()
    await app.ctx.agent.action_endpoint.close()
    app.ctx.agent.tracker_store.close()


def load_agent(settings: Settings) -> Agent:
    """Rasa's agent with our model, our conversations and our actions."""
    from rasa.core.agent import Agent

    from bot import copies, inside, lookups, remote, rules, runner

    for overrides in (remote, runner, rules, copies, lookups):
        overrides.install()
    url = settings.actions_url
    agent = Agent(action_endpoint=remote.ActionServer(url) if url else inside.own_actions())
    # Set, not passed: passed, Rasa wraps it so that a failing disk silently turns into a memory that forgets.
    agent.tracker_store = _trackers(settings)
    agent.load_model(str(settings.model))
    wording.renew(agent)
    return agent


def _trackers(settings: Settings) -> TrackerStore:
    if settings.database_url:
        from bot.shared_trackers import SharedTrackers

        return SharedTrackers(settings.database_url)
    from bot.trackers import SqliteTrackers

    return SqliteTrackers(settings.tracker_file)


def channels(credentials: os.PathLike[str], settings: Settings) -> list[InputChannel]:
    """The channels that credentials.yml names by class path, as Rasa does it; the token comes from the environment."""
    from rasa.shared.utils.common import class_from_module_path

    wanted: dict[str, dict[str, Any] | None] = load_yaml(Path(credentials).read_text("utf-8")) or {}
    return [
        class_from_module_path(name).from_credentials({"token": settings.token, **(given or {})})
        for name, given in wanted.items()
    ]


def make_app(agent: Agent, doors: list[InputChannel], sha256: str) -> Sanic:
    """The Sanic app with the channels' doors and nothing else."""
    from rasa.core.channels.channel import register
    from sanic import Sanic

    app = Sanic("aspa_bot", configure_logging=False)
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.REQUEST_MAX_SIZE = 2 * 1024 * 1024
    app.config.KEEP_ALIVE_TIMEOUT = 75
    app.ctx.agent = agent
    app.ctx.model_sha256 = sha256
    register(doors, app, route="/webhooks/")
    return app
