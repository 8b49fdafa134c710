"""What kinds of pieces share: reading and writing YAML by the line, and refusing what the desk could not read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from desk.errors import BadRequest, SetupError
from desk.help.articles import TOPICS
from desk.texts import placeholders
from desk.yaml_text import load_yaml

ALL = "all"
"""In the place of a language: what is the same in all of them."""
LONGEST = 20_000

type Fields = Mapping[str, Mapping[str, str]]
"""By language (or ALL), then by field."""
type Texts = dict[Path, str | None]
"""Files as they become; None: the file goes."""


def read_yaml(path: Path) -> dict[str, Any]:
    """What a file holds, to be changed by the caller at will; {} for none."""
    if not path.is_file():
        return {}
    stat = path.stat()
    return deepcopy(_read(path, stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int, _size: int) -> dict[str, Any]:
    """Read once as long as it stays as it is: a list of texts asks for each of them."""
    found = load_yaml(path.read_text("utf-8"))
    return found if isinstance(found, dict) else {}


def read_article(text: str) -> tuple[dict[str, Any], str]:
    _, front, body = text.split("---\n", 2)
    return dict(load_yaml(front)), body


def new_article() -> dict[str, Any]:
    empty: dict[str, Any] = {"title": "", "topic": TOPICS[-1], "intents": [], "questions": []}
    return empty | {"countries": ["FI", "EE"], "checked_on": date.today(), "sources": []}


def front_line(name: str, value: object) -> str:
    if name == "questions" and isinstance(value, list) and value:
        return "questions:\n" + "".join(f"  - {quoted(each)}\n" for each in value)
    return f"{name}: {value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)}\n"


def quoted(text: str) -> str:
    """JSON's way to quote is one of YAML's."""
    return json.dumps(text, ensure_ascii=False)


def required(fields: Fields, locale: str, name: str) -> str:
    text = fields.get(locale, {}).get(name, "")
    if not text.strip():
        where = "" if locale == ALL else f" in {locale}"
        raise BadRequest("bad_request", f"{name}{where} is missing.")
    if len(text) > LONGEST:
        raise BadRequest("bad_request", f"{name} has at most {LONGEST} characters.")
    return text


def same_figures(text: str, before: str) -> None:
    try:
        figures = placeholders(text)
    except ValueError as error:
        raise BadRequest("bad_request", "A brace is not closed.") from error
    if figures != placeholders(before):
        wanted = ", ".join(f"{{{each}}}" for each in sorted(placeholders(before))) or "none"
        raise BadRequest("bad_request", f"The text must keep its figures: {wanted}.")


def line_replaced(text: str, pattern: str, line: str) -> str:
    return re.sub(pattern, lambda _: line, text, count=1, flags=re.MULTILINE)


def block_replaced(text: str, key: str, block: str) -> str:
    """The block of `key` with its indented lines, or at the end if there is none."""
    found = re.search(rf"^{key}:\n(?:[ \t]+.*\n?)+", text, flags=re.MULTILINE)
    if found:
        return text[: found.start()] + block + text[found.end() :]
    return text + ("" if text.endswith("\n") else "\n") + block


def moment(text: str) -> str:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None).isoformat(timespec="minutes")
    except ValueError as error:
        raise BadRequest("bad_request", "until must be a time such as 2026-11-23T12:00.") from error


def check_readable(texts: Texts, read: Callable[[Path], object]) -> None:
    with TemporaryDirectory() as name:
        for path, text in texts.items():
            (Path(name) / path.name).write_text(text or "", "utf-8")
        refuse_unless(lambda: read(Path(name)))


def refuse_unless(read: Callable[[], object]) -> None:
    """What the desk could not read at its next start is not written now."""
    try:
        read()
    except (SetupError, ValueError, yaml.YAMLError) as error:
        message = re.sub(r"/\S*/", "", str(error)).split("\n")[0]
        raise BadRequest("bad_request", message) from error
