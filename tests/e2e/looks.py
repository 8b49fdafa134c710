"""Looking at a page as it is drawn now: axe-core finds nothing, nothing scrolls sideways; pictures where SHOTS says."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

from ops.layout import WEB

SHOTS = os.environ.get("SHOTS")
_AXE = (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
_RUN = """async () => {
  for (const each of document.getAnimations()) each.finish?.();
  const { violations } = await axe.run();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(" | ")}`);
}"""
_BEYOND = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


_STOP = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  if (one === document.body) return null;
  const name = one.labels?.[0]?.textContent || one.ariaLabel || one.textContent;
  const seen = getComputedStyle(one).outlineStyle !== "none" && box.top > -1 && box.bottom < innerHeight + 1;
  return [name.trim(), seen];
}"""


def look(page: Page, name: str, *, forced: bool = False) -> None:
    """In light and in dark; with `forced` also in the two colours of people who choose their own."""
    page.evaluate(_AXE)
    looks = [{"color_scheme": "light"}, {"color_scheme": "dark"}]
    looks += [{"color_scheme": "light", "forced_colors": "active"}] if forced else []
    for each in looks:
        page.emulate_media(**each)  # type: ignore[arg-type]
        scheme = "-".join(each.values())
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{scheme}.png")
        assert page.evaluate(_RUN) == [], f"{name}, {scheme}"
        assert page.evaluate(_BEYOND) <= 0, f"{name} scrolls sideways"
    page.emulate_media(color_scheme="light", forced_colors="none")


def walk(page: Page) -> list[str]:
    """The names of all that Tab stops at, from the top of the page to its end. Each stop is in view and outlined."""
    names: list[str] = []
    page.keyboard.press("Tab")
    while stop := page.evaluate(_STOP):
        name, seen = stop
        assert name and seen, f"{name or names}: the focus is not to be seen there"
        names.append(name)
        assert len(names) < 200, "the focus is caught"
        page.keyboard.press("Tab")
    return names
