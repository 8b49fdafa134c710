"""The copy as one file for its customer: facts, their schema, a page to read, and what was sent."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from desk.privacy.exporting import Export
from desk.texts import Texts

HERE = Path(__file__).resolve().parent
SCHEMA = HERE / "export.schema.json"


def archive(export: Export, locale: str, words: Texts, deeds: Texts) -> bytes:
    """A ZIP file. `words` of data/privacy, `deeds` of data/case."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("customer.html", page(export, locale, words, deeds))
        made.writestr("customer.json", json.dumps(export.facts, ensure_ascii=False, indent=1))
        made.writestr("customer.schema.json", SCHEMA.read_text(encoding="utf-8"))
        for name, content in export.files.items():
            made.writestr(name, content)
    return into.getvalue()


def page(export: Export, locale: str, words: Texts, deeds: Texts) -> str:
    """The readable page: no script, everything that people wrote escaped."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )

    def moment(time: str) -> str:
        return words.moment(int(datetime.fromisoformat(time).timestamp() * 1000), locale)

    return made.get_template("export.html").render(
        locale=locale,
        facts=export.facts,
        moment=moment,
        say=lambda key, **figures: words.say(key, locale, figures),
        deed=lambda kind: deeds.say(f"deed_{kind}", locale),
    )
