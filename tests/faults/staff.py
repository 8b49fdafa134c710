"""A second agent."""

from __future__ import annotations

import httpx


async def hire(url: str, boss: tuple[str, str]) -> tuple[str, str]:
    """A second account; name and password."""
    async with httpx.AsyncClient(base_url=url, trust_env=False, headers={"Origin": url}) as http:
        answer = await http.post("/api/console/login", json={"name": boss[0], "password": boss[1]})
        answer.raise_for_status()
        # By hand: behind a public address cookies are for TLS only, and here we stand inside.
        headers = {"X-CSRF-Token": answer.json()["csrf"], "Cookie": f"aspa_agent={answer.cookies['aspa_agent']}"}
        wanted = {"name": "mikko", "display_name": "Mikko", "locale": "fi", "capacity": 8}
        made = await http.post("/api/console/staff/agent", json=wanted, headers=headers)
        made.raise_for_status()
        return "mikko", str(made.json()["password"])
