"""`make sbom`: what is installed, as CycloneDX, from the lock files: for scanners, and for who asks what is inside."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any, Iterator

from ops.layout import REQUIREMENTS, WEB, var_folder

NAME = "sbom.cdx.json"
PYTHON_LOCKS = ("bot", "desk", "uv")
_PACKAGE = re.compile(r"(?m)^([a-z0-9.-]+)==([^\s;]+)")


def write() -> Path:
    """The file's place. The same locks give the same file: no time and no serial number stand in it."""
    path = var_folder() / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document(), indent=1) + "\n", "utf-8")
    return path


def document() -> dict[str, Any]:
    """All packages that are locked, for each program. Development tools are marked as such where the lock knows it."""
    found: dict[str, dict[str, Any]] = {}
    for each in [*_python(), *_web()]:
        known = found.setdefault(each["bom-ref"], each)
        if known is not each:  # in both environments
            known["properties"] += each["properties"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "aspa", "bom-ref": "aspa"}},
        "components": sorted(found.values(), key=lambda each: str(each["bom-ref"])),
    }


def _python() -> Iterator[dict[str, Any]]:
    for lock in PYTHON_LOCKS:
        for name, version in _PACKAGE.findall((REQUIREMENTS / f"{lock}.lock").read_text("utf-8")):
            yield _component(f"pkg:pypi/{name}@{version}", name, version, f"requirements/{lock}.lock")


def _web() -> Iterator[dict[str, Any]]:
    packages = json.loads((WEB / "package-lock.json").read_text("utf-8"))["packages"]
    for place, what in packages.items():
        if not place:
            continue
        name = place.rpartition("node_modules/")[2]
        address = f"pkg:npm/{name.replace('@', '%40')}@{what['version']}"
        component = _component(address, name, what["version"], "web/package-lock.json")
        if "license" in what:
            component["licenses"] = [{"license": {"name": what["license"]}}]
        if what.get("integrity", "").startswith("sha512-"):
            content = b64decode(what["integrity"].partition("-")[2]).hex()
            component["hashes"] = [{"alg": "SHA-512", "content": content}]
        component["scope"] = "excluded" if what.get("dev") else "required"
        yield component


def _component(address: str, name: str, version: str, lock: str) -> dict[str, Any]:
    where = {"name": "aspa:lock", "value": lock}
    return {
        "type": "library",
        "bom-ref": address,
        "purl": address,
        "name": name,
        "version": version,
        "properties": [where],
    }
