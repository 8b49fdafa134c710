"""The token of the workspace that the app was installed into by a link, kept in a file under ASPA_VAR."""

from __future__ import annotations

import base64
import json
import os
import tempfile
from pathlib import Path

from desk.errors import SetupError, Unavailable
from desk.sealing import Seal

_FILE = "slack-installation.json"
_OPEN, _SEALED = "bot_token", "sealed_token"


class Installation:
    """Readable by the file's owner alone; with ASPA_FILE_KEYS (`seal`) a copy of the file tells nothing."""

    def __init__(self, var: Path, seal: Seal) -> None:
        self._path = var / _FILE
        self._seal = seal

    def token(self) -> str:
        """Empty before the first installation. Raises SetupError where the key that sealed it is gone."""
        return self._open(*self._read())

    def renew(self) -> str:
        """The token as well; one that was kept open or under an older key is sealed with the newest, so that the older
        key can go. Raises SetupError."""
        team, kept = self._read()
        token = self._open(team, kept)
        if token and not self._seal.is_newest(kept):
            self.keep(team, token)
        return token

    def keep(self, team: str, token: str) -> None:
        """In place of an earlier one, whole or not at all."""
        kept = self._seal.close(_place(team), token.encode())
        secret = {_OPEN: token} if kept == token.encode() else {_SEALED: base64.b64encode(kept).decode()}
        handle, fresh = tempfile.mkstemp(dir=self._path.parent, prefix=_FILE)  # for its owner only
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"team": team, **secret}, file)
        Path(fresh).replace(self._path)

    def _read(self) -> tuple[str, bytes]:
        """The team, and the token as it is kept."""
        if not self._path.is_file():
            return "", b""
        found = json.loads(self._path.read_text(encoding="utf-8"))
        sealed = found.get(_SEALED)
        return str(found["team"]), base64.b64decode(sealed) if sealed else str(found.get(_OPEN, "")).encode()

    def _open(self, team: str, kept: bytes) -> str:
        try:
            return self._seal.open(_place(team), kept).decode()
        except Unavailable as error:
            raise SetupError(f"{self._path}: {error} Or delete the file, and install the app again.") from error


def _place(team: str) -> str:
    return f"slack/{team}"
