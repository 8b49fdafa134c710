"""New words of the bot's are said without training; what is more than words waits for it."""

from __future__ import annotations

import asyncio
import logging
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import model, train, wording
from bot.settings import ROOT

SAID = "Kiitos, kirjasin tämän muistiin."
NEW = "Kiitos! Pistin tämän ylös."


@pytest.fixture
def domain(tmp_path: Path) -> Path:
    """A copy of what the bot says."""
    return Path(shutil.copytree(ROOT / "domain", tmp_path / "domain"))


def reword(domain: Path, old: str, new: str) -> None:
    path = domain / "asking.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_bot_says_new_words_at_once(domain: Path) -> None:
    """By Rasa's own domain and generator, in the customer's language; the others stay."""
    from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import SlotSet
    from rasa.shared.core.trackers import DialogueStateTracker

    loaded = Domain.load(str(ROOT / "domain"))
    generator = TemplatedNaturalLanguageGenerator(loaded.responses)
    agent: Any = SimpleNamespace(processor=SimpleNamespace(domain=loaded, nlg=generator))

    def says(locale: str) -> str:
        tracker = DialogueStateTracker.from_events("c", [SlotSet("locale", locale)], slots=loaded.slots)
        return str((asyncio.run(generator.generate("utter_noted", tracker, "desk")) or {})["text"])

    assert says("fi") == SAID
    english, before = says("en"), wording.stamp(domain)
    reword(domain, SAID, NEW)
    assert wording.stamp(domain) != before
    wording.renew(agent, domain)
    assert (says("fi"), says("en")) == (NEW, english)


def test_what_is_more_than_words_is_left_to_the_training() -> None:
    """A condition, a button's meaning, a response that the model does not know."""
    known = {"utter_a": [{"condition": ["fi"], "text": "a", "buttons": [{"title": "Joo", "payload": "/affirm"}]}]}

    def offered(tmp: dict[str, Any]) -> list[str]:
        responses = {name: [dict(one) for one in said] for name, said in known.items()}
        original, wording.read = wording.read, lambda _: tmp
        try:
            return wording.take_up(responses, Path())
        finally:
            wording.read = original

    said = known["utter_a"][0]
    worded = said | {"text": "b", "buttons": [{"title": "Jep", "payload": "/affirm"}]}
    assert offered({"utter_a": [worded]}) == ["utter_a"]
    assert offered({"utter_a": [said | {"condition": ["et"]}]}) == []
    assert offered({"utter_a": [said | {"buttons": [{"title": "Joo", "payload": "/deny"}]}]}) == []
    assert offered({"utter_b": [said]}) == []
    with pytest.raises(ValueError, match="utter_a has a text that is none"):
        offered({"utter_a": [said | {"text": 5}]})


def test_a_file_that_cannot_be_read_changes_nothing(domain: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What was said before goes on being said, and the log names the file."""
    (domain / "asking.yml").write_text("responses: [", "utf-8")
    responses = {"utter_noted": [{"text": SAID}]}
    agent: Any = SimpleNamespace(processor=SimpleNamespace(domain=SimpleNamespace(responses=responses), nlg=None))
    with caplog.at_level(logging.WARNING):
        wording.renew(agent, domain)
    assert "asking.yml" in caplog.text and responses == {"utter_noted": [{"text": SAID}]}


def test_new_words_make_no_model_stale_and_new_meanings_do(domain: Path) -> None:
    """Also for models that were recorded together with the words, until the words change."""
    root = domain.parent
    before = train.inputs_hash(root)
    reword(domain, SAID, NEW)
    assert train.inputs_hash(root) == before
    assert train.fits(model.Record(before, ""), root)
    reword(domain, "utter_noted:", "utter_written_down:")
    assert train.inputs_hash(root) != before
    assert not train.fits(model.Record(before, ""), root)
    with_words = model.tree_hash(root.glob("domain/**/*.yml"), root)
    assert train.fits(model.Record(with_words, ""), root)
