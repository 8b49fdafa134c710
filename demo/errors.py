"""How the demo shop says no. The codes are part of its API (`demo/README.md`)."""

from __future__ import annotations

NOT_FOUND = ("not_found", "unknown_order", "unknown_line", "unknown_product", "unknown_customer")


class Refused(Exception):
    """The shop understood and refuses; nothing was changed. `code` is for machines, the text for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    @property
    def status(self) -> int:
        if self.code in NOT_FOUND:
            return 404
        return {"bad_request": 400, "unauthorized": 401, "idempotency_key_reused": 422}.get(self.code, 409)

    def to_wire(self) -> dict[str, dict[str, str]]:
        return {"error": {"code": self.code, "message": str(self)}}


def bad_request(message: str) -> Refused:
    return Refused("bad_request", message)
