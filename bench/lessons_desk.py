"""The desk's part of bench.lessons: logs failures, labels them by keys in a browser, tries, releases and takes back."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, sync_playwright

from desk.clock import now_ms
from desk.connectors.customer_desk import CustomerDesk
from desk.conversation import events as ev
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import Rules
from desk.service.desk import Desk
from desk.service.hub import Hub
from desk.store.engine import open_store
from desk.store.migrate import migrate
from ops.stack import Stack

LIMIT_S = 3 * 3600
_LATEST = """async () => {
    const read = async (path) => (await fetch(`/api/console/learning/runs${path}`)).json();
    const { runs = [] } = await read("");  // a desk beside a training may answer late
    const [latest] = runs;
    return latest ? read(`/${latest.run}`) : {};
}"""
_CHROMIUM = "/usr/bin/chromium"


async def log(var: Path, failures: list[dict[str, Any]]) -> None:
    """Each failure as a conversation of its own, as the bot's worker would have written it."""
    url = f"sqlite:///{var}/desk.sqlite3"
    await asyncio.to_thread(migrate, url)
    store = open_store(url)
    desk = Desk(store, Hub(), Rules(), OpeningHours(ZoneInfo("Europe/Helsinki")), now_ms)
    for number, one in enumerate(failures):
        conversation, language = f"c_lesson{number}", one["language"]
        await CustomerDesk(desk).write(conversation, "widget", language, "m1", one["text"])
        understood = ev.Understood(
            message_id="m1",
            intent=one["taken_for"],
            confidence=one["confidence"],
            language=language,
            frustration=0.0,
            score=0.0,
        )
        done = await desk.change(conversation, _said(understood, ev.BotReplied(turn="m1", lang=language, text="–")))
        marked = ev.AnswerMarked(seq=done.seq, agent="a_1", agent_name="Mari")
        await desk.change(conversation, _said(marked))
    await store.close()


def _said(*events: Any) -> Callable[..., list[Any]]:
    return lambda *_: list(events)


class Session:
    """Somebody at the keyboard; nothing is done in another way. `strokes`: keys that were pressed, letters too."""

    def __init__(self, page: Page, wanted: dict[str, str]) -> None:
        self.page = page
        self.wanted = wanted  # intent by conversation
        self.strokes = 0
        self.labels = 0
        self.names: dict[str, str] = {}  # what an intent is called

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.strokes += 1

    def work_off(self) -> None:
        while self.labels < len(self.wanted):  # the desk shows so many groups at a time, then the next
            self.page.wait_for_selector(".lesson-message")
            self._group()

    def _group(self) -> None:
        before = self.page.locator(".lesson-head").inner_text()
        rows = self.page.locator(".lesson-message").all()
        intents = [self.wanted[str(row.locator("a").get_attribute("href")).split("/")[-1]] for row in rows]
        common = Counter(intents).most_common(1)[0][0]
        for row, intent in zip(rows, intents, strict=True):
            if intent != common:
                self._untick(row.locator("input").element_handle())
        self._choose(common)
        self.labels += intents.count(common)
        self.page.wait_for_function("text => document.querySelector('.lesson-head')?.innerText !== text", arg=before)

    def _untick(self, box: Any) -> None:
        while not box.evaluate("box => document.activeElement === box"):
            self.press("Tab")
        self.press("Space")

    def _choose(self, intent: str) -> None:
        name = self.names[intent]
        offered = self.page.locator(".lesson-suggestion").all_inner_texts()
        for number, text in enumerate(offered, 1):
            if text.split("\n")[-1] == name and "Aihe" in text:
                return self.press(str(number))
        self.press("s")
        self.page.keyboard.type(name)
        self.strokes += len(name)
        return self.press("Enter")


