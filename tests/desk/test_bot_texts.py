"""The bot's own words, edited like all others: three languages, draft, publish, undo; only words change in the file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from parts import ROOT

from desk.content.bot_texts import BotTexts
from desk.content.content import Content
from desk.errors import BadRequest
from desk.service.desk import Desk
from desk.store.accounts import AgentRow

BOSS = AgentRow(
    id="a_boss", name="boss", display_name="Liisa", role="supervisor", locale="fi", active=True, presence="online"
)
NEW = {
    "fi": {"text": 'Kiitos! Pistin "tämän" ylös:\nkaikki.'},
    "et": {"text": "Aitäh! Kirjas."},
    "en": {"text": "Noted."},
}
KEY = "utter_noted"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "domain", tmp_path / "domain"))


def responses(folder: Path) -> dict[str, Any]:
    """All of them, as the bot reads them."""
    found: dict[str, Any] = {}
    for file in folder.glob("*.yml"):
        found |= yaml.safe_load(file.read_text("utf-8")).get("responses") or {}
    return found


def test_nearly_everything_that_the_bot_says_can_be_worded_anew(folder: Path) -> None:
    """What is written as it stands changes nothing; what stands in one language only is left out."""
    texts, before = BotTexts(folder), responses(folder)
    known = texts.keys()
    assert all(key.startswith("utter_language_is_") for key in before.keys() - set(known))
    for key in known:
        ((path, text),) = texts.write(key, texts.read(key)).items()
        path.write_text(text or "", "utf-8")
    assert responses(folder) == before


@pytest.mark.anyio
async def test_a_wording_is_drafted_published_and_brought_back(desk: Desk, folder: Path) -> None:
    """Its three lines change, and nothing else of the file, conditions and comments included."""
    content, file = Content(desk, {"bot": BotTexts(folder)}, lambda: None), folder / "asking.yml"
    before = file.read_text("utf-8")
    await content.save(BOSS, "bot", KEY, NEW)
    assert file.read_text("utf-8") == before
    await content.publish(BOSS, "bot", KEY)
    after = file.read_text("utf-8")
    changed = [new for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert len(changed) == 3
    assert {each["text"] for each in responses(folder)[KEY]} == {NEW[locale]["text"] for locale in NEW}
    listed = (await content.all(BOSS))["kinds"]["bot"]
    assert next(each["title"] for each in listed["pieces"] if each["key"] == KEY).startswith("Kiitos! Pistin")
    await content.undo(BOSS, "bot", KEY)
    assert file.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("key", "fields", "why"),
    [
        (KEY, {"fi": {"text": "Vain suomeksi"}}, "text in et is missing"),
        ("utter_ask_code", NEW, "must keep its figures"),
        ("utter_nothing", NEW, "not added or removed"),
        (KEY, None, "not added or removed"),
        (KEY, NEW | {"fi": {"text": "{"}}, "brace"),
    ],
)
def test_what_the_bot_could_not_say_is_refused(folder: Path, key: str, fields: Any, why: str) -> None:
    """With the reason."""
    with pytest.raises(BadRequest, match=why):
        BotTexts(folder).write(key, fields)


def test_a_text_that_is_written_over_several_lines_is_left_to_the_file(folder: Path) -> None:
    """Rather than that something else is changed."""
    file = folder / "asking.yml"
    text = file.read_text("utf-8").replace(
        'text: "Kiitos, kirjasin tämän muistiin."', "text: >-\n        Kiitos,\n        kirjasin."
    )
    file.write_text(text, "utf-8")
    with pytest.raises(BadRequest, match=r"asking\.yml is not written line by line"):
        BotTexts(folder).write(KEY, NEW)
