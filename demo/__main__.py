"""`python -m demo`: the demo shop on ASPA_SHOP_HOST:ASPA_SHOP_PORT until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sqlite3
import sys

from demo.api import make_app
from demo.changes import Shop
from demo.serving import serve
from demo.settings import Settings, SettingsError
from masking import logs


def main() -> int:
    """0 when told to stop, 2 when something must be mended first."""
    logs.set_up(logging.WARNING, "%(levelname)s %(name)s %(message)s")
    try:
        settings = Settings.from_env(os.environ)
        listener = listen(settings.host, settings.port)
    except SettingsError as error:
        print(f"demo shop: {error}", file=sys.stderr)
        return 2
    try:
        shop = Shop(settings)
    except (OSError, sqlite3.Error) as error:
        print(f"demo shop: cannot keep its data under ASPA_VAR={settings.var}: {error}", file=sys.stderr)
        return 2
    host, port = listener.getsockname()[:2]
    app = make_app(settings, shop)
    asyncio.run(serve(app, listener, f"demo shop: ready at http://{host}:{port}, {len(shop.world.orders)} orders"))
    shop.store.close()
    return 0


def listen(host: str, port: int) -> socket.socket:
    """The bound socket. Raises SettingsError when the address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)  # also finds a port on which somebody listens already
    except OSError as error:
        raise SettingsError(
            f"Cannot listen on {host}:{port} ({error.strerror or error}). Stop what uses the port, or set"
            " ASPA_SHOP_PORT (or ASPA_SHOP_HOST) to a free address."
        ) from None
    return listener


if __name__ == "__main__":
    sys.exit(main())
