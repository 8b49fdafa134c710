"""The person's pip settings, as uv's.

uv does not read pip's configuration. Who has set a mirror or a company's certificate for pip has said already where
packages come from, and should not have to say it twice.
"""

from __future__ import annotations

import configparser
import os
import re
import sys
from pathlib import Path
from typing import Mapping

# pip's name → uv's variable, and what uv puts between several values
_UV_NAMES = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", ""),
    "proxy": ("ALL_PROXY", ""),
    "timeout": ("UV_HTTP_TIMEOUT", ""),
    "default-timeout": ("UV_HTTP_TIMEOUT", ""),
    "no-index": ("UV_NO_INDEX", ""),
}


def uv_settings(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Variables to add to uv's environment; what is set there for uv itself is left alone."""
    settings: dict[str, str] = {}
    for name, value in pip_settings(environ).items():
        if name not in _UV_NAMES or not value:
            continue
        uv_name, separator = _UV_NAMES[name]
        if uv_name not in environ:
            settings[uv_name] = separator.join(value.split()) if separator else value
    if "UV_INDEX" in settings and "UV_INDEX_STRATEGY" not in environ:
        # pip takes the best match of all indexes, uv the first index that knows the name. What is installed is pinned
        # by hash, so that a stranger's package of the same name cannot slip in either way.
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return settings


def pip_settings(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What pip would go by: its configuration files, later ones over earlier ones, and `PIP_…` over them all."""
    settings: dict[str, str] = {}
    for path in _files(environ):
        parser = configparser.RawConfigParser()
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            continue  # pip itself will say so to whom it concerns
        for section in ("global", "install"):
            if parser.has_section(section):
                settings.update({name.replace("_", "-"): value for name, value in parser.items(section)})
    for name, value in environ.items():
        if re.fullmatch(r"PIP_[A-Z_]+", name) and name != "PIP_CONFIG_FILE":
            settings[name[4:].lower().replace("_", "-")] = value
    return settings


def _files(environ: Mapping[str, str]) -> list[Path]:
    own = environ.get("PIP_CONFIG_FILE")
    if own == os.devnull:
        return []
    home = Path(environ.get("HOME") or "~").expanduser()
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    system = [Path(folder) / "pip" / "pip.conf" for folder in environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":")]
    files = [*system, Path("/etc/pip.conf"), home / ".pip" / "pip.conf", config / "pip" / "pip.conf"]
    if sys.platform == "darwin":
        support = Path("Library/Application Support/pip/pip.conf")
        files = ["/" / support, *files, home / support]
    return [*files, Path(own)] if own else files
