"""The texts that Slack's customers and agents read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from desk.texts import Texts


@dataclass(frozen=True, slots=True)
class Words:
    """By where they stand under data/: slack, channels, system, slack/team."""

    slack: Texts
    channels: Texts
    system: Texts
    team: Texts

    @classmethod
    def load(cls, data: Path, zone: ZoneInfo, system: Texts) -> Words:
        """Raises SetupError for a missing text."""
        folders = (data / "slack", data / "channels", data / "slack" / "team")
        slack, channels, team = (Texts.load(folder, zone) for folder in folders)
        return cls(slack, channels, system, team)
