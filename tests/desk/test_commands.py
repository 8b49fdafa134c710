"""The desk's commands, as an operator calls them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from parts import ROOT, House

pytestmark = pytest.mark.anyio


def desk(var: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m desk` without a terminal."""
    settings = {"ASPA_VAR": str(var), "ASPA_SECRET_KEY": "k" * 32, "ASPA_BOT_TOKEN": "b" * 32, **changes}
    env = {name: value for name, value in os.environ.items() if not name.startswith("ASPA_")} | settings
    command = [sys.executable, "-m", "desk", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


async def test_an_agent_is_added_and_can_sign_in(house: House) -> None:
    """Also while the desk runs; the same name twice is told."""
    added = desk(house.stack.var, "agents", "add", "mari", "--display-name", "Mari")
    assert added.returncode == 0, added.stderr
    password = added.stdout.strip().rpartition(" ")[2]
    async with httpx.AsyncClient(headers={"Origin": house.url}) as http:
        answer = await http.post(f"{house.url}/api/console/login", json={"name": "mari", "password": password})
    assert answer.json()["agent"]["display_name"] == "Mari"
    again = desk(house.stack.var, "agents", "add", "mari")
    assert (again.returncode, "already" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASPA_PORT", "eighty"),
        ("ASPA_PORT", "70000"),
        ("ASPA_SECRET_KEY", ""),
        ("ASPA_BOT_TOKEN", "short"),
        ("ASPA_DATABASE_URL", "mysql://x"),
        ("ASPA_TIME_ZONE", "Mars/Base"),
        ("ASPA_EMBED_ORIGINS", "shop.example"),
        ("ASPA_DEMO", "maybe"),
        ("ASPA_PROXIES", "-1"),
        ("ASPA_HOURS_FILE", "/no/such/file.yml"),
        ("ASPA_ASSIGNMENT", "shove"),
        ("ASPA_ACCEPT_MINUTES", "0"),
    ],
)
def test_a_wrong_setting_is_named_with_its_mend(tmp_path: Path, name: str, value: str) -> None:
    """Exit code 2 and one line, no trace."""
    done = desk(tmp_path, **{"ASPA_PORT": "0", name: value})
    assert done.returncode == 2
    assert re.match(rf"desk: .*{name}", done.stderr), done.stderr
    assert "Traceback" not in done.stderr


def test_a_busy_port_is_named(house: House, tmp_path: Path) -> None:
    """Before anything else is touched."""
    done = desk(tmp_path / "other", ASPA_PORT=house.url.rpartition(":")[2])
    assert (done.returncode, "ASPA_PORT" in done.stderr) == (2, True)
    assert not (tmp_path / "other").exists()
