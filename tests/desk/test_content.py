"""What the shop says is edited in the console: draft, publish, undo; files stay readable, and programs take them up."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from clients import new_token, supervisor, widget
from parts import ROOT, Clock, House
from scripted_bot import ScriptedBot

from desk.content.banners import Banner, concerning, current, read_banners
from desk.content.content import Content
from desk.content.keeper import Keeper
from desk.content.pieces import kinds
from desk.content.telling import with_banners
from desk.conversation import events as ev
from desk.errors import BadRequest, Forbidden, NotFound, SetupError
from desk.help.articles import read_articles
from desk.replies import read_replies
from desk.service.desk import Desk
from desk.shop_hours import read_hours
from desk.store import deeds
from desk.store.accounts import AgentRow
from desk.texts import Texts
from ops.stack import Stack

pytestmark = pytest.mark.anyio
ZONE = ZoneInfo("Europe/Helsinki")
BOSS = AgentRow(
    id="a_boss", name="boss", display_name="Liisa", role="supervisor", locale="fi", active=True, presence="online"
)
BANNER = {
    "all": {"until": "2026-11-23T12:00", "intents": "track_order ask_delivery"},
    "fi": {"text": "Pakettiautomaatit ovat poissa käytöstä maanantaihin klo 12 asti."},
    "et": {"text": "Pakiautomaadid ei tööta esmaspäeval kella 12-ni."},
    "en": {"text": "Parcel lockers are out of service until noon on Monday."},
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of what the shop says."""
    for name in ("faq", "replies", "system"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    shutil.copy2(ROOT / "data" / "hours.yml", tmp_path / "data" / "hours.yml")
    return tmp_path / "data"


@pytest.fixture
def content(desk: Desk, data: Path) -> Content:
    return Content(desk, kinds(data, data / "banners.yml", data / "hours.yml", ZONE), lambda: None)


async def put(content: Content, kind: str, key: str, fields: dict[str, Any]) -> None:
    """Draft and publish."""
    await content.save(BOSS, kind, key, fields)
    await content.publish(BOSS, kind, key)


def tree(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


async def test_every_piece_written_as_it_stands_changes_no_meaning(content: Content, data: Path) -> None:
    """Read, published unchanged, and read again: the same; all readers still read all files."""
    before = {(name, key): kind.read(key) for name, kind in content._kinds.items() for key in list(kind.keys())[:12]}
    for (name, key), fields in before.items():
        assert fields, (name, key)
        await put(content, name, key, {locale: dict(one) for locale, one in fields.items()})
    assert {(name, key): content._kinds[name].read(key) for name, key in before} == before
    assert read_replies(data / "replies") == read_replies(ROOT / "data" / "replies")
    read_articles(data / "faq")
    Texts.load(data / "system", ZONE)


async def test_a_text_is_drafted_published_and_brought_back(content: Content, data: Path, desk: Desk) -> None:
    """With who and when on the audit log; nothing but its line changes."""
    before = tree(data)
    fields = {locale: {"text": f"{locale}: “Hei!”\nUusi rivi: {{ei}}"[:14]} for locale in ("fi", "et", "en")}
    await content.save(BOSS, "text", "moment", fields)
    assert tree(data) == before, "a draft changes nothing"
    assert (await content.one(BOSS, "text", "moment"))["draft"]["by"] == "a_boss"
    await content.publish(BOSS, "text", "moment")
    assert Texts.load(data / "system", ZONE).say("moment", "et") == fields["et"]["text"]
    changed = {name for name, text in tree(data).items() if text != before[name]}
    assert changed == {f"system/{locale}.yml" for locale in ("fi", "et", "en")}
    one = await content.one(BOSS, "text", "moment")
    assert (one["draft"], len(one["editions"]), one["editions"][0]["by"]) == (None, 1, "a_boss")
    await content.undo(BOSS, "text", "moment")
    old = Texts.load(ROOT / "data" / "system", ZONE).say("moment", "et")
    assert Texts.load(data / "system", ZONE).say("moment", "et") == old
    await content.undo(BOSS, "text", "moment")
    assert Texts.load(data / "system", ZONE).say("moment", "et") == fields["et"]["text"], "twice is the way forth"
    noted = await desk.store.read(partial(deeds.page, agent=None, before=None))
    assert [deed["what"] for deed in noted] == [
        "content_undone", "content_undone", "content_published", "content_drafted",
    ]  # fmt: skip


async def test_what_the_desk_could_not_read_is_not_published(content: Content, data: Path) -> None:
    """And says what is missing; the files stay as they were."""
    before = tree(data)
    three = {locale: {"text": "Moi", "title": "Moi"} for locale in ("fi", "et", "en")}
    wrong: list[tuple[str, str, dict[str, Any], str]] = [
        ("text", "queued", three, "must keep its figures"),
        ("text", "moment", {"fi": {"text": "Vain suomeksi"}}, "text in et is missing"),
        ("text", "no_such", three, "not added"),
        ("reply", "one_moment", three | {"fi": {"title": "x", "text": "{order}"}}, "the same of these fields"),
        ("reply", "one_moment", {k: {"title": "x", "text": "{secret}"} for k in three}, "the same of these fields"),
        ("article", "new-one", three | {"all": {"topic": "nonsense"}}, "topic is one of"),
        ("banner", "lockers", BANNER | {"all": {"until": "noon"}}, "must be a time"),
        ("hours", "opening-hours", {"all": {"yaml": "week: {monday: ['nine']}"}}, "must look like"),
    ]
    for kind, key, fields, why in wrong:
        with pytest.raises(BadRequest, match=why):
            await put(content, kind, key, fields)
    assert tree(data) == before


async def test_a_new_article_and_a_new_reply_come_and_go(content: Content, data: Path) -> None:
    """Undone, they are gone; undone again, they are back."""
    article = {
        locale: {"title": f"Lahja: {locale}", "questions": "voiko\nsaako", "text": "**Kyllä.**\n\n- yksi"}
        for locale in ("fi", "et", "en")
    }
    await put(content, "article", "gifts", {"all": {"topic": "orders"}, **article})
    read = read_articles(data / "faq")["et"]["gifts"]
    assert (read.title, read.topic, read.questions) == ("Lahja: et", "orders", ("voiko", "saako"))
    await content.undo(BOSS, "article", "gifts")
    assert "gifts" not in read_articles(data / "faq")["et"]
    await content.undo(BOSS, "article", "gifts")
    assert "gifts" in read_articles(data / "faq")["et"]
    reply = {locale: {"title": "Kiitos", "words": "", "text": "{greeting} Kiitos: “hyvä”."} for locale in article}
    await put(content, "reply", "thanks_again", reply)
    assert read_replies(data / "replies")[-1]["texts"]["fi"] == "{greeting} Kiitos: “hyvä”."
    await content.remove(BOSS, "reply", "thanks_again")
    assert read_replies(data / "replies") == read_replies(ROOT / "data" / "replies")


async def test_only_supervisors_edit_and_only_what_there_is(content: Content) -> None:
    agent = replace(BOSS, role="agent")
    for attempt in (content.all(agent), content.one(agent, "text", "moment"), content.publish(agent, "text", "moment")):
        with pytest.raises(Forbidden):
            await attempt
    for kind, key in (("text", "../../etc"), ("policy", "x"), ("article", "UPPER"), ("text", "nothing")):
        with pytest.raises(NotFound):
            await content.one(BOSS, kind, key)
    for fields in ("x", {"sv": {}}, {"fi": "x"}, {"fi": {"text": 1}}, {"fi": {"text": "x" * 20_001}}):
        with pytest.raises(BadRequest):
            await content.save(BOSS, "text", "moment", fields)


async def test_a_banner_holds_until_its_time_and_for_its_matters(content: Content, data: Path) -> None:
    await put(content, "banner", "lockers", BANNER)
    (banner,) = read_banners(data / "banners.yml", ZONE)
    assert concerning([banner], banner.until - 1, "track_order") == [banner]
    assert concerning([banner], banner.until - 1, "return_item") == []
    assert current([banner], banner.until) == []
    assert banner.say("sv") == BANNER["en"]["text"]


def test_a_banner_goes_before_the_answer_and_is_told_once() -> None:
    """What the answer asks stands last, with its buttons. Where the bot is silent nothing is told."""
    banner = Banner("lockers", 0, frozenset({"track_order"}), {"en": "Lockers are down."})
    answer = ev.BotReplied(turn="m1", lang="en", text="Which order?")
    named = ev.CustomerNamed(name="Maija")
    told = with_banners([named, answer, answer], [banner], set())
    assert [getattr(event, "text", event.type) for event in told] == [
        "CustomerNamed", "Lockers are down.", "BannerTold", "Which order?", "Which order?",
    ]  # fmt: skip
    assert with_banners([answer], [banner], {"lockers"}) == [answer]
    assert with_banners([named], [banner], set()) == [named]


async def test_files_that_changed_are_taken_up_and_broken_ones_are_not(tmp_path: Path) -> None:
    """Whoever changed them; what cannot be read leaves what stood."""
    (tmp_path / "a.yml").write_text("1")
    seen: list[str] = []

    def read() -> None:
        text = (tmp_path / "a.yml").read_text()
        if text == "broken":
            raise SetupError("broken")
        seen.append(text)

    (tmp_path / "a.yml").write_text("1")
    keeper = Keeper([(tmp_path, "*.yml", read)])
    for text in ("22", "broken", "333"):
        (tmp_path / "a.yml").write_text(text)
        await keeper.look()
        await keeper.look()
    assert seen == ["22", "333"]


def test_hours_are_edited_as_the_file_that_they_are(data: Path, clock: Clock) -> None:
    hours = kinds(data, data / "banners.yml", data / "hours.yml", ZONE)["hours"]
    text = "week: {monday: ['08:00-16:00']}"
    (written,) = hours.write("opening-hours", {"all": {"yaml": text}}).values()
    (data / "hours.yml").write_text(str(written))
    assert read_hours(data / "hours.yml", ZONE).closes_at(1_763_971_200_000) is not None


async def test_a_real_desk_tells_the_banner_in_greeting_and_answer(tmp_path: Path) -> None:
    """Published in the console; in the greeting at once, before an answer that it concerns, once in a conversation."""
    with ScriptedBot() as bot:
        env = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_BANNERS_FILE": str(tmp_path / "banners.yml")}
        stack = Stack(("desk",), env=env, var=tmp_path / "var").start()
        try:
            house = House(stack, bot)
            async with supervisor(house.url, *house.agent) as http:
                fields = BANNER | {"all": {"until": "2099-01-01T12:00", "intents": "late_delivery"}}
                await http.post("/api/console/content/banner/lockers", json={"what": "draft", "fields": fields})
                done = await http.post("/api/console/content/banner/lockers", json={"what": "publish"})
                assert done.status_code == 204
                await _tells(house, http, BANNER["fi"]["text"])
        finally:
            stack.stop()


async def _tells(house: House, http: httpx.AsyncClient, shown: str) -> None:
    async with asyncio.timeout(30):
        while shown not in (await http.get("/api/widget/config?locale=fi")).json()["greeting"]:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    async with await widget(house.url, await new_token(house.url)) as customer:
        await customer.do(type="write", text="Missä paketti?")
        await customer.said("bot", "Bot: Missä")
        await customer.do(type="write", text="Entä nyt?")
        await customer.said("bot", "Bot: Entä")
        assert customer.texts("bot") == [shown, "Bot: Missä paketti?", "Bot: Entä nyt?"]


async def test_the_doors_keep_a_draft_and_drop_it(house: House, boss: httpx.AsyncClient) -> None:
    everything = (await boss.get("/api/console/content")).json()["kinds"]
    assert {"banner", "article", "reply", "text"} <= set(everything)
    fields = {"fi": {"text": "Hetki vielä."}}
    body = {"what": "draft", "fields": fields}
    assert (await boss.post("/api/console/content/text/moment", json=body)).status_code == 204
    assert (await boss.get("/api/console/content/text/moment")).json()["draft"]["fields"] == fields
    refused = await boss.post("/api/console/content/text/moment", json={"what": "publish"})
    assert (refused.status_code, refused.json()["error"]["message"]) == (400, "text in et is missing.")
    assert (await boss.post("/api/console/content/text/moment", json={"what": "drop"})).status_code == 204
    assert (await boss.get("/api/console/content/text/moment")).json()["draft"] is None
    assert (await boss.post("/api/console/content/text/moment", json={"what": "burn"})).status_code == 400
