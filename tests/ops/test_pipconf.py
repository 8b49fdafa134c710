"""pip's settings become uv's, and never override what is set for uv itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from ops.pipconf import pip_settings, uv_settings


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / ".config" / "pip" / "pip.conf"
    path.parent.mkdir(parents=True)
    path.write_text("[global]\nindex-url = https://mirror.example/simple\nextra-index-url =\n    file:///a\n    file:///b\n")
    return tmp_path


def test_a_mirror_is_passed_on(home: Path) -> None:
    settings = uv_settings({"HOME": str(home)})
    assert settings["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert settings["UV_INDEX"] == "file:///a file:///b"
    assert settings["UV_INDEX_STRATEGY"] == "unsafe-best-match"


def test_the_environment_wins_over_the_file(home: Path) -> None:
    settings = uv_settings({"HOME": str(home), "PIP_INDEX_URL": "https://other.example/simple"})
    assert settings["UV_DEFAULT_INDEX"] == "https://other.example/simple"


def test_what_is_set_for_uv_is_left_alone(home: Path) -> None:
    settings = uv_settings({"HOME": str(home), "UV_DEFAULT_INDEX": "https://uv.example/simple"})
    assert "UV_DEFAULT_INDEX" not in settings


def test_a_file_named_by_the_environment_is_read_last(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.conf"
    own.write_text("[global]\nindex_url = https://own.example/simple\ncert = /etc/own.pem\n")
    settings = uv_settings({"HOME": str(home), "PIP_CONFIG_FILE": str(own)})
    assert settings["UV_DEFAULT_INDEX"] == "https://own.example/simple"
    assert settings["SSL_CERT_FILE"] == "/etc/own.pem"


def test_no_files_are_read_when_pip_is_told_so(home: Path) -> None:
    assert pip_settings({"HOME": str(home), "PIP_CONFIG_FILE": "/dev/null"}) == {}


def test_a_broken_file_is_passed_over(home: Path) -> None:
    (home / ".config" / "pip" / "pip.conf").write_text("not a section\n")
    assert "UV_DEFAULT_INDEX" not in uv_settings({"HOME": str(home), "XDG_CONFIG_DIRS": str(home)})
