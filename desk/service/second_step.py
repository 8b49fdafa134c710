"""The second step of an agent's sign-in: codes of an authenticator app (RFC 6238), and recovery codes for a lost phone.

The secret is shown once, when it is made, and is kept encrypted with a key made from ASPA_SECRET_KEY: neither a copy of
the database nor a look over a shoulder later is enough to make codes. A code counts once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import replace

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk.errors import BadRequest
from desk.store.sign_in import SecondStep

STEP_SECONDS = 30
AROUND = (-1, 0, 1)
"""Time steps that are taken: clocks differ, and people need a moment to write."""
RECOVERY_CODES = 10
ISSUER = "Aspa"


class SecondSteps:
    """Pure but for chance: takes and gives what is kept (store/sign_in.py)."""

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"second step").derive(secret_key.encode())
        self._key = Fernet(base64.urlsafe_b64encode(derived))

    def begin(self, step: SecondStep) -> tuple[SecondStep, str]:
        """A new secret, which counts once a code of it has come; and the secret, to be shown now and never again."""
        secret = pyotp.random_base32()
        return replace(step, pending=self._key.encrypt(secret.encode()).decode()), secret

    def confirm(self, step: SecondStep, code: str, now: int) -> tuple[SecondStep, list[str]]:
        """It is set, with the recovery codes to be shown now. Raises BadRequest for a code of another secret."""
        matched = self._matches(step.pending, code, now, after=0)
        if matched is None:
            raise BadRequest("bad_code", "The code is not right; take the newest one of the app.")
        codes = ["-".join((secrets.token_hex(3), secrets.token_hex(3))) for _ in range(RECOVERY_CODES)]
        return SecondStep(secret=step.pending, used=matched, recovery=tuple(map(_hash, codes))), codes

    def take(self, step: SecondStep, code: str, now: int) -> SecondStep | None:
        """What is kept after a right code: it does not count again. None for a wrong one."""
        matched = self._matches(step.secret, code, now, after=step.used)
        if matched is not None:
            return replace(step, used=matched)
        given = _hash(code.strip().lower())
        left = tuple(each for each in step.recovery if not hmac.compare_digest(each, given))
        return replace(step, recovery=left) if len(left) < len(step.recovery) else None

    def _matches(self, sealed: str | None, code: str, now: int, after: int) -> int | None:
        if not sealed:
            return None
        digits = "".join(code.split())
        try:
            codes = pyotp.TOTP(self._key.decrypt(sealed.encode()).decode())
        except InvalidToken:  # ASPA_SECRET_KEY was changed: a recovery code still opens, or an admin
            return None
        current = now // (STEP_SECONDS * 1000)
        for at in (current + offset for offset in AROUND):
            if at > after and hmac.compare_digest(codes.generate_otp(at).encode(), digits.encode()):
                return at
        return None


def address_for_app(secret: str, name: str) -> str:
    """What an authenticator app reads: `otpauth://…`."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def picture(address: str) -> list[str]:
    """The same as a QR code: a text of 0 and 1 for each row."""
    return ["".join("1" if dark else "0" for dark in row) for row in segno.make(address, error="m").matrix]


def _hash(code: str) -> str:
    """48 random bits stand behind it, and guesses are throttled: no slow hash is needed."""
    return hashlib.sha256(code.encode()).hexdigest()
