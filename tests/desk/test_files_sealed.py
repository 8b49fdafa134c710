"""Files at rest are sealed where the shop sets a key; keys can be changed, and nothing that was changed is opened."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from pictures import png

from desk.attachments.keeping import Attachments
from desk.connectors.customer_desk import CustomerDesk
from desk.errors import SetupError, Unavailable
from desk.sealing import Seal
from desk.service.desk import Desk
from desk.settings import read_settings
from desk.store import schema as t

pytestmark = pytest.mark.anyio
OLD, NEW = "o" * 32, "n" * 32
LIMIT = 10_000_000


async def _kept(desk: Desk, *keys: str) -> str:
    await CustomerDesk(desk).write("c_1", "widget", "fi", f"m{len(keys)}", "Kuva")
    return (await Attachments(desk, LIMIT, Seal(keys)).keep("c_1", "rikki.png", "image/png", png())).id


async def _rows(desk: Desk) -> bytes:
    def read(connection: sa.Connection) -> bytes:
        return b"".join(connection.execute(sa.select(t.attachment_pieces.c.content)).scalars())

    return await desk.store.read(read)


async def test_the_database_holds_nothing_of_a_sealed_file(desk: Desk) -> None:
    file = await _kept(desk, NEW)
    assert b"PNG" not in await _rows(desk)
    assert (await Attachments(desk, LIMIT, Seal([NEW])).content(file))[1] == png()


async def test_without_a_key_files_are_kept_as_they_come_and_stay_readable_with_one(desk: Desk) -> None:
    file = await _kept(desk)
    assert await _rows(desk) == png()
    assert (await Attachments(desk, LIMIT, Seal([NEW])).content(file))[1] == png()


async def test_an_old_key_opens_until_it_is_taken_away(desk: Desk) -> None:
    file = await _kept(desk, OLD)
    assert (await Attachments(desk, LIMIT, Seal([NEW, OLD])).content(file))[1] == png()
    with pytest.raises(Unavailable, match="ASPA_FILE_KEYS"):
        await Attachments(desk, LIMIT, Seal([NEW])).content(file)


async def test_a_piece_that_was_changed_or_moved_is_not_opened(desk: Desk) -> None:
    file = await _kept(desk, NEW)
    seal, kept = Seal([NEW]), await _rows(desk)
    assert seal.open(f"{file}/0", kept) == png()
    for place in ("f_other/0", f"{file}/1"):
        with pytest.raises(Unavailable):
            seal.open(place, kept)
    with pytest.raises(Unavailable):
        seal.open(f"{file}/0", kept[:-1] + bytes([kept[-1] ^ 1]))


def test_a_key_is_long_and_has_no_default() -> None:
    env = {"ASPA_SECRET_KEY": "s" * 32, "ASPA_BOT_TOKEN": "b" * 32}
    assert read_settings(env).file_keys == ()
    assert read_settings({**env, "ASPA_FILE_KEYS": f"{NEW}, {OLD}"}).file_keys == (NEW, OLD)
    with pytest.raises(SetupError, match="ASPA_FILE_KEYS"):
        read_settings({**env, "ASPA_FILE_KEYS": "short"})
