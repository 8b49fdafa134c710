"""The pure parts of the Slack connector: signature, text, events."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier
from slack_workspace import ALICE, BOT, GENERAL, SECRET, TEAM, Json, signed

from desk.connectors.slack import text
from desk.connectors.slack.actions import read_action, read_command
from desk.connectors.slack.door import read_body
from desk.connectors.slack.events import Changed, Said, read_event
from desk.connectors.slack.signature import Signature
from desk.errors import BadRequest

NOW = 1_795_300_000
BODY = '{"type": "event_callback", "text": "hyvää päivää"}'.encode()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def holds(headers: dict[str, str], body: bytes = BODY, now: float = NOW) -> bool:
    given_ = {name.lower(): value for name, value in headers.items()}
    stamps, signatures = ([given_[name]] for name in ("x-slack-request-timestamp", "x-slack-signature"))
    return Signature(SECRET, lambda: now).holds(stamps, signatures, body)


class TestSignature:
    """Slack's own verifier agrees with what is let in, and nothing makes it raise."""

    @pytest.mark.parametrize(("age", "fresh"), [(0, True), (299, True), (-299, True), (301, False), (-301, False)])
    def test_a_request_holds_for_five_minutes(self, age: int, fresh: bool) -> None:
        assert holds(signed(BODY, NOW - age)) is fresh

    def test_the_body_counts_to_the_last_blank(self) -> None:
        assert not holds(signed(BODY, NOW), BODY + b" ")
        assert not holds(signed(BODY, NOW), json.dumps(json.loads(BODY)).encode())
        assert not holds(signed(BODY, NOW, "another secret"))

    @pytest.mark.parametrize("stamp", ["", "x", "-1", "+5", " 1", "1_0", "١٢٣", "9" * 400, "1e9", "NaN"])
    def test_an_odd_timestamp_is_refused(self, stamp: str) -> None:
        signature = f"v0={'0' * 64}"
        assert not Signature(SECRET).holds([stamp], [signature], BODY)

    @pytest.mark.parametrize(
        "change", [str.upper, lambda s: s[3:], lambda s: "v1" + s[2:], lambda s: s + "ä", lambda s: ""]
    )
    def test_an_odd_signature_is_refused(self, change: Any) -> None:
        headers = signed(BODY, NOW)
        headers["X-Slack-Signature"] = change(headers["X-Slack-Signature"])
        assert not holds(headers)

    def test_none_or_two_of_a_kind_are_refused(self) -> None:
        headers = signed(BODY, NOW)
        stamp, signature = headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"]
        check = Signature(SECRET, lambda: NOW)
        assert check.holds([stamp], [signature], BODY)
        for stamps, signatures in (
            ([], [signature]),
            ([stamp], []),
            ([stamp] * 2, [signature]),
            ([stamp], [signature] * 2),
        ):
            assert not check.holds(stamps, signatures, BODY)

    @given(stamp=st.text(), signature=st.text(), body=st.binary())
    def test_nothing_makes_it_raise(self, stamp: str, signature: str, body: bytes) -> None:
        assert not Signature(SECRET, lambda: NOW).holds([stamp], [signature], body)

    @given(body=st.text(), now=st.integers(1, 10**11))
    def test_what_slack_s_library_signs_is_let_in(self, body: str, now: int) -> None:
        raw = body.encode("utf-8", "ignore")
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=str(now), body=raw)
        assert Signature(SECRET, lambda: now).holds([str(now)], [str(signature)], raw)


class TestText:
    """Nobody's words become a mention or a link, and nothing is lost on the way."""

    @given(st.text())
    def test_escaped_text_has_no_markup_and_reads_the_same(self, words: str) -> None:
        escaped = text.escape(words)
        assert "<" not in escaped and ">" not in escaped
        assert text.unescape(escaped) == words
        assert text.read(escaped) == words.strip()

    @given(st.text(min_size=1), st.integers(5, 40))
    def test_pieces_are_whole_together_and_short_alone(self, words: str, limit: int) -> None:
        pieces = text.pieces(words, limit)
        assert "".join(text.unescape(piece) for piece in pieces) == words
        assert all(len(piece) <= limit for piece in pieces)

    @pytest.mark.parametrize(
        ("raw", "meant"),
        [
            (f"<@{BOT}> missä?", "missä?"),
            (f"missä, <@{BOT}>", "missä,"),
            ("<@U9> ja <@U8|matti>", "@U9 ja @matti"),
            ("<https://shop.example/a?b=1&amp;c=2>", "https://shop.example/a?b=1&c=2"),
            ("<https://shop.example|tästä>", "tästä (https://shop.example)"),
            ("<http://shop.example|shop.example>", "http://shop.example"),
            ("<mailto:a@b.example|a@b.example>", "a@b.example"),
            ("<#C1|yleinen> <!here> <!subteam^S1|@tuki> <!date^1^x|huomenna>", "#yleinen @here @tuki huomenna"),
            ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &amp;lt;", "1 < 2 && 3 > 2 &lt;"),
        ],
    )
    def test_slack_s_markup_is_read(self, raw: str, meant: str) -> None:
        assert text.read(raw, BOT) == meant

    @pytest.mark.parametrize(
        "words", ["// huomio", "  //huomio", "*// huomio", "> // huomio", "\u200b// huomio", "_`// huomio"]
    )
    def test_a_note_is_a_note_however_it_is_formatted(self, words: str) -> None:
        assert text.note(words, "//") == "huomio"

    @pytest.mark.parametrize("words", ["huomio //", "/ / huomio", "http://shop.example", "a // b"])
    def test_other_messages_are_none(self, words: str) -> None:
        assert text.note(words, "//") is None


