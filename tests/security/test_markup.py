"""Markup, links and pictures that people put wherever they can: looked at in the built clients, in a real browser.

Nothing of it may become an element, run, be linked to anything but the web, or be fetched.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import anyio
import pytest
from all_doors import CUSTOMER_SECRET, Fortress
from clients import Socket
from people import Agent, Customer
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect
from scripted_bot import said
from shop_tokens import signed

EVIL = "evil.example"
MARKUP = (
    f'<img id=pwned src="https://{EVIL}/x.png" onerror="window.pwned=1"><svg id=pwned onload="window.pwned=1"></svg>'
    f'<script id=pwned>window.pwned=1</script><iframe id=pwned srcdoc="<script>parent.pwned=1</script>"></iframe>'
    f'<b id=pwned style="background:url(https://{EVIL}/b)">x</b>"\'>'
    f'<a id=pwned href="javascript:window.pwned=1">y</a>'
)
LINKS = (
    f"[a](javascript:window.pwned=1) javascript:window.pwned=1 data:text/html,<script>1</script> //{EVIL}/x "
    f"[b](https://{EVIL}/y) ![c](https://{EVIL}/beacon.png) [[d]](vbscript:x) "
    f'https://{EVIL}/"onmouseover="window.pwned=1 '
    f"JaVaScRiPt:window.pwned=1 https://shop.example/good <https://{EVIL}|slack>"
)
NAME = '<img id=pwned src=x onerror="window.pwned=1">Maija'
FOUND = """() => {
  const roots = [document];
  for (let at = 0; at < roots.length; at++)
    for (const each of roots[at].querySelectorAll("*")) if (each.shadowRoot) roots.push(each.shadowRoot);
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  return {
    ran: window.pwned ?? null,
    made: all("#pwned, iframe, img[src*='evil'], [onerror], [onload], [onmouseover]").map((each) => each.outerHTML),
    links: all("a[href]").filter((each) => !/^https?:$/.test(each.protocol)).map((each) => each.outerHTML),
    bare: all("a[href*='example/']").filter((each) => each.host !== location.host)
      .filter((each) => !each.rel.includes("noopener")).map((each) => each.outerHTML),
  };
}"""
NOTHING = {"ran": None, "made": [], "links": [], "bare": []}


@dataclass
class Watch:
    """What a page asks for, and what its policy had to stop."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        def heard(message: ConsoleMessage) -> None:
            if "Content Security Policy" in message.text or "TrustedHTML" in message.text:
                self.complaints.append(message.text)

        def asked(request: Request) -> None:
            if EVIL in request.url.split("?")[0]:
                self.requests.append(request.url)

        self.page.on("console", heard)
        self.page.on("request", asked)
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))

    def nothing_happened(self, where: str) -> None:
        assert self.page.evaluate(FOUND) == NOTHING, where
        assert (self.requests, self.complaints) == ([], []), where


