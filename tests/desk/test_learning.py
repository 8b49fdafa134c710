"""What went wrong is collected, masked, put together, labelled, and becomes a change of data/ that git can apply."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from clients import console, new_token, widget
from collecting import asked
from parts import ROOT, Clock, House
from scripted_bot import said

from desk.connectors.customer_desk import CustomerDesk
from desk.errors import BadRequest, Forbidden
from desk.learning import edits
from desk.learning.edits import Labelled
from desk.learning.learning import Learning
from desk.learning.likeness import Likeness
from desk.learning.runs import Runs
from desk.service.desk import Desk
from desk.store import talks
from desk.store.accounts import AgentRow

pytestmark = pytest.mark.anyio
BOSS = AgentRow(
    id="a_boss", name="boss", display_name="Liisa", role="supervisor", locale="fi", active=True, presence="online"
)


def test_like_stands_beside_like() -> None:
    texts = [
        "missä pakettini viipyy",
        "Missä mun paketti viipyy?",
        "haluan vaihtaa koon",
        "paketti viipyy, missä se on",
    ]
    assert Likeness(texts).groups() == [[0, 1, 3], [2]]
    assert Likeness(texts).nearest("vaihtaisin kokoa", 1)[0][0] == 2


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data that learning changes."""
    for name in ("nlu", "knowledge", "faq"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "shop" / "data" / name)
    return tmp_path / "shop" / "data"


LABELS = [
    Labelled("missä hitossa mun lähetys luuraa jo", "fi", "intent", "late_delivery"),
    Labelled("kas te oravaid müüte", "et", "intent", "out_of_scope"),
    Labelled("what would posting it cost me", "en", "article", "delivery-prices"),
]


def test_labels_become_a_change_that_git_applies(data: Path) -> None:
    """And nothing but the lines of the labels is added; the files stay what Rasa reads."""
    made = edits.make(data, LABELS)
    assert (made.added, made.left_out) == (3, [])
    assert sorted(made.files) == [
        "data/knowledge/en/messages.tsv", "data/nlu/et/out_of_scope.yml", "data/nlu/fi/delivery.yml",
    ]  # fmt: skip
    diff = edits.diff(made.files)
    assert [line for line in diff.splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")] == [
        "+delivery-prices\twhat would posting it cost me",
        "+    - kas te oravaid müüte",
        "+    - missä hitossa mun lähetys luuraa jo",
    ]
    subprocess.run(["git", "init", "-q"], cwd=data.parent, check=True)
    subprocess.run(["git", "apply", "--whitespace=error", "-"], cwd=data.parent, input=diff.encode(), check=True)
    assert all((data.parent / name).read_text("utf-8") == after for name, (_, after) in made.files.items())
    after = edits.make(data, LABELS)
    assert after.files == {} and {why for _, why in after.left_out} == {"known"}
    library = edits._known(data)
    assert library["fi"]["intent", "missä hitossa mun lähetys luuraa jo"] == "late_delivery"


def test_a_label_that_contradicts_what_is_learnt_is_left_out(data: Path) -> None:
    """Each message stands once, under one intent; which of two people is right, a computer cannot know."""
    twice = [LABELS[0], replace(LABELS[0], value="request_refund")]
    made = edits.make(data, [*twice, replace(LABELS[0], language="ru"), replace(LABELS[0], text="x" * 1_001)])
    assert [why for _, why in made.left_out] == ["contradicts", "language", "too_long"]
    assert made.added == 1


def test_an_unknown_intent_or_article_changes_nothing(data: Path) -> None:
    wrong = [replace(LABELS[0], value="no_such"), replace(LABELS[2], value="../../policy")]
    made = edits.make(data, wrong)
    assert made.files == {} and [why for _, why in made.left_out] == ["unknown", "unknown"]


BOT = """
import json, os, sys, time
from pathlib import Path
folder = Path(os.environ["ASPA_VAR"], "learning")
assert sys.argv[1:3] == ["-m", "bot.learning"] and "ASPA_SECRET_KEY" not in os.environ
what, run = sys.argv[3], (sys.argv[4:] or ["1"])[0]
if what == "release" and json.loads((folder / run / "status.json").read_text())["state"] == "refused":
    sys.exit("Run 1 lowers what must not fall: fi.accuracy")
states = {"try": os.environ.get("LANG", "passed"), "release": "released", "undo": "taken_back", "discard": "discarded"}
(folder / run / "status.json").write_text(json.dumps({"state": states[what], "at": 1, "message": ""}))
"""


@pytest.fixture
def learning(desk: Desk, data: Path, tmp_path: Path) -> Learning:
    """With a program in the bot's place that says what the real one says; the real one: tests/bot/test_learning.py."""
    program = tmp_path / "bot.py"
    program.write_text(f"#!{sys.executable}\n{BOT}")
    program.chmod(0o755)
    return Learning(desk, data, Runs(tmp_path / "var", program, {"LANG": "passed", "ASPA_SECRET_KEY": "s"}))


