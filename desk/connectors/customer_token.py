"""The shop's word for who its customer is: a JSON Web Token that its page hands to the widget (docs/customer-token.md).

Only HS256 with our own audience and an end is taken, whatever the token says of itself.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

import structlog

AUDIENCE = "aspa"
LONGEST = 4096  # characters
LEEWAY_S = 60
"""How far the shop's clock may be from ours."""
LONGEST_LIFE_S = 24 * 3600
"""A token that holds for longer is a mistake: it would outlive the customer's log-in."""


log = structlog.get_logger()


class TokenRefused(ValueError):
    """The token proves nothing; the message says why, without what stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerProof:
    """Who it is. `until`: the millisecond from which it proves nothing any more."""

    email: str
    until: int
    name: str | None = None
    phone: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is kept with a message."""
        return {"email": self.email, "name": self.name, "phone": self.phone, "until": self.until}


def proof_of(token: str, secret: str, now: int) -> CustomerProof | None:
    """Who the shop says it is. A token that proves nothing is as good as none: the customer can still write."""
    if not token or not secret:
        return None
    try:
        return read_token(token, secret, now)
    except TokenRefused as refused:
        log.warning("customer_token_refused", why=str(refused))
        return None


def read_token(token: str, secret: str, now: int) -> CustomerProof:
    """The proof in a token; `now` in milliseconds. Raises TokenRefused."""
    if len(token) > LONGEST or token.count(".") != 2:
        raise TokenRefused("it is no token of three parts")
    signed, _, signature = token.rpartition(".")
    header, claims = (_object(part) for part in signed.split("."))
    if header.get("alg") != "HS256":
        raise TokenRefused("its alg must be HS256")
    wanted = hmac.new(secret.encode(), signed.encode("ascii", "replace"), hashlib.sha256).digest()
    if not hmac.compare_digest(wanted, _bytes(signature)):
        raise TokenRefused("its signature is not made with ASPA_CUSTOMER_SECRET")
    audience = claims.get("aud")
    if AUDIENCE not in (audience if isinstance(audience, list) else [audience]):
        raise TokenRefused(f"its aud must be {AUDIENCE!r}")
    return _proof(claims, now)


def _proof(claims: dict[str, Any], now: int) -> CustomerProof:
    ends, begins = _time(claims.get("exp")), _time(claims.get("nbf", 0))
    if ends * 1000 + LEEWAY_S * 1000 <= now:
        raise TokenRefused("it has expired")
    if begins * 1000 - LEEWAY_S * 1000 > now:
        raise TokenRefused("it is not valid yet")
    if ends * 1000 - now > (LONGEST_LIFE_S + LEEWAY_S) * 1000:
        raise TokenRefused("it must not hold for more than a day")
    email = _text(claims, "email", 200)
    if not email or "@" not in email:
        raise TokenRefused("its email must be the customer's address")
    until = int(ends * 1000) + LEEWAY_S * 1000
    return CustomerProof(email=email, name=_text(claims, "name", 100), phone=_text(claims, "phone", 40), until=until)


def _time(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1e11:
        raise TokenRefused("its exp must be there, in seconds since 1970")
    return value


def _text(claims: dict[str, Any], name: str, longest: int) -> str | None:
    value = claims.get(name)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text[:longest] or None


def _object(part: str) -> dict[str, Any]:
    try:
        found = json.loads(_bytes(part))
    except ValueError as error:
        raise TokenRefused("its parts are no JSON") from error
    if not isinstance(found, dict):
        raise TokenRefused("its parts are no JSON objects")
    return found


def _bytes(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise TokenRefused("its parts are not base64url") from error
