"""Every example of `demo/README.md` is true, and every route has one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import requests
from conftest import EMAILS
from process import ROOT, TOKEN, DemoProcess

README = (ROOT / "demo" / "README.md").read_text(encoding="utf-8")
ANY = "…"


class Example(NamedTuple):
    method: str
    path: str
    body: dict[str, Any] | None
    status: int
    answer: dict[str, Any]


def examples() -> list[Example]:
    pattern = r"```http\n(GET|POST) (\S+)\n(?:(\{.*?\})\n)?(\d{3})\n(.*?)\n```"
    found = re.findall(pattern, README, re.DOTALL)
    assert len(found) == README.count("```http")
    return [
        Example(method, path, json.loads(body) if body else None, int(status), json.loads(answer))
        for method, path, body, status, answer in found
    ]


def fits(shown: Any, real: Any) -> bool:
    """Whether the answer holds all that is shown of it."""
    if shown == ANY:
        return real is not None
    if isinstance(shown, dict):
        return isinstance(real, dict) and all(name in real and fits(value, real[name]) for name, value in shown.items())
    if isinstance(shown, list):
        return isinstance(real, list) and len(shown) == len(real) and all(map(fits, shown, real))
    return bool(shown == real)


@pytest.mark.parametrize("example", examples(), ids=lambda one: f"{one.method} {one.path} {one.status}")
def test_each_example_is_answered_as_shown(fresh: DemoProcess, example: Example) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "k"}
    answer = requests.request(example.method, fresh.url + example.path, json=example.body, headers=headers, timeout=5)

    assert answer.status_code == example.status, answer.text
    assert fits(example.answer, answer.json()), answer.text


def test_each_route_has_an_example() -> None:
    source = (ROOT / "demo" / "api.py").read_text(encoding="utf-8")
    served = {path for path in re.findall(r'\.(?:get|post)\("(/[^"]*)"', source)}
    kinds = re.findall(
        r'^    "(\w+)": (?:goods_|money_)?rules\.', (ROOT / "demo" / "changes.py").read_text(encoding="utf-8"), re.M
    )
    served |= {f"/orders/<number:str>/{kind}" for kind in kinds}
    shown = {example.path.split("?")[0].removeprefix("/api/v1") for example in examples()}

    assert len(kinds) == 9
    for path in served:
        pattern = re.sub(r"<[^>]+>", "[^/]+", path)
        assert any(re.fullmatch(pattern, one) for one in shown), f"demo/README.md has no example of {path}"


def test_the_orders_to_try_are_named_with_their_emails() -> None:
    assert all(f"| {number} | {email} |" in README for number, email in EMAILS.items())


def test_every_code_of_a_refusal_is_documented() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(ROOT / "demo").glob("*.py")]
    codes = {code for source in sources for code in re.findall(r'Refused\(\s*"(\w+)"', source)}

    assert codes
    assert {code for code in codes if f"`{code}`" not in README} == set()
