"""The page as HTML. Every value is escaped by the template; what people wrote is shown as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from desk.case_page.reading import Standing
from desk.help.pages import NAMES
from desk.looks import StyleSheet
from desk.texts import LOCALES, Texts

HERE = Path(__file__).resolve().parent


class CasePages:
    """Makes the pages; `style` is how they look."""

    def __init__(self, texts: Texts, shop: str, home: str | None) -> None:
        self._texts = texts
        self._shared: dict[str, Any] = {"shop": shop, "home": home, "names": NAMES}
        loader = FileSystemLoader(HERE / "templates")
        self._made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        self.style = StyleSheet("case", HERE / "style.css")

    def case(self, locale: str, path: str, standing: Standing, *, token: str, message: str, note: str) -> str:
        """How the case stands. `message` names the next message, so that one sent twice is taken once; `note`: sent,
        refused text or ""."""
        figures = {"standing": standing, "token": token, "message": message, "note": note}
        return self._page("case.html", locale, path, **figures)

    def missing(self, locale: str) -> str:
        """No such case, or no longer."""
        return self._page("missing.html", locale, "")

    def _page(self, template: str, locale: str, path: str, **values: Any) -> str:
        def say(key: str, **figures: Any) -> str:
            return self._texts.say(key, locale, figures)

        shared = {**self._shared, "style": self.style.address, "locale": locale, "path": path, "say": say}
        shown = {"moment": lambda at: self._texts.moment(at, locale), "locales": LOCALES}
        return self._made.get_template(template).render(**shared, **shown, **values)