async def state_of(learning: Learning, run: str, wanted: str) -> None:
    """Wait until the run is so far."""
    deadline = time.monotonic() + 30
    while learning.runs.one(run)["state"] != wanted:
        assert time.monotonic() < deadline, learning.runs.one(run)
        await asyncio.sleep(0.05)


async def labelled(desk: Desk, learning: Learning) -> list[list[Any]]:
    """Two messages that a supervisor has labelled."""
    items = [["c_1", await asked(desk, "c_1", "missä hitossa mun lähetys luuraa jo")]]
    items += [["c_2", await asked(desk, "c_2", "missä hitossa mun lähetys nyt luuraa")]]
    label = {"kind": "intent", "value": "late_delivery"}
    assert (await learning.label(BOSS, items, label))["changed"] == 2
    return items


async def test_from_labels_to_a_released_run_and_back(desk: Desk, learning: Learning) -> None:
    """Released labels wait no more; taken back, they wait again."""
    await labelled(desk, learning)
    assert (await learning.start(BOSS)) == {"run": "1", "started": True}
    await state_of(learning, "1", "passed")
    folder = learning.runs.folder / "1"
    assert set(json.loads((folder / "change.json").read_text())["files"]) == {"data/nlu/fi/delivery.yml"}
    turns = [turn for talk in json.loads((folder / "talks.json").read_text())["talks"] for turn in talk["turns"]]
    assert [turn["wanted"] for turn in turns] == [{"intent": "late_delivery"}] * 2
    await learning.decide(BOSS, "1", "release")
    assert (await learning.runs_and_ready(BOSS))["ready"]["added"] == 0
    await learning.decide(BOSS, "1", "undo")
    assert (await learning.runs_and_ready(BOSS))["ready"]["added"] == 2


async def test_labels_that_nothing_like_them_bears_out_are_told_and_too_many_are_refused(
    desk: Desk, learning: Learning
) -> None:
    """Each is named with what it is likelier to be. Twelve exchanged labels are not learnt from; three of twelve are
    a supervisor's to judge."""
    items = [[f"c_{number}", await asked(desk, f"c_{number}", text)] for number, text in enumerate(LATE)]
    await learning.label(BOSS, items, {"kind": "intent", "value": "account_problem"})
    ready = (await learning.runs_and_ready(BOSS))["ready"]
    assert sorted(each["text"] for each in ready["odd"]) == sorted(LATE)
    assert all("late_delivery" in each["likelier"] for each in ready["odd"])
    assert ready["doubtful"]
    with pytest.raises(BadRequest, match="12 of 12 labels"):
        await learning.start(BOSS)
    assert learning.runs.runs() == []
    await learning.label(BOSS, items[3:], None)
    await learning.label(BOSS, items[3:], {"kind": "intent", "value": "late_delivery"})
    ready = (await learning.runs_and_ready(BOSS))["ready"]
    assert (sorted(each["text"] for each in ready["odd"]), ready["doubtful"]) == (sorted(LATE[:3]), False)
    assert (await learning.start(BOSS))["run"] == "1"


LATE = [
    "paketti on myöhässä jo viikon, missä se viipyy",
    "tilaus myöhässä, milloin se tulee perille",
    "lähetys ei ole tullut ajoissa, se on myöhässä",
    "miksi toimitus viivästyy näin paljon",
    "paketin piti tulla eilen, ei ole tullut",
    "toimitus on jo kolme päivää myöhässä",
    "odotan edelleen pakettia, jonka piti tulla maanantaina",
    "tilaukseni viipyy, lupasitte sen viime viikoksi",
    "lähetys myöhästyi taas, mikä kestää",
    "paketti ei saapunut luvattuna päivänä",
    "toimitusaika meni umpeen eikä pakettia kuulu",
    "tilaus on pahasti myöhässä",
]
"""What is plainly late."""


async def test_a_refused_run_is_not_released_and_the_reason_is_told(desk: Desk, learning: Learning) -> None:
    await labelled(desk, learning)
    run = await learning.prepare()
    (learning.runs.folder / run / "status.json").write_text('{"state": "refused", "at": 1, "message": "fi.accuracy"}')
    with pytest.raises(BadRequest, match="lowers what must not fall"):
        await learning.decide(BOSS, run, "release")


async def test_without_labels_there_is_nothing_to_try(learning: Learning) -> None:
    with pytest.raises(BadRequest, match="label some messages first"):
        await learning.start(BOSS)


