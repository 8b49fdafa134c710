"""My account in the console, as an agent goes through it."""

from __future__ import annotations

import re
import time

import pyotp
import pytest
from all_doors import Fortress
from looks import look
from playwright.sync_api import Browser, Page, expect


def sign_in(page: Page, person: tuple[str, str]) -> None:
    page.get_by_label("User name").fill(person[0])
    page.get_by_label("Password").fill(person[1])
    page.keyboard.press("Enter")


def open_account(page: Page) -> None:
    page.get_by_role("button", name=re.compile("presence, settings")).click()
    page.get_by_role("button", name="My account").click()
    expect(page.get_by_role("heading", name="Signed in on")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 320])
def test_an_agent_sets_up_the_second_step_and_signs_in_with_it(desk: Fortress, browser: Browser, width: int) -> None:
    """By keyboard words and labels alone; the secret and the recovery codes are shown once."""
    _, person = desk.new_agent(locale="en")
    context = browser.new_context(locale="en-GB", viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{desk.url}/console")
    sign_in(page, person)
    open_account(page)
    look(page, f"account-{width}")
    step = page.get_by_role("form", name="Two-step sign-in")
    step.get_by_label("Current password").fill(person[1])
    step.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    secret = page.locator(".account-key").inner_text().replace(" ", "")
    look(page, f"account-setup-{width}")
    step.get_by_label("Code from the app").fill(pyotp.TOTP(secret).now())
    step.get_by_role("button", name="Switch on").click()
    codes = page.locator(".account-codes li").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 recovery codes left")).to_be_visible()
    assert secret not in page.content()

    context.clear_cookies()
    page.goto(f"{desk.url}/console#/")
    page.reload()
    sign_in(page, person)
    page.get_by_label("Code from your authenticator app").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="did not match")).to_be_visible()
    look(page, f"login-code-{width}")
    page.get_by_label("Code from your authenticator app").fill(pyotp.TOTP(secret).at(time.time() + 30))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("presence, settings"))).to_be_visible()
    context.close()
