"""A photo of what is broken goes to the agent, a return label comes back: two browsers, the real desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from looks import look
from people import Agent, Customer
from pictures import PDF, SVG, png
from playwright.sync_api import Browser, expect
from scripted_bot import ScriptedBot, echo

from ops.stack import Stack


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A desk with a bot that is quick and always there: these stories are about the desk."""
    with ScriptedBot(echo) as bot:
        settings = {
            "ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}",
            "ASPA_BOT_PORT": str(bot.port),
            "ASPA_ATTACHMENT_MB": "1",
        }
        stack = Stack(("desk",), env=settings, var=tmp_path_factory.mktemp("files") / "var").start()
        yield stack
        stack.stop()


def test_a_photo_reaches_the_agent_and_a_label_the_customer(house: Stack, browser: Browser, tmp_path: Path) -> None:
    photo, label, script = tmp_path / "rikki pääty.png", tmp_path / "palautustarra.pdf", tmp_path / "kuva.svg"
    photo.write_bytes(png(320, 200))
    label.write_bytes(PDF)
    script.write_bytes(SVG)
    url = house.urls["desk"]
    with Customer(browser, url, "fi-FI") as customer, Agent(browser, url, house.var) as agent:
        customer.open_chat()
        field = customer.chat.locator("input[type=file]")
        field.set_input_files(script)
        expect(customer.chat.locator(".sending.over")).to_contain_text("Voit lähettää kuvan")
        field.set_input_files(photo)
        customer.sees("rikki pääty.png")
        customer.sees("tiedosto on tallessa")
        customer.write("ihminen")

        agent.row("ihminen").click()
        agent.sees("rikki pääty.png")
        picture = agent.page.get_by_role("img", name="Kuva rikki pääty.png")
        expect(picture).to_have_count(0)
        agent.page.get_by_role("log").get_by_role("button", name="Näytä kuva").click()
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320

        agent.press("Ota")
        agent.page.locator("#attach").set_input_files([label, script])
        expect(agent.page.get_by_text("Voit lähettää kuvia")).to_be_visible()
        agent.page.get_by_role("button", name="Poista kuva.svg").click()
        for width in (1440, 1024, 390):
            agent.page.set_viewport_size({"width": width, "height": 844})
            look(agent.page, f"files-{width}")
        agent.page.set_viewport_size({"width": 1440, "height": 900})
        agent.reply("Tässä palautustarra.")

        customer.sees("palautustarra.pdf")
        with customer.page.expect_download() as download:
            customer.messages("palautustarra.pdf").get_by_role("button", name="Lataa").click()
        assert Path(download.value.path()).read_bytes() == PDF
        customer.messages("rikki pääty.png").get_by_role("button", name="Näytä kuva").click()
        expect(customer.log.get_by_role("img", name="rikki pääty.png")).to_be_visible()
        look(customer.page, "files-widget")
        assert customer.errors == []
