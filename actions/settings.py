"""The action server's own settings, read once from the environment; the shop's stand in actions/shop/settings.py."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting is missing or wrong; the message names it. The operator's mistake, not a bug."""


@dataclass(frozen=True)
class Settings:
    """Where the server listens and where the policy stands."""

    port: int
    policy: Path
    host: str = "127.0.0.1"


def load(env: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises SettingsError."""
    port = env.get("ASPA_ACTIONS_PORT") or "8055"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise SettingsError(f"ASPA_ACTIONS_PORT must be a port number from 1 to 65535, not {port!r}.")
    return Settings(port=int(port), policy=Path(env.get("ASPA_POLICY") or ROOT / "data" / "policy.yml"))
