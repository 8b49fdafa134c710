"""A piece of what the shop says, in all languages: read from the files under data/, and what of them a new wording
changes. Files stay what people edit by hand: only the lines of the piece are replaced."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol
from zoneinfo import ZoneInfo

import yaml

from desk.content.banners import read_banners
from desk.content.bot_texts import BotTexts
from desk.content.wording import (
    ALL,
    Fields,
    Texts,
    block_replaced,
    check_readable,
    front_line,
    line_replaced,
    moment,
    new_article,
    quoted,
    read_article,
    read_yaml,
    refuse_unless,
    required,
    same_figures,
)
from desk.errors import BadRequest
from desk.help.articles import TOPICS, read_articles
from desk.replies import FIELDS, read_replies
from desk.shop_hours import read_hours, read_team_hours
from desk.texts import LOCALES, placeholders

KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class Kind(Protocol):
    """One kind of pieces. `adds`: whether new ones can be made and old ones removed."""

    adds: bool

    def keys(self) -> list[str]:
        """All pieces there are."""

    def read(self, key: str) -> Fields | None:
        """A piece as it stands; None for one that is not there."""

    def write(self, key: str, fields: Fields | None) -> Texts:
        """The files with the piece as `fields` say, or without it. Raises BadRequest."""


def kinds(data: Path, banners: Path, hours: Path | None, zone: ZoneInfo) -> dict[str, Kind]:
    """All kinds, by name; hours where the shop has a file of them."""
    found: dict[str, Kind] = {
        "banner": Banners(banners, zone),
        "article": Articles(data / "faq"),
        "reply": Replies(data / "replies"),
        "text": SystemTexts(data / "system"),
        "bot": BotTexts(data.parent / "domain"),
    }
    return found | ({"hours": Hours(hours, zone)} if hours else {})


class SystemTexts:
    """The desk's closed list of texts: worded anew, never more or fewer."""

    adds = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keys(self) -> list[str]:
        return list(read_yaml(self._folder / f"{LOCALES[0]}.yml"))

    def read(self, key: str) -> Fields | None:
        texts = {locale: read_yaml(self._folder / f"{locale}.yml").get(key) for locale in LOCALES}
        return None if None in texts.values() else {locale: {"text": str(text)} for locale, text in texts.items()}

    def write(self, key: str, fields: Fields | None) -> Texts:
        before = self.read(key)
        if before is None or fields is None:
            raise BadRequest("bad_request", "The desk's texts can be worded anew, not added or removed.")
        for locale in LOCALES:
            same_figures(required(fields, locale, "text"), before[locale]["text"])
        return {
            (path := self._folder / f"{locale}.yml"): line_replaced(
                path.read_text("utf-8"), rf"^{key}: .*$", f"{key}: {quoted(required(fields, locale, 'text'))}"
            )
            for locale in LOCALES
        }


class Replies:
    """Canned replies: a block with title, words and text in each language's file."""

    adds = True
    _PARTS = ("title", "words", "text")

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keys(self) -> list[str]:
        return list(read_yaml(self._folder / f"{LOCALES[0]}.yml"))

    def read(self, key: str) -> Fields | None:
        found = {locale: read_yaml(self._folder / f"{locale}.yml").get(key) for locale in LOCALES}
        if None in found.values():
            return None
        return {
            locale: {part: str(reply.get(part, "")) for part in self._PARTS}
            for locale, reply in found.items()
            if reply is not None
        }

    def write(self, key: str, fields: Fields | None) -> Texts:
        texts: Texts = {}
        for locale in LOCALES:
            path = self._folder / f"{locale}.yml"
            block = self._block(key, fields, locale) if fields else ""
            texts[path] = block_replaced(path.read_text("utf-8"), key, block)
        if fields:
            figures = {locale: placeholders(required(fields, locale, "text")) for locale in LOCALES}
            if len(set(figures.values())) > 1 or not figures[LOCALES[0]] <= FIELDS:
                known = ", ".join(f"{{{each}}}" for each in sorted(FIELDS))
                raise BadRequest("bad_request", f"All languages need the same of these fields: {known}.")
        check_readable(texts, lambda folder: read_replies(folder))
        return texts

    def _block(self, key: str, fields: Fields, locale: str) -> str:
        words = fields.get(locale, {}).get("words", "")
        lines = [f"{key}:", f"  title: {quoted(required(fields, locale, 'title'))}"]
        lines += [f"  words: {quoted(words)}"] if words else []
        return "\n".join([*lines, f"  text: {quoted(required(fields, locale, 'text'))}"]) + "\n"


