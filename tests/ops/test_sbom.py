"""The bill of materials names what is locked, no more and no less."""

from __future__ import annotations

import json

from test_repository import LOCKS, ROOT, lock

from ops import sbom


def test_every_locked_package_stands_in_it_once() -> None:
    components = sbom.document()["components"]
    named = [each["purl"] for each in components]
    python = {f"pkg:pypi/{name}@{version}" for each in LOCKS for name, version in _raw(each)}
    web = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))["packages"]
    assert len(named) == len(set(named))
    assert {each for each in named if each.startswith("pkg:pypi/")} == python
    assert len([each for each in named if each.startswith("pkg:npm/")]) <= len(web) - 1
    assert "pkg:npm/preact@" in " ".join(named)


def test_it_says_from_which_lock_a_package_comes_and_whether_it_is_shipped() -> None:
    components = {each["name"]: each for each in sbom.document()["components"]}
    assert {each["value"] for each in components["rasa"]["properties"]} == {"requirements/bot.lock"}
    assert components["preact"]["scope"] == "required"
    assert components["vitest"]["scope"] == "excluded"
    assert all(len(each.get("hashes", [{"content": "0" * 128}])[0]["content"]) == 128 for each in components.values())


def _raw(name: str) -> list[tuple[str, str]]:
    text = (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")
    assert len(lock(name)) > 0
    return [(found[1], found[2]) for found in sbom._PACKAGE.finditer(text)]
