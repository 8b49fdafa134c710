"""The canned replies of `data/replies/`: what agents insert with "/", in the customer's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from desk.errors import SetupError
from desk.texts import LOCALES, placeholders
from desk.yaml_text import load_yaml

FIELDS = frozenset({"greeting", "order", "date", "agent"})
"""What the console fills in."""


def read_replies(folder: Path) -> list[dict[str, Any]]:
    """`{"id", "titles", "words", "texts", "intents"}` in the order of the first file: by language, but `intents`, which
    are `{intent: place}` by intents.yml. Raises SetupError when a language lacks a reply, one has other fields than its
    translations, or intents.yml names one that is not there."""
    by_language = {locale: _read(folder / f"{locale}.yml") for locale in LOCALES}
    ids = list(by_language[LOCALES[0]])
    for locale, replies in by_language.items():
        if list(replies) != ids:
            raise SetupError(
                f"{folder}/{locale}.yml must have the same replies, in the same order, as {LOCALES[0]}.yml."
            )
        for id, reply in replies.items():
            fields = placeholders(reply["text"])
            if not fields <= FIELDS or fields != placeholders(by_language[LOCALES[0]][id]["text"]):
                raise SetupError(f"{folder}/{locale}.yml: {id} has other fields than its translation, or unknown ones.")
    places = _places(folder / "intents.yml", ids)
    return [
        {
            "id": id,
            "titles": {locale: by_language[locale][id]["title"] for locale in LOCALES},
            "words": {locale: by_language[locale][id].get("words", "") for locale in LOCALES},
            "texts": {locale: by_language[locale][id]["text"] for locale in LOCALES},
            "intents": places.get(id, {}),
        }
        for id in ids
    ]


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        found = load_yaml(path.read_text(encoding="utf-8"))
        for id, reply in found.items():
            if not all(isinstance(reply.get(part), str) and reply[part] for part in ("title", "text")):
                raise SetupError(f"{path}: {id} must have a title and a text.")
    except (OSError, yaml.YAMLError, AttributeError) as error:
        raise SetupError(f"{path} cannot be read: {error}") from error
    return dict(found)


def _places(path: Path, ids: list[str]) -> dict[str, dict[str, int]]:
    """By reply: the intents for which it is suggested, each with its place (0: first). A shop may have no such file."""
    if not path.is_file():
        return {}
    try:
        found = load_yaml(path.read_text(encoding="utf-8")) or {}
        places: dict[str, dict[str, int]] = {}
        for intent, replies in found.items():
            for place, id in enumerate(replies):
                if id not in ids:
                    raise SetupError(f"{path}: {intent} names {id!r}, which is no canned reply.")
                places.setdefault(id, {})[str(intent)] = place
    except (OSError, yaml.YAMLError, AttributeError, TypeError) as error:
        raise SetupError(f"{path} cannot be read: {error}") from error
    return places
