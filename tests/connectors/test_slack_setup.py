"""What the Slack connector says and is set up with: blocks, words, people, manifest, settings, refusals."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from slack_gate import Gate
from slack_workspace import ALICE, BOT, GENERAL, SECRET, TEAM, Json

from desk.channel_settings import read_slack
from desk.connectors.slack import blocks
from desk.connectors.slack.client import SlackApi
from desk.connectors.slack.events import read_event
from desk.connectors.slack.people import person_of
from desk.connectors.slack.setup import SCOPES, check
from desk.connectors.slack.words import Words
from desk.errors import SetupError
from desk.service.channel import Outgoing, RetryLater, Undeliverable
from desk.settings import read_settings
from desk.texts import LOCALES, Texts

ROOT = Path(__file__).resolve().parents[2]
ZONE = ZoneInfo("Europe/Helsinki")
WORDS = Words.load(ROOT / "data", ZONE, Texts.load(ROOT / "data" / "system", ZONE))


def outgoing(**fields: Any) -> Outgoing:
    return Outgoing(**{"seq": 9, "role": "bot", "author": None, "text": "Hei", "lang": "fi", **fields})


class TestBlocks:
    """Slack's limits are kept whatever the text, and people's words stay words."""

    @given(st.text(max_size=300), st.lists(st.text(max_size=200), max_size=40), st.booleans())
    def test_a_message_is_one_that_slack_takes(self, words: str, titles: list[str], public: bool) -> None:
        card = {"type": "order", "number": words, "status": words, "items": [{"name": words, "quantity": 1}]}
        for message in blocks.message(outgoing(text=words, buttons=tuple(titles), cards=(card,)), WORDS, public=public):
            assert len(message["text"]) <= 40_000
            rows = message.get("blocks", [])
            assert len(rows) <= 50
            for each in _plain(rows):
                assert each["type"] == "plain_text" and "<" not in each["text"] and 0 < len(each["text"]) <= 3_000
            pressed = [button for row in rows if row["type"] == "actions" for button in row["elements"]]
            assert len({button["action_id"] for button in pressed}) == len(pressed) == len(titles)
            assert all(len(button["text"]["text"]) <= 75 for button in pressed)

    def test_an_agent_s_words_are_text(self) -> None:
        (message,) = blocks.message(
            outgoing(role="agent", author="Liisa", text="<!channel> *hei*"), WORDS, public=False
        )
        assert message == {"text": "&lt;!channel&gt; *hei*", "mrkdwn": False, "username": "Liisa"}


MEMBER = {"team_id": TEAM, "is_email_confirmed": True, "profile": {"email": "liisa@shop.example", "real_name": "Liisa"}}


class TestPeople:
    """An e-mail address says who an agent is: only of the workspace's own, full, confirmed members."""

    def test_a_member_is_known_by_address(self) -> None:
        assert person_of(MEMBER, TEAM).email == "liisa@shop.example"

    @pytest.mark.parametrize(
        "change",
        [
            {"is_restricted": True}, {"is_ultra_restricted": True}, {"is_stranger": True}, {"deleted": True},
            {"is_bot": True}, {"team_id": "T2OTHER"}, {"is_email_confirmed": False}, {"profile": {"email": ["x"]}},
        ],
    )  # fmt: skip
    def test_nobody_else_is(self, change: Json) -> None:
        assert person_of({**MEMBER, **change}, TEAM).email is None


class TestWords:
    """Everything exists in three languages, and agents read the same words as in the console."""

    @pytest.mark.parametrize("locale", LOCALES)
    def test_the_team_s_words_are_the_console_s(self, locale: str) -> None:
        codes = (ROOT / "web" / "console" / "i18n" / "codes" / f"{locale}.ts").read_text()
        words = yaml.safe_load((ROOT / "data" / "slack" / "team" / f"{locale}.yml").read_text())
        for block, prefix in (("reasons", "reason"), ("intents", "problem")):
            inner = re.search(block + r": \{(.*?)\n\t\}", codes, re.DOTALL)
            assert inner is not None
            for code, said in re.findall(r'(\w+): "((?:[^"\\]|\\.)*)"', inner[1]):
                assert words[f"{prefix}_{code}"] == said


