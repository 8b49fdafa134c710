"""What Slack's requests may do, however often and however many at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest
from slack_house import SlackHouse, slack_house
from slack_workspace import AGENTS, ALICE, LIISA, TEAM, Json, buttons, signed, whole

pytestmark = pytest.mark.anyio
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackHouse]:
    settings = {"ASPA_SLACK_AGENTS_CHANNEL": AGENTS, "ASPA_SLACK_AGENTS": f"{LIISA}=liisa"}
    with slack_house(tmp_path_factory.mktemp("slack"), settings) as made:
        yield made


async def knock(
    house: SlackHouse, path: str, body: bytes, headers: dict[str, str], times: int = 1
) -> list[httpx.Response]:
    url = f"{house.house.url}/api/slack/{path}"
    async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
        return list(await asyncio.gather(*(client.post(url, content=body, headers=headers) for _ in range(times))))


def form(**fields: str) -> tuple[bytes, dict[str, str]]:
    body = urlencode(fields).encode()
    return body, {**signed(body), "Content-Type": FORM}


def press(user: str, channel: str, message: Json, action: str) -> tuple[bytes, dict[str, str]]:
    """The request of a pressed button."""
    button = next(each for each in buttons(message) if each["action_id"] == action)
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": user},
        "channel": {"id": channel},
        "message": message,
        "actions": [{**button, "action_ts": "1795300000.000001"}],
    }
    return form(payload=json.dumps(payload))


@pytest.mark.parametrize("path", ["events", "interactive", "command"])
async def test_each_address_wants_a_signature(house: SlackHouse, path: str) -> None:
    """The challenge, too."""
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    (refused,) = await knock(house, path, body, {})
    assert refused.status_code == 401 and "challenge" not in refused.text
    (answer,) = await knock(house, path, body, signed(body))
    assert answer.status_code == 200 and answer.json() == {"challenge": "abc"}


@pytest.mark.parametrize("header", ["X-Slack-Retry-Num", "X-Slack-Retry-Reason", "X-Slack-No-Retry"])
async def test_a_retry_s_headers_open_nothing(house: SlackHouse, header: str) -> None:
    """Nor do they keep a signed request out."""
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    statuses = [
        (await knock(house, "events", body, {**headers, header: "1"}))[0].status_code for headers in ({}, signed(body))
    ]
    assert statuses == [401, 200]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff\xfe", b'{"event": 7}', b"payload={", b"payload=1", b"x" * 9000]
)
async def test_a_signed_oddity_is_no_error_of_ours(house: SlackHouse, body: bytes) -> None:
    """Slack would send it again for an hour."""
    for path in ("events", "interactive", "command"):
        headers = {**signed(body.decode("utf-8", "ignore").encode()), "Content-Type": FORM}
        (answer,) = await knock(house, path, body, headers)
        assert answer.status_code < 500


async def test_buttons_pressed_twenty_times_at_once_do_one_thing(house: SlackHouse) -> None:
    """A customer's choice, and an agent's claim."""
    counted = len(house.house.bot.questions)
    await house.slack.say(ALICE, ALICE, "napit")
    direct = await house.slack.direct(ALICE)
    asked = await house.slack.until(direct, "Kumpi?")
    body, headers = press(ALICE, direct, asked, "press_0")
    assert {each.status_code for each in await knock(house, "interactive", body, headers, 20)} == {200}
    await house.slack.until(direct, "Valittu /wait")
    assert len(house.house.bot.questions) == counted + 2
    body, headers = form(command="/aspa", text="person", user_id=ALICE, team_id=TEAM, trigger_id="t.1")
    assert {each.status_code for each in await knock(house, "command", body, headers, 20)} == {200}
    card = await house.slack.until(AGENTS, lambda each: bool(buttons(each)))
    body, headers = press(LIISA, AGENTS, card, "team_claim")
    assert {each.status_code for each in await knock(house, "interactive", body, headers, 20)} == {200}
    await house.slack.until(direct, "Liisa asiakaspalvelusta")
    await house.slack.say(AGENTS, LIISA, "Hei Alice", thread=card["ts"])
    raw, given, _ = house.gate.brought[-1]
    assert {each.status_code for each in await knock(house, "events", raw, given, 20)} == {200}
    await house.slack.say(AGENTS, LIISA, "Hei hei", thread=card["ts"])
    await house.slack.until(direct, "Hei hei")
    told = [whole(each) for each in await house.slack.by_app(direct)]
    assert sum("sijalla" in each for each in told) == 1
    assert sum("Liisa asiakaspalvelusta" in each for each in told) == 1
    assert told.count("Hei Alice") == 1


async def test_the_team_s_channel_survives_a_busy_and_a_dead_slack(house: SlackHouse) -> None:
    """A case that comes meanwhile stands there afterwards, once, with all that was said."""
    house.gate.refuse = lambda call: (
        (429, {"Retry-After": "1"}, {"ok": False, "error": "ratelimited"})
        if call.fields.get("channel") == AGENTS and len(house.gate.posts(AGENTS)) % 2
        else None
    )
    house.gate.down = True
    user = "U1BUSY"
    saying = asyncio.create_task(house.slack.say(user, user, "ota ihminen"))
    await saying
    direct = await house.slack.direct(user)
    await house.slack.say(direct, user, "Kuuleeko kukaan?")
    house.gate.down = False
    card = await house.slack.until(AGENTS, lambda each: "team_claim" in str(each.get("blocks")), limit=30)
    await house.slack.say(direct, user, "Vielä yksi asia")
    await house.slack.until(AGENTS, "Vielä yksi asia", limit=30)
    house.gate.refuse = lambda _: None
    shown = [
        each
        for each in await house.slack.by_app(AGENTS)
        if each.get("thread_ts") == card["ts"] or each["ts"] == card["ts"]
    ]
    words = " ".join(whole(each) for each in shown)
    assert words.count("Vielä yksi asia") == 1 and words.count("Kuuleeko kukaan?") <= 1
    cases = [each for each in await house.slack.by_app(AGENTS) if "ota ihminen" in whole(each)]
    assert len(cases) == 1
