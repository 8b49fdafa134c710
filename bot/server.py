"""The bot's process: Rasa's agent behind the desk's doors, on loopback, nothing else of Rasa's HTTP API."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from typing import TYPE_CHECKING, Any

import yaml

from bot import light, model
from bot.settings import ROOT, Settings

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import InputChannel
    from sanic import Sanic

log = logging.getLogger("bot")


class PortInUse(RuntimeError):
    """Somebody else listens where the bot should; the message names the setting."""


def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT. Raises ModelError and PortInUse before anything is loaded."""
    sha256 = model.verify(settings.model)
    listener = listen(settings)
    light.install()
    asyncio.run(_serve(settings, listener, sha256))


def listen(settings: Settings) -> socket.socket:
    """Take the port. Raises PortInUse."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        # Connections are refused until the model is loaded: "no connection" tells the desk that the bot is starting.
    except OSError as error:
        listener.close()
        raise PortInUse(
            f"Port {settings.port} on {settings.host} is in use. Stop what listens there, or set ASPA_BOT_PORT to a free port."
        ) from error
    return listener


async def _serve(settings: Settings, listener: socket.socket, sha256: str) -> None:
    app = make_app(load_agent(settings), channels(ROOT / "credentials.yml", settings), sha256)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stopping.set)
    server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.before_start()
    await server.after_start()
    log.info("ready on http://%s:%d (model %s)", settings.host, settings.port, sha256[:12])
    await stopping.wait()
    log.info("stopping")
    server.close()
    await server.wait_closed()
    await _finish(server.connections)
    app.ctx.agent.tracker_store.close()


async def _finish(connections: Any, seconds: float = 5.0) -> None:
    """Let requests that are being answered end, and close connections that only wait."""
    for connection in list(connections):
        connection.close_if_idle()
    deadline = asyncio.get_running_loop().time() + seconds
    while connections and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0.02)


def load_agent(settings: Settings) -> Agent:
    """Rasa's agent with our model, our conversations and our action server."""
    from rasa.core.agent import Agent
    from rasa.utils.endpoints import EndpointConfig

    from bot import remote
    from bot.trackers import SqliteTrackers

    remote.install()
    agent = Agent(action_endpoint=EndpointConfig(url=settings.actions_url))
    # Set, not passed: passed, Rasa wraps it so that a failing disk silently turns into a memory that forgets.
    agent.tracker_store = SqliteTrackers(settings.tracker_file)
    agent.load_model(str(settings.model))
    return agent


def channels(credentials: os.PathLike[str], settings: Settings) -> list[InputChannel]:
    """The channels that credentials.yml names by class path, as Rasa does it; the token comes from the environment."""
    from rasa.shared.utils.common import class_from_module_path

    with open(credentials, encoding="utf-8") as file:
        wanted: dict[str, dict[str, Any] | None] = yaml.safe_load(file) or {}
    return [class_from_module_path(name).from_credentials({"token": settings.token, **(given or {})}) for name, given in wanted.items()]


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
