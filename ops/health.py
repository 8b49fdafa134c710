"""Ask a program whether it is ready."""

from __future__ import annotations

import http.client
import json

from ops.programs import Place, Program


def is_ready(where: Place, program: Program, seconds: float = 2.0) -> bool:
    """One question, answered within that time; anything but a clear yes is no."""
    connection = http.client.HTTPConnection(where.host(program), where.port(program), timeout=seconds)
    headers = {"Authorization": f"Bearer {where.env[program.bearer]}"} if program.bearer else {}
    try:
        connection.request("GET", program.health, headers=headers)
        answer = connection.getresponse()
        body = answer.read(65536)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return answer.status == 200 and _says_yes(body)


def _says_yes(body: bytes) -> bool:
    """A body may say `"ready": false`; one that says nothing of it is no objection."""
    try:
        said = json.loads(body)
    except ValueError:
        return True
    return not isinstance(said, dict) or said.get("ready", True) is True