def event(**fields: Any) -> Json:
    """A message in a channel."""
    inner = {"type": "message", "channel": GENERAL, "user": ALICE, "ts": "1.2", "text": "Hei", **fields}
    bot = [{"user_id": BOT, "is_bot": True}]
    return {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": inner, "authorizations": bot}


class TestManifest:
    """The app that the manual describes is the one that the connector is made for."""

    MANIFEST = yaml.safe_load((ROOT / "docs" / "channels" / "slack-manifest.yml").read_text())

    def test_its_addresses_are_ours(self) -> None:
        settings, features = self.MANIFEST["settings"], self.MANIFEST["features"]
        given_ = [settings["event_subscriptions"]["request_url"], settings["interactivity"]["request_url"]]
        given_.append(features["slash_commands"][0]["url"])
        assert [each.rpartition("/api/slack/")[2] for each in given_] == ["events", "interactive", "command"]

    def test_each_event_that_is_subscribed_is_known(self) -> None:
        kinds = {kind.partition(".")[0] for kind in self.MANIFEST["settings"]["event_subscriptions"]["bot_events"]}
        assert all(read_event(event(type=kind)) for kind in kinds)

    def test_its_scopes_are_those_that_are_checked(self) -> None:
        assert set(self.MANIFEST["oauth_config"]["scopes"]["bot"]) == SCOPES


@pytest.mark.anyio
async def test_what_is_wrong_with_the_app_is_said_in_words() -> None:
    """Each thing with the fix; nothing when all is well."""
    env = {"ASPA_SLACK_BOT_TOKEN": "xoxb-1", "ASPA_SLACK_AGENTS_CHANNEL": "C012AB3CD"}
    well = {"ok": True}
    scopes = {"X-OAuth-Scopes": ",".join(SCOPES)}
    with Gate("http://127.0.0.1:1") as gate:
        env["ASPA_SLACK_API_URL"] = gate.api
        settings = read_slack(env)
        assert settings is not None
        gate.refuse = lambda _: (200, scopes, well)
        assert await check(replace(settings, signing_secret=SECRET), "https://aspa.shop.example") == []
        gate.refuse = lambda call: (
            (200, {"X-OAuth-Scopes": "chat:write"}, well)
            if call.method == "auth.test"
            else (200, {}, {"ok": False, "error": "channel_not_found"})
        )
        words = " ".join(await check(settings, ""))
        for part in ("ASPA_SLACK_SIGNING_SECRET", "ASPA_PUBLIC_URL", "im:history", "ASPA_SLACK_AGENTS_CHANNEL"):
            assert part in words
        gate.refuse = lambda _: (200, {}, {"ok": False, "error": "invalid_auth"})
        assert "ASPA_SLACK_BOT_TOKEN" in " ".join(await check(settings, "x"))
        gate.down = True
        assert "ASPA_SLACK_API_URL" in " ".join(await check(settings, "x"))


class TestSettings:
    """A wrong setting is named, with the fix."""

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("ASPA_SLACK_BOT_TOKEN", "xoxp-1"),
            ("ASPA_SLACK_APP_TOKEN", "xoxb-1"),
            ("ASPA_SLACK_AGENTS_CHANNEL", "#agents"),
            ("ASPA_SLACK_AGENTS", "U1"),
            ("ASPA_SLACK_AGENTS_LOCALE", "sv"),
            ("ASPA_SLACK_API_URL", "slack.com"),
        ],
    )
    def test_it_stops_the_desk(self, name: str, value: str) -> None:
        secrets = dict.fromkeys(("ASPA_SECRET_KEY", "ASPA_BOT_TOKEN"), "x" * 32)
        with pytest.raises(SetupError, match=name):
            read_settings({**secrets, name: value})


@pytest.mark.anyio
@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "channel_not_found", "invalid_blocks"])
async def test_what_slack_will_never_take_is_undeliverable(error: str) -> None:
    """With the fix in the words where we know one."""
    with Gate("http://127.0.0.1:1") as gate:
        gate.refuse = lambda _: (200, {}, {"ok": False, "error": error})
        api = SlackApi("xoxb-1", gate.api)
        await api.start()
        with pytest.raises(Undeliverable, match=error):
            await api.post("D1", {"text": "Hei"})
        await api.close()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("status", "headers", "body", "after"),
    [
        (429, {"Retry-After": "30"}, {"ok": False, "error": "ratelimited"}, 30),
        (429, {"Retry-After": "abc"}, {"ok": False}, None),
        (429, {}, {"ok": False}, None),
        (429, {"Retry-After": "nan"}, {}, None),
        (503, {"Content-Type": "text/plain"}, "busy", None),
        (502, {"Content-Type": "text/html"}, "<html>", None),
        (200, {}, {"ok": False, "error": "internal_error"}, None),
        (200, {}, [1], None),
    ],
)
async def test_what_goes_by_is_tried_later(
    status: int, headers: dict[str, str], body: Any, after: float | None
) -> None:
    """When Slack says when, then; whatever stands between us and Slack."""
    with Gate("http://127.0.0.1:1") as gate:
        gate.refuse = lambda _: (status, headers, body)
        api = SlackApi("xoxb-1", gate.api)
        await api.start()
        with pytest.raises(RetryLater) as raised:
            await api.post("D1", {"text": "Hei"})
        assert raised.value.after == after
        await api.close()


def _plain(value: Any) -> list[Json]:
    """All text objects."""
    if isinstance(value, dict):
        here = [value] if "text" in value and isinstance(value["text"], str) else []
        return here + [each for inner in value.values() for each in _plain(inner)]
    return [each for inner in value for each in _plain(inner)] if isinstance(value, list) else []
