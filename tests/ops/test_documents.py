"""Claims about the documents: what they point to is there, and what they tell one to type exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from checkout import ROOT, tracked

DOCUMENTS = tracked("*.md", ":!data/faq")
WEB_SCRIPTS = re.compile(r'(?m)^\t\t"([a-z:]+)": ')
_LINK = re.compile(r"""(?:\]\(|<img src=")([^()\s"]+)[)"]""")
_ELSEWHERE = re.compile(r"[a-z]+:")
_FENCE = re.compile(r"(?ms)^```.*?^```")
_CODE = re.compile(rf"{_FENCE.pattern}|`[^`\n]+`", _FENCE.flags)
_PLACE = re.compile(r"`((?:[a-z_]+/)+[\w.-]*)`")
"""A folder, or a file in one, as the documents name them."""
_MADE = ("var/", "models/", "dist/", "node_modules/", "secrets.env")
_MODULE = re.compile(r"(?<![\w-])python -m ([a-z_]+(?:\.[a-z_]+)*)")
OURS = {"actions", "bench", "bot", "demo", "desk", "masking", "ops", "tests"}


def name_of(path: object) -> str:
    return str(path.relative_to(ROOT)) if isinstance(path, Path) else str(path)


def anchors(document: Path) -> set[str]:
    """What its headings are linked by."""
    headings = re.findall(r"(?m)^#+ +(.*?) *$", _FENCE.sub("", document.read_text("utf-8")))
    plain = (re.sub(r"\[([^]]*)\]\([^)]*\)|`", r"\1", heading).lower() for heading in headings)
    return {re.sub(r"[^\w -]", "", heading).replace(" ", "-") for heading in plain}


def broken_links(document: Path) -> Iterator[str]:
    for link in _LINK.findall(_CODE.sub("", document.read_text("utf-8"))):
        path, _, anchor = unquote(link).partition("#")
        target = (document.parent / path).resolve() if path else document
        if _ELSEWHERE.match(link):
            continue
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            yield link


def commands() -> Iterator[tuple[Path, str]]:
    """Each piece of text in a document that stands as code."""
    for document in DOCUMENTS:
        text = document.read_text("utf-8")
        for code in [*_FENCE.findall(text), *re.findall(r"`([^`\n]+)`", _FENCE.sub("", text))]:
            yield document, code


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    assert list(broken_links(document)) == []


def test_make_has_every_command_that_a_document_names() -> None:
    known = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text("utf-8")))
    named = {
        (name_of(document), name) for document, code in commands() for name in re.findall(r"\bmake ([a-z]+)", code)
    }
    assert len(named) > 10
    assert {(document, name) for document, name in named if name not in known} == set()


def test_npm_has_every_script_that_a_document_names() -> None:
    known = set(WEB_SCRIPTS.findall((ROOT / "web" / "package.json").read_text("utf-8")))
    named = {name for _, code in commands() for name in re.findall(r"\bnpm run ([a-z:]+)", code)}
    assert named
    assert named <= known


def test_python_has_every_module_of_ours_that_a_document_names() -> None:
    named = {module for _, code in commands() for module in _MODULE.findall(code) if module.split(".")[0] in OURS}
    assert len(named) > 5
    there = {
        module
        for module in named
        if (ROOT / (place := module.replace(".", "/"))).with_suffix(".py").is_file()
        or (ROOT / place / "__main__.py").is_file()
    }
    assert named - there == set()


def test_what_the_architecture_points_to_is_there() -> None:
    """Written from the root, or from `desk/` where that goes without saying."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    places = {place for place in _PLACE.findall(text) if not place.startswith(_MADE)}
    roots = (ROOT, ROOT / "desk", ROOT / "desk" / "conversation", ROOT / "desk" / "store")
    assert len(places) > 40
    assert {place for place in places if not any((root / place).exists() for root in roots)} == set()
