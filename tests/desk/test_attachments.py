"""Files: what is let in, who sees it, and that it goes with the conversation. On SQLite and on PostgreSQL."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parts import Clock
from pictures import PDF, SVG, gif, jpeg, png, webp

from desk.attachments.keeping import UNSENT_FOR, Attachments
from desk.attachments.kinds import LONGEST_NAME, MEDIA_TYPES, UnfitFile, check_name, media_type_of, safe_name
from desk.connectors.customer_desk import CustomerDesk
from desk.conversation import events as ev
from desk.conversation.decisions import agent as agents
from desk.conversation.decisions.agent import AgentRef
from desk.errors import BadRequest, NotFound
from desk.sealing import Seal
from desk.service import views
from desk.service.desk import Desk
from desk.store import attachments as rows
from desk.store import log

LIISA = AgentRef(id="a_liisa", name="Liisa")
MEGABYTE = 1024 * 1024
TRUE_FILES = {
    "image/png": [png()],
    "image/gif": [gif()],
    "image/jpeg": [jpeg()],
    "image/webp": [webp(kind) for kind in (b"VP8 ", b"VP8L", b"VP8X")],
    "application/pdf": [PDF],
}


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_the_content_says_what_a_file_is(media_type: str) -> None:
    assert [media_type_of(content) for content in TRUE_FILES[media_type]] == [media_type] * len(TRUE_FILES[media_type])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (SVG, "file_type"),
        (b"<?xml version='1.0'?>" + SVG, "file_type"),
        (b"<html><script>alert(1)</script>", "file_type"),
        (b"MZ\x90\x00", "file_type"),
        (b"PK\x03\x04", "file_type"),
        (b"\xff\xd8\xff", "file_type"),
        (b"\x89PNG\r\n\x1a\n", "file_type"),
        (b"", "file_empty"),
        (png(told=(20_000, 20_000)), "file_dimensions"),
        (png(told=(100_000, 2)), "file_dimensions"),
        (png(told=(0, 5)), "file_dimensions"),
        (gif(65_535, 65_535), "file_dimensions"),
        (jpeg(60_000, 60_000), "file_dimensions"),
        (webp(b"VP8X", 16_000_000, 16_000_000), "file_dimensions"),
    ],
)
def test_scripts_other_types_and_bombs_are_refused(content: bytes, code: str) -> None:
    with pytest.raises(UnfitFile) as refused:
        media_type_of(content)
    assert refused.value.code == code


@given(st.sampled_from([file for files in TRUE_FILES.values() for file in files]), st.data())
def test_a_mutated_file_is_let_in_or_refused_and_breaks_nothing(content: bytes, data: st.DataObject) -> None:
    """Cut anywhere, with bytes changed."""
    mutated = bytearray(content[: data.draw(st.integers(0, len(content)))])
    for at in data.draw(st.lists(st.integers(0, max(0, len(mutated) - 1)), max_size=4)):
        if mutated:
            mutated[at] = data.draw(st.integers(0, 255))
    try:
        assert media_type_of(bytes(mutated)) in MEDIA_TYPES
    except UnfitFile as refused:
        assert refused.code in ("file_type", "file_dimensions", "file_empty")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("kuva.jpg", "kuva.jpg"),
        ("Kuva 1.JPEG", "Kuva 1.JPEG"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\fakepath\\rikki.jpg", "rikki.jpg"),
        ("lasku.html", "lasku.html.jpg"),
        ("..", "file.jpg"),
        ("", "file.jpg"),
        ("a\x00b\n.jpg", "ab.jpg"),
        ("gpj.\u202eexe.jpg", "gpj.exe.jpg"),
    ],
)
def test_a_name_is_no_path_and_its_ending_is_true(name: str, kept: str) -> None:
    assert safe_name(name, "image/jpeg") == kept


@given(st.text(max_size=300))
def test_no_name_leads_anywhere(name: str) -> None:
    kept = safe_name(name, "application/pdf")
    assert not set(kept) & set('/\\\0"\n\r') and kept not in (".pdf", "..") and kept.lower().endswith(".pdf")
    assert len(kept) <= LONGEST_NAME + len(".pdf")


@pytest.mark.parametrize("name", ["", "..", ".", "../x.png", "a/b.png", "a\\b.png", "x\x00.png", "x" * 1_001])
def test_the_doors_refuse_names_that_are_paths(name: str) -> None:
    with pytest.raises(UnfitFile, match="path"):
        check_name(name)


@pytest.fixture
def files(desk: Desk) -> Attachments:
    return Attachments(desk, MEGABYTE)


@pytest.mark.anyio
async def test_a_file_comes_back_as_it_was_sent(desk: Desk, files: Attachments) -> None:
    """Also one of several pieces."""
    content = png() + b"x" * 700_000
    kept = await files.keep("c_1", "../rikki.svg", "image/svg+xml", content)
    assert (kept.name, kept.media_type, kept.size) == ("rikki.svg.png", "image/png", len(content))
    assert await files.content(kept.id) == (kept, content)


@pytest.mark.anyio
async def test_what_is_too_large_or_too_much_is_refused_and_leaves_no_trace(desk: Desk, files: Attachments) -> None:
    with pytest.raises(UnfitFile) as refused:
        await files.keep("c_1", "a.png", "image/png", png() + b"x" * MEGABYTE)
    assert (refused.value.code, refused.value.status) == ("file_too_large", 413)
    with pytest.raises(UnfitFile):
        await files.keep("c_1", "a.svg", "image/png", SVG)
    assert await desk.store.read(partial(rows.count, conversation="c_1")) == 0


@pytest.mark.anyio
async def test_a_message_carries_files_to_agents_and_into_the_packet(desk: Desk, files: Attachments) -> None:
    """The bot is asked about the text; a file alone asks for words, and nobody loses it."""
    kept = await files.keep("c_1", "rikki.png", "image/png", png())
    customers = CustomerDesk(desk)
    await customers.write("c_1", "widget", "fi", "m1", "", attachments=[kept.id])
    second = await files.keep("c_1", "lasku.pdf", "application/pdf", PDF)
    done = await customers.write("c_1", "widget", "fi", "m2", "Tässä lasku", attachments=[second.id])
    assert [each.message_id for each in done.state.pending] == ["m2"]
    await customers.ask_for_person("c_1", "widget", "fi", "m3")
    stored = await desk.store.read(partial(log.read, conversation="c_1"))
    wrote = [each.event for each in stored if isinstance(each.event, ev.CustomerWrote)]
    assert [each.attachments for each in wrote] == [(kept.to_json(),), (second.to_json(),)]
    assert any(isinstance(each.event, ev.SystemWrote) and each.event.text == "file_kept" for each in stored)
    packet = views.packet(stored)
    assert packet and [each["name"] for each in packet["attachments"]] == ["rikki.png", "lasku.pdf"]


@pytest.mark.anyio
async def test_nobody_sends_a_file_that_is_not_theirs(desk: Desk, files: Attachments) -> None:
    """Another conversation's, an agent's, a made-up one, the same twice."""
    other = await files.keep("c_2", "a.png", "image/png", png())
    agents_own = await files.keep("c_1", "a.png", "image/png", png(), by=LIISA.id)
    mine = await files.keep("c_1", "a.png", "image/png", png())
    for ids in ([other.id], [agents_own.id], ["f_x"], [mine.id, mine.id], [mine.id] * 11, "f_x", [5]):
        with pytest.raises(BadRequest):
            await CustomerDesk(desk).write("c_1", "widget", "fi", "m1", "Hei", attachments=ids)  # type: ignore[arg-type]
    assert await desk.store.read(partial(log.load, conversation="c_1")) is None


@pytest.mark.anyio
async def test_a_customer_sees_own_and_sent_files_and_never_those_of_notes(desk: Desk, files: Attachments) -> None:
    await CustomerDesk(desk).ask_for_person("c_1", "widget", "fi", "m1")
    await desk.change("c_1", lambda state, _: agents.claim(state, LIISA))
    sent, secret = [await files.keep("c_1", "a.png", "image/png", png(), by=LIISA.id) for _ in range(2)]
    with_sent, with_secret = [sent.to_json()], [secret.to_json()]
    await desk.change("c_1", lambda state, now: agents.reply(state, now, LIISA, "r1", "", with_sent))
    await desk.change("c_1", lambda _, now: agents.note(now, LIISA, "n1", "", with_secret))
    assert await files.for_customer("c_1", sent.id) == sent
    unsent = await files.keep("c_1", "a.png", "image/png", png(), by=LIISA.id)
    for conversation, attachment in (("c_1", secret.id), ("c_2", sent.id), ("c_1", unsent.id), ("c_1", "f_x")):
        with pytest.raises(NotFound):
            await files.for_customer(conversation, attachment)
    assert await files.for_agent(secret.id) == secret


@pytest.mark.anyio
async def test_files_go_with_the_conversation_and_unsent_ones_after_a_day(
    desk: Desk, files: Attachments, clock: Clock
) -> None:
    unsent = await files.keep("c_1", "a.png", "image/png", png())
    sent = await files.keep("c_1", "b.png", "image/png", png())
    await CustomerDesk(desk).write("c_1", "widget", "fi", "m1", "", attachments=[sent.id])
    clock.pass_(UNSENT_FOR / 1000 + 1)
    other = await files.keep("c_2", "c.png", "image/png", png())
    assert await files.for_agent(sent.id)
    with pytest.raises(NotFound):
        await files.for_agent(unsent.id)
    await desk.store.write(partial(rows.erase, conversation="c_1"))
    with pytest.raises(NotFound):
        await files.content(sent.id)
    assert await desk.store.read(partial(rows.piece, attachment=sent.id, number=0, seal=Seal())) is None
    assert (await files.content(other.id))[1] == png()