def in_a_thread[T](work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """The browser has this thread's event loop."""
    found: list[T] = []
    thread = threading.Thread(target=lambda: found.append(anyio.run(work)))
    thread.start()
    thread.join(60)
    return found[0]


def malicious(question: dict[str, Any]) -> dict[str, Any]:
    """A bot whose answer carries markup wherever it can: text, buttons, card, packet."""
    card = {"type": "order", "number": MARKUP, "status": "late", "items": [{"name": MARKUP, "quantity": 1}],
            "total": {"amount": "1.00", "currency": "EUR"}, "ordered_on": "2026-11-10", "promised_on": "2026-11-15",
            "expected_on": None, "tracking": {"carrier": NAME, "code": MARKUP, "events": []}}  # fmt: skip
    message = {
        "text": f"{MARKUP} {LINKS}",
        "language": "fi",
        "buttons": [{"title": NAME, "payload": "/x"}],
        "card": card,
    }
    reasons = [{"code": "asked_for_person", "weight": 1.0, "evidence": MARKUP}]
    judgement = {"action": "handoff" if "ihminen" in question["text"] else "none", "score": 1.0, "urgent": False}
    packet = {"problem": "late_delivery", "order": card, "facts": [{"name": NAME, "value": MARKUP}], "tried": [],
              "customer": {"name": NAME, "email": NAME, "phone": NAME}, "suggested_reply": MARKUP}  # fmt: skip
    return said("", messages=[message], judgement=judgement | {"reasons": reasons}, packet=packet)


@pytest.fixture
def evil_bot(desk: Fortress) -> Iterator[None]:
    before, desk.bot.script = desk.bot.script, malicious
    yield
    desk.bot.script = before


def test_stored_markup_links_and_beacons(desk: Fortress, browser: Browser, evil_bot: None) -> None:
    """In the widget, the console's lists, case and search, the supervisor's, the customer's and the help pages."""
    claims = {"aud": "aspa", "exp": time.time() + 600, "email": "maija@example.fi", "name": NAME}
    with Customer(browser, desk.url, "fi") as customer:
        seen = Watch(customer.page)
        customer.page.evaluate(
            "token => document.querySelector('aspa-chat').setAttribute('customer', token)",
            signed(claims, CUSTOMER_SECRET),
        )
        customer.open_chat()
        for text in (MARKUP, LINKS, "ota ihminen"):
            customer.write(text)
        expect(customer.log.get_by_role("button", name="Maija").last).to_be_visible()
        case = in_a_thread(lambda: staff_answer(desk))
        customer.sees("agentin-vastaus")
        seen.nothing_happened("widget")
        assert customer.log.locator("a[href='https://shop.example/good']").count() > 0, "what is a link is one"
    console_shows(desk, browser, case)
    public_pages_show(desk, browser, case)


async def staff_answer(desk: Fortress) -> str:
    """An agent named, and writing, as badly as the customer; the case's id."""
    async with await desk.at_console() as agent:
        with desk.signed_in() as http:
            newest = http.get("/api/console/conversations?view=waiting").json()["conversations"]
        case = str(max(newest, key=lambda each: each["last_at"])["id"])
        await agent.do(type="claim", conversation=case)
        await agent.do(type="note", conversation=case, text=f"{MARKUP} {LINKS}")
        await agent.do(type="tag", conversation=case, tags=["<img id=pwned src=x>"])
        await agent.do(type="reply", conversation=case, text=f"{MARKUP} {LINKS} agentin-vastaus")
        return case


def console_shows(desk: Fortress, browser: Browser, case: str) -> None:
    desk.new_agent(display_name="<img id=pwned src=x>")
    with Agent(browser, desk.url, desk.stack.var) as agent:
        seen = Watch(agent.page)
        go(agent.page, f"#/mine/{case}/details")
        agent.sees("agentin-vastaus")
        seen.nothing_happened("case")
        for place in (
            "#/waiting",
            "#/team",
            "#/mine?q=pwned",
            "#/supervision/board",
            "#/supervision/staff",
            "#/supervision/audit",
        ):
            go(agent.page, place)
            expect(agent.page.get_by_role("heading").first).to_be_visible()
            agent.page.wait_for_load_state("networkidle")
            seen.nothing_happened(place)


def go(page: Page, place: str) -> None:
    page.evaluate("place => { location.hash = place; }", place)


def public_pages_show(desk: Fortress, browser: Browser, case: str) -> None:
    page = browser.new_page(java_script_enabled=True)
    seen = Watch(page)
    for path in (
        desk.page(case),
        f"{desk.page(case)}?note={MARKUP}&lang={MARKUP}",
        f"/help/fi?q={MARKUP}",
        f"/help/{NAME}",
    ):
        page.goto(desk.url + path)
        seen.nothing_happened(path)
    page.close()


def test_nothing_runs_that_is_not_the_builds_own(desk: Fortress, browser: Browser) -> None:
    """The console's policy stops inline script, markup from strings and requests elsewhere, even of its own code."""
    page = browser.new_page()
    page.goto(f"{desk.url}/console")
    tries = {
        "inline": "() => { const s = document.createElement('script'); s.append('window.pwned = 1');"
        " document.body.append(s); return window.pwned ?? null; }",
        "markup": "() => { try { document.body.innerHTML = '<b>x</b>'; return 1 } catch { return null } }",
        "elsewhere": f"() => fetch('https://{EVIL}/').then(() => 1, () => null)",
    }
    assert {name: page.evaluate(work) for name, work in tries.items()} == dict.fromkeys(tries)
    page.goto(f"{desk.url}/help/fi")  # no Trusted Types here: the policy alone
    assert page.evaluate(tries["inline"]) is None
    page.close()


def test_nobody_frames_the_desk(desk: Fortress, browser: Browser) -> None:
    """A page elsewhere that draws the console, or a customer's page, in a frame gets an error instead."""
    frames = "".join(f"<iframe src='{desk.url}{path}'></iframe>" for path in ("/console", "/", "/help/fi"))

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(frames.encode())

        def log_message(self, *_: object) -> None:
            pass

    # On this machine, too: browsers keep pages of the internet from framing what is local, whatever we say.
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    page.wait_for_load_state("networkidle")
    assert len(page.frames) == 4
    assert all(desk.url not in frame.url for frame in page.frames)
    page.close()
    server.shutdown()
    server.server_close()


def test_the_agents_page_is_told_by_nobody_but_the_desk(desk: Fortress) -> None:
    """What goes over the socket is JSON; a text that looks like a message of the protocol is a text."""

    async def pose() -> str:
        token_case, token = await desk.case()
        from clients import widget

        async with await widget(desk.url, token) as customer, await desk.at_console() as agent:
            fake = json.dumps({"type": "me", "agent": {"role": "admin"}, "notices": []})
            await customer.do(type="write", text=f'"}}]}}\n{fake}')
            await agent.do(type="open", conversation=token_case, after=0)
            await agent.said("customer", "notices")
            return kinds(agent)

    assert "admin" not in in_a_thread(pose)


def kinds(socket: Socket) -> str:
    return json.dumps([each["agent"]["role"] for each in socket.got if each["type"] == "me"])