class Articles:
    """Articles of the knowledge base: title, questions and text; what else stands in the front matter stays."""

    adds = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keys(self) -> list[str]:
        return sorted(file.stem for file in (self._folder / LOCALES[0]).glob("*.md"))

    def read(self, key: str) -> Fields | None:
        if not all(self._path(key, locale).is_file() for locale in LOCALES):
            return None
        articles = {locale: read_article(self._path(key, locale).read_text("utf-8")) for locale in LOCALES}
        shared = {ALL: {"topic": str(articles[LOCALES[0]][0]["topic"])}}
        return shared | {
            locale: {
                "title": str(meta["title"]),
                "questions": "\n".join(map(str, meta["questions"])),
                "text": text.strip(),
            }
            for locale, (meta, text) in articles.items()
        }

    def write(self, key: str, fields: Fields | None) -> Texts:
        texts: Texts = {self._path(key, locale): self._file(key, fields, locale) for locale in LOCALES}
        if fields:
            self.check_readable(texts)
        return texts

    def _path(self, key: str, locale: str) -> Path:
        return self._folder / locale / f"{key}.md"

    def _file(self, key: str, fields: Fields | None, locale: str) -> str | None:
        if fields is None:
            return None
        path = self._path(key, locale)
        meta = read_article(path.read_text("utf-8"))[0] if path.is_file() else new_article()
        topic = fields.get(ALL, {}).get("topic") or meta["topic"]
        if topic not in TOPICS:
            raise BadRequest("bad_request", f"topic is one of {', '.join(TOPICS)}.")
        questions = [line.strip() for line in fields.get(locale, {}).get("questions", "").splitlines() if line.strip()]
        meta |= {"title": required(fields, locale, "title"), "topic": topic, "questions": questions}
        front = "".join(front_line(name, value) for name, value in meta.items())
        return f"---\n{front}---\n{required(fields, locale, 'text').strip()}\n"

    def check_readable(self, texts: Texts) -> None:
        with TemporaryDirectory() as name:
            for path, text in texts.items():
                file = Path(name) / path.parent.name / path.name
                file.parent.mkdir()
                file.write_text(text or "", "utf-8")
            refuse_unless(lambda: read_articles(Path(name)))


class Banners:
    """What is out of the ordinary now, until a time, for everybody or for certain matters."""

    adds = True

    def __init__(self, file: Path, zone: ZoneInfo) -> None:
        self._file = file
        self._zone = zone

    def keys(self) -> list[str]:
        return list(read_yaml(self._file))

    def read(self, key: str) -> Fields | None:
        found = read_yaml(self._file).get(key)
        if not isinstance(found, dict):
            return None
        shared = {"until": str(found.get("until", "")), "intents": " ".join(found.get("intents") or ())}
        return {ALL: shared} | {locale: {"text": str(found.get(locale, ""))} for locale in LOCALES}

    def write(self, key: str, fields: Fields | None) -> Texts:
        banners = read_yaml(self._file)
        banners.pop(key, None)
        if fields:
            shared = fields.get(ALL, {})
            banners[key] = {
                "until": moment(shared.get("until", "")),
                "intents": shared.get("intents", "").split(),
                **{locale: required(fields, locale, "text") for locale in LOCALES},
            }
        body = yaml.safe_dump(banners, allow_unicode=True, sort_keys=False, width=110) if banners else ""
        text = _BANNERS_HEAD + body
        with TemporaryDirectory() as name:
            file = Path(name) / "banners.yml"
            file.write_text(text, "utf-8")
            refuse_unless(lambda: read_banners(file, self._zone))
        return {self._file: text}


class Hours:
    """The opening hours' file, whole: a list of days says more than a form would."""

    adds = False

    def __init__(self, file: Path, zone: ZoneInfo) -> None:
        self._file = file
        self._zone = zone

    def keys(self) -> list[str]:
        return ["opening-hours"]

    def read(self, key: str) -> Fields | None:
        return {ALL: {"yaml": self._file.read_text("utf-8")}} if key == self.keys()[0] else None

    def write(self, key: str, fields: Fields | None) -> Texts:
        if fields is None or key != self.keys()[0]:
            raise BadRequest("bad_request", "Opening hours can be changed, not added or removed.")
        text = required(fields, ALL, "yaml").rstrip() + "\n"
        with TemporaryDirectory() as name:
            file = Path(name) / "hours.yml"
            file.write_text(text, "utf-8")
            refuse_unless(lambda: (read_hours(file, self._zone), read_team_hours(file, self._zone)))
        return {self._file: text}


_BANNERS_HEAD = """# What is out of the ordinary now, in all languages: shown until a time (of ASPA_TIME_ZONE) in the
# chat's greeting, and before answers to these intents. Written by the console.
"""
