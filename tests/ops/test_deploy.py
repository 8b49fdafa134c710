"""What is in compose.yaml and deploy/ fits the programs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


def test_every_setting_in_compose_is_documented() -> None:
    """A setting that nobody reads would be set in vain."""
    documented = set(re.findall(r"(?m)^\| `(ASPA_[A-Z0-9_]+)`", (ROOT / "docs" / "settings.md").read_text("utf-8")))
    given = {name for service in COMPOSE["services"].values() for name in service.get("environment", {})}
    ours = {name for name in given if name.startswith("ASPA_")} - {"ASPA_DOMAIN"}
    assert ours - documented == set()


def test_no_secret_stands_in_compose() -> None:
    """Each comes from outside, and without it nothing starts."""
    for service in COMPOSE["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"SECRET|TOKEN|PASSWORD", name):
                assert re.fullmatch(r"\$\{[A-Z_]+:\?.*\}", value), name


def test_the_board_shows_only_figures_that_there_are() -> None:
    """Each metric of the Grafana board is made in desk/metrics.py or desk/bootstrap.py, or by the client library."""
    board = json.loads((ROOT / "deploy" / "grafana.json").read_text("utf-8"))
    asked = {name for panel in board["panels"] for each in panel["targets"] for name in _names(each["expr"])}
    made = (ROOT / "desk" / "metrics.py").read_text("utf-8") + (ROOT / "desk" / "bootstrap.py").read_text("utf-8")
    for name in asked:
        plain = re.sub(r"_(total|bucket|count|sum)$", "", name)
        assert f'"{plain}"' in made or f'"{plain.removeprefix("aspa_")}"' in made, name
    assert len(asked) > 10


def _names(expression: str) -> list[str]:
    return re.findall(r"aspa_[a-z_]+", expression.replace('job="aspa"', ""))