async def test_labels_are_of_what_there_is_and_can_be_taken_back(desk: Desk, learning: Learning) -> None:
    items = await labelled(desk, learning)
    assert (await learning.label(BOSS, items[:1], None)) == {"changed": 1, "waiting": 1, "labelled": 1}
    for wrong in ({"kind": "intent", "value": "no_such"}, {"kind": "article", "value": "../x"}, {"kind": "king"}, "x"):
        with pytest.raises(BadRequest):
            await learning.label(BOSS, items, wrong)
    for wrong_items in ([], [["c_1"]], [["c_1", True]], "c_1", [["c_1", "1"]]):
        with pytest.raises(BadRequest):
            await learning.label(BOSS, wrong_items, {"kind": "discard"})


async def test_only_supervisors_learn(desk: Desk, learning: Learning) -> None:
    agent = replace(BOSS, role="agent")
    for attempt in (learning.groups(agent), learning.start(agent), learning.decide(agent, "1", "release")):
        with pytest.raises(Forbidden):
            await attempt


async def prepared(learning: Learning) -> dict[str, Any]:
    """The list, once it is there."""
    async with asyncio.timeout(120):
        while (found := await learning.groups(BOSS))["preparing"]:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    return found


async def test_the_list_puts_similar_messages_together_and_suggests(desk: Desk, learning: Learning) -> None:
    """The suggestion for a message that is nearly one that was learnt is what that one is."""
    await asked(desk, "c_1", "Missä mun paketti on, tilattu viikko sitten?")
    await asked(desk, "c_2", "missä paketti on, viikko sitten tilattu")
    await asked(desk, "c_3", "Saako lahjapaketoinnin?")
    shown = await prepared(learning)
    assert [len(group["messages"]) for group in shown["groups"]] == [2, 1]
    assert {"track_order", "late_delivery"} & set(shown["groups"][0]["suggested"]["intents"])
    assert "gift-wrapping" in shown["groups"][1]["suggested"]["articles"]


async def test_last_weeks_talks_are_those_that_the_bot_was_asked(desk: Desk, clock: Clock) -> None:
    await asked(desk, "c_old", "vanha")
    clock.pass_(8 * 24 * 3600)
    await asked(desk, "c_1", "uusi")
    await CustomerDesk(desk).write("c_1", "widget", "fi", "m9", "vain ihmisille")
    found = await desk.store.read(partial(talks.since, at=clock() - 7 * 24 * 3600 * 1000))
    assert [(talk["id"], [turn["text"] for turn in talk["turns"]]) for talk in found] == [("c_1", ["uusi"])]


async def test_an_agents_tap_brings_the_message_into_the_list(house: House, boss: httpx.AsyncClient) -> None:
    """On a real desk: the answer is marked once, the list shows it masked, a label takes it away."""
    house.bot.script = lambda question: said("Väärä vastaus.")
    async with (
        await console(house.url, *house.agent) as agent,
        await widget(house.url, await new_token(house.url)) as who,
    ):
        await who.do(type="write", text="Kirjoita minulle: maija@example.fi")
        await who.said("bot", "Väärä")
        listed = (await boss.get("/api/console/conversations?view=bot")).json()["conversations"]
        case = listed[0]["id"]
        whole = (await boss.get(f"/api/console/conversations/{case}")).json()
        seq = next(one["seq"] for one in whole["entries"] if one["author"]["role"] == "bot")
        assert (await agent.do(type="mark_answer", conversation=case, seq=seq))["type"] == "ack"
        refused = await agent.do(type="mark_answer", conversation=case, seq=1)
        assert (refused["type"], refused["code"]) == ("reject", "bad_request")
    async with asyncio.timeout(120):  # what was learnt so far is read first
        while (await boss.get("/api/console/learning")).json()["preparing"]:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    (group,) = (await boss.get("/api/console/learning")).json()["groups"]
    (message,) = group["messages"]
    assert (message["cause"], message["text"]) == ("marked_wrong", "Kirjoita minulle: [email]")
    body = {"items": [[case, message["seq"]]], "label": {"kind": "discard"}}
    assert (await boss.post("/api/console/learning/label", json=body)).json()["waiting"] == 0
    assert (await boss.get("/api/console/learning")).json()["groups"] == []
    audit = (await boss.get("/api/console/audit")).json()["deeds"]
    assert {"labelled", "AnswerMarked"} <= {deed["what"] for deed in audit}


async def test_a_list_that_is_not_ready_yet_says_so_instead_of_keeping_a_console_waiting(
    desk: Desk, learning: Learning, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was learnt so far is read once, which takes long on a busy machine; then the list is there."""
    await asked(desk, "c_1", "Onko teillä oravia?", "out_of_scope")
    monkeypatch.setattr("desk.learning.learning.PATIENCE_S", 0.0)
    first = await learning.groups(BOSS)
    assert (first["preparing"], first["groups"], first["waiting"]) == (True, [], 1)
    assert len((await prepared(learning))["groups"]) == 1