def main(folder: Path, *, swap: bool) -> None:
    failures = json.loads((folder / "failures.json").read_text("utf-8"))
    var = folder / ("house-swapped" if swap else "house")
    var.mkdir()
    if swap and (folder / "house" / "learning").is_dir():  # so the running model is not measured twice
        shutil.copytree(folder / "house" / "learning", var / "learning")
    asyncio.run(log(var, failures))
    intents = sorted({one["intent"] for one in failures})
    right = {f"c_lesson{number}": one["intent"] for number, one in enumerate(failures)}
    if swap:
        right = {name: intents[(intents.index(intent) + 1) % len(intents)] for name, intent in right.items()}
    with Stack(("desk",), var=var, seconds=300) as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(locale="fi-FI", viewport={"width": 1440, "height": 900}).new_page()
        page.set_default_timeout(300_000)
        result = _session(page, stack, right)
        browser.close()
    result["swapped"] = swap
    (folder / f"result{'-swapped' if swap else ''}.json").write_text(json.dumps(result, indent=1), "utf-8")
    print(json.dumps(result, indent=1))


def _session(page: Page, stack: Stack, right: dict[str, str]) -> dict[str, Any]:
    name, password = stack.demo_agent
    page.goto(f"{stack.urls['desk']}/console")
    page.fill("[name=name]", name)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_selector(".topbar")
    page.goto(f"{stack.urls['desk']}/console#/supervision/learning")
    page.wait_for_selector(".lesson-message")
    session = Session(page, right)
    known = page.evaluate("async () => (await (await fetch('/api/console/learning')).json()).intents")
    options = page.locator("#matters option").evaluate_all("all => all.map((one) => one.value)")
    session.names = dict(zip(known, options, strict=False))
    started = time.monotonic()
    session.work_off()
    labelled = time.monotonic() - started
    page.goto(f"{stack.urls['desk']}/console#/supervision/models")
    page.locator(".lesson-ways").first.wait_for()
    ready = _ready(page)
    if ready["doubtful"]:  # nothing is trained from them
        page.locator('.run-message[role="alert"]').wait_for()
        run = {"state": "doubtful", "message": "", "report": None, "diff": ""}
        return _told(run, ready, session, labelled, released=False)
    page.get_by_role("button", name="Kouluta malli ja vertaa").press("Enter")
    page.locator(".run-training, .run-measuring").first.wait_for()
    run = _wait(page)
    released = run["state"] == "passed"
    if released:
        page.get_by_role("button", name="Ota käyttöön").press("Enter")
        page.get_by_role("button", name="Takaisin edelliseen malliin").press("Enter")
        page.locator(".run-taken_back").first.wait_for()
    return _told(run, ready, session, labelled, released=released)


def _ready(page: Page) -> dict[str, Any]:
    """What the labels come to, once the desk has compared them with what was learnt before."""
    return dict(page.evaluate("async () => (await (await fetch('/api/console/learning/runs')).json()).ready"))


def _wait(page: Page) -> dict[str, Any]:
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        run = page.evaluate(_LATEST)
        if run.get("state") in ("passed", "refused", "failed"):
            return dict(run)
        time.sleep(2)
    raise TimeoutError("The run did not end.")


def _told(
    run: dict[str, Any], ready: dict[str, Any], session: Session, seconds: float, *, released: bool
) -> dict[str, Any]:
    report = run["report"] or {"gates": [], "differences": [], "seconds": {}, "turns": 0}
    return {
        "state": run["state"],
        "message": run["message"],
        "released": released,
        "labels": session.labels,
        "odd": len(ready["odd"]),
        "key_presses": session.strokes,
        "labelling_seconds": round(seconds),
        "lines": sum(line.startswith("+    - ") for line in run["diff"].splitlines()),
        "seconds": report["seconds"],
        "differences": [{name: one[name] for name in ("text", "verdict")} for one in report["differences"]],
        "answers": {"of": report["turns"], **Counter(one["verdict"] for one in report["differences"])},
        "gates": {one["name"]: [one["before"], one["after"], one["low"], one["high"]] for one in report["gates"]
                  if not one["name"].startswith("intent.")},
        "told": [one["name"] for one in report["gates"] if one.get("told")],
        "lowered": [one["name"] for one in report["gates"] if one["lowered"]],
    }  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), swap="--swap" in sys.argv)
