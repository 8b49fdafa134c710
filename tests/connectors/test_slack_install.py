"""The app is installed by OAuth: begun by who runs the desk, finished by the same browser, the token kept."""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from slack_channel import SlackCustomer
from slack_gate import Answer, Call
from slack_house import SlackHouse, slack_house
from slack_workspace import SECRET, TEAM

from desk.channels_command import check
from desk.connectors.slack.install import LINK_SECONDS, Seal, link
from desk.connectors.slack.installation import Installation
from desk.errors import SetupError
from desk.sealing import Seal as SealAtRest
from desk.settings import read_settings

pytestmark = pytest.mark.anyio
INSTALLED = "xoxb-installed-token"
PUBLIC = "https://chat.shop.example"
OLD, NEW = "o" * 32, "n" * 32
FILE = "slack-installation.json"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackHouse]:
    settings = {
        "ASPA_SLACK_BOT_TOKEN": "",
        "ASPA_SLACK_SIGNING_SECRET": SECRET,
        "ASPA_SLACK_CLIENT_ID": "1.2",
        "ASPA_SLACK_CLIENT_SECRET": "s3cret",
        "ASPA_PUBLIC_URL": PUBLIC,
        "ASPA_FILE_KEYS": NEW,
    }
    with slack_house(tmp_path_factory.mktemp("install"), settings) as world:
        world.gate.refuse = _exchange
        yield world


def _exchange(call: Call) -> Answer | None:
    """What the emulator does not have: Slack's answer to a code."""
    if call.method != "oauth.v2.access":
        return None
    given = {name: call.fields.get(name) for name in ("client_id", "client_secret", "redirect_uri")}
    assert given == {"client_id": "1.2", "client_secret": "s3cret", "redirect_uri": f"{PUBLIC}/api/slack/oauth"}
    if call.fields["code"] != "good":
        return 200, {}, {"ok": False, "error": "invalid_code"}
    return 200, {}, {"ok": True, "access_token": INSTALLED, "token_type": "bot", "team": {"id": TEAM}}


def _begin(world: SlackHouse, http: httpx.Client) -> str:
    """The link is opened; the state that Slack is told."""
    page = link(world.house.stack.env["ASPA_SECRET_KEY"], world.house.url)
    answer = http.get(page)
    assert answer.status_code == 302
    asked = urlsplit(answer.headers["location"])
    query = parse_qs(asked.query)
    assert (asked.netloc, query["client_id"]) == ("slack.com", ["1.2"])
    assert "chat:write" in query["scope"][0]
    return query["state"][0]


def _finish(world: SlackHouse, state: str, code: str, browser: str) -> int:
    query, headers = {"state": state, "code": code}, {"Cookie": f"slack-app-oauth-state={browser}"}
    url = f"{world.house.url}/api/slack/oauth"
    with httpx.Client(trust_env=False) as http:
        return http.get(url, params=query, headers=headers if browser else {}).status_code


async def test_the_app_is_installed_and_answers_with_its_token_also_after_a_restart(world: SlackHouse) -> None:
    settings = read_settings(world.house.stack.env)
    (told,) = (await check(settings))["slack"]
    assert "not installed yet" in told
    with httpx.Client(trust_env=False) as http:
        state = _begin(world, http)
    assert _finish(world, state, "good", state) == 200
    kept = world.house.stack.var / FILE
    assert json.loads(kept.read_text()).keys() == {"team", "sealed_token"}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    for words in ("Hei", "Uudelleen"):
        customer = SlackCustomer(world.slack, world.gate, asyncio.Lock())
        await customer.write(words)
        await customer.said(f"Bot: {words}")
        assert world.gate.posts(customer.direct)[-1].token == INSTALLED
        world.house.stack.restart("desk")
    assert INSTALLED not in (world.house.stack.var / "log" / "desk.log").read_text()


@pytest.mark.parametrize("what", ["no key", "forged", "other purpose", "expired"])
async def test_without_a_fresh_link_nobody_begins(world: SlackHouse, what: str) -> None:
    secret = world.house.stack.env["ASPA_SECRET_KEY"]
    key = {
        "no key": "",
        "forged": Seal("x" * 32, "slack install link").make(60),
        "other purpose": Seal(secret, "slack oauth state").make(60),
        "expired": Seal(secret, "slack install link").make(LINK_SECONDS, now=0),
    }[what]
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(f"{world.house.url}/api/slack/install", params={"key": key})).status_code == 401


@pytest.mark.parametrize("what", ["forged", "expired", "other browser", "no browser", "no code", "bad code"])
async def test_a_return_that_is_not_the_one_that_was_begun_changes_nothing(world: SlackHouse, what: str) -> None:
    before = (world.house.stack.var / FILE).exists()
    with httpx.Client(trust_env=False) as http:
        state, other = _begin(world, http), _begin(world, http)
    forged = Seal("x" * 32, "slack oauth state").make(60)
    old = Seal(world.house.stack.env["ASPA_SECRET_KEY"], "slack oauth state").make(60, now=0)
    given, code, browser, status = {
        "forged": (forged, "good", forged, 401),
        "expired": (old, "good", old, 401),
        "other browser": (state, "good", other, 401),
        "no browser": (state, "good", "", 401),
        "no code": (state, "", state, 400),
        "bad code": (state, "bad", state, 400),
    }[what]
    assert _finish(world, given, code, browser) == status
    assert (world.house.stack.var / FILE).exists() == before


def _installation(var: Path, *keys: str) -> Installation:
    return Installation(var, SealAtRest(keys))


def test_the_token_is_kept_open_without_a_key_and_sealed_with_one(tmp_path: Path) -> None:
    _installation(tmp_path).keep(TEAM, INSTALLED)
    assert json.loads((tmp_path / FILE).read_text()) == {"team": TEAM, "bot_token": INSTALLED}
    _installation(tmp_path, NEW).keep(TEAM, INSTALLED)
    assert INSTALLED not in (tmp_path / FILE).read_text()
    assert _installation(tmp_path, NEW).token() == INSTALLED
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("before", [(), (OLD,)], ids=["open", "an old key"])
def test_the_next_start_seals_the_token_with_the_newest_key(tmp_path: Path, before: tuple[str, ...]) -> None:
    _installation(tmp_path, *before).keep(TEAM, INSTALLED)
    assert _installation(tmp_path, NEW, OLD).renew() == INSTALLED
    kept = (tmp_path / FILE).read_text()
    assert INSTALLED not in kept
    assert _installation(tmp_path, NEW).renew() == INSTALLED  # the old key is not needed any more
    assert (tmp_path / FILE).read_text() == kept


def test_a_lost_key_and_a_changed_file_are_told_with_what_to_do(tmp_path: Path) -> None:
    assert _installation(tmp_path, NEW).renew() == ""
    _installation(tmp_path, OLD).keep(TEAM, INSTALLED)
    for keys in ((), (NEW,)):
        with pytest.raises(SetupError, match=r"ASPA_FILE_KEYS.*install the app again"):
            _installation(tmp_path, *keys).renew()
    moved = json.loads((tmp_path / FILE).read_text()) | {"team": "T0THER"}
    (tmp_path / FILE).write_text(json.dumps(moved))
    with pytest.raises(SetupError, match="changed"):
        _installation(tmp_path, OLD).token()