def event(**fields: Any) -> Json:
    """A message in a channel."""
    inner = {"type": "message", "channel": GENERAL, "user": ALICE, "ts": "1.2", "text": "Hei", **fields}
    bot = [{"user_id": BOT, "is_bot": True}]
    return {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": inner, "authorizations": bot}


class TestEvents:
    """What is a person's message, where it belongs, and what is not our business."""

    def test_a_mention_told_twice_is_one_message(self) -> None:
        """Slack sends it as a message and as a mention, with two event ids."""
        told = [event(text=f"<@{BOT}> Hei", client_msg_id="c-1", type=kind) for kind in ("message", "app_mention")]
        first, second = (read_event(each) for each in told)
        assert isinstance(first, Said) and first == second and first.opens and first.text == "Hei"
        assert first.place.key == f"{TEAM}/{GENERAL}/1.2"

    def test_talk_in_a_channel_opens_nothing(self) -> None:
        said = read_event(event())
        assert isinstance(said, Said) and not said.opens

    def test_one_direct_channel_is_one_conversation(self) -> None:
        places = [
            read_event(event(channel="D1", ts=ts, thread_ts=thread)) for ts, thread in (("1.1", None), ("1.3", "1.1"))
        ]
        assert len({place.place.key for place in places if isinstance(place, Said)}) == 1

    @pytest.mark.parametrize(
        "fields",
        [
            {"bot_id": "B1"}, {"bot_profile": {"id": "B1"}}, {"user": BOT}, {"user": "USLACKBOT"}, {"user": ["U1"]},
            {"subtype": "bot_message"}, {"subtype": "channel_join"}, {"subtype": "message_replied"}, {"user": None},
            {"type": "reaction_added"}, {"type": None}, {"ts": 1.2}, {"ts": "1.2\ud800"}, {"channel": "../etc"},
            {"channel": "C" * 300},
        ],
    )  # fmt: skip
    def test_what_no_person_wrote_is_left(self, fields: Json) -> None:
        assert read_event(event(**fields)) is None

    def test_a_preview_of_a_link_is_no_change(self) -> None:
        message = {"user": ALICE, "ts": "1.2", "text": "Hei <https://a.example>"}
        shown = {"message": {**message, "attachments": [{}]}, "previous_message": message}
        assert read_event(event(subtype="message_changed", **shown)) is None
        edited = {"message": {**message, "text": "Moi"}, "previous_message": message}
        changed = read_event(event(subtype="message_changed", **edited))
        assert isinstance(changed, Changed) and changed.text == "Moi" and changed.place.key.endswith("/1.2")

    @given(JSON, JSON)
    def test_nothing_makes_reading_raise(self, one: Any, other: Any) -> None:
        odd = {"type": "event_callback", "event": one, "authorizations": other}
        for each in (
            odd,
            event(text=one, files=other),
            event(subtype="message_changed", message=one, previous_message=other),
        ):
            read_event(each)
        read_action({"type": "block_actions", "actions": [one], "user": {"id": ALICE}, "message": other})
        read_action(
            {
                "type": "block_actions",
                "actions": [{"action_id": "x"}],
                "user": {"id": ALICE},
                "message": {"blocks": one},
            }
        )
        read_command({"user_id": "U1", "text": str(one)})

    @pytest.mark.parametrize("body", [b"\xff", b"{", b"{" * 90_000, b"[1]", b"payload=%7B", b"a=1&" * 100])
    def test_an_odd_body_is_a_bad_request_or_nothing(self, body: bytes) -> None:
        try:
            kind, payload = read_body(body)
        except BadRequest:
            return
        assert payload == {} or kind == "slash_commands"
