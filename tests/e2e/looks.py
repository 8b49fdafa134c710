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


def look(page: Page, name: str) -> None:
    """In light and in dark."""
    page.evaluate(_AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{scheme}.png")
        assert page.evaluate(_RUN) == [], f"{name}, {scheme}"
        assert page.evaluate(_BEYOND) <= 0, f"{name} scrolls sideways"
    page.emulate_media(color_scheme="light")
