"""Deliveries that are not genuine, for the tests of what is turned away."""

from __future__ import annotations

from dataclasses import dataclass

from channel import Delivery
from hypothesis import strategies as st


@dataclass(frozen=True)
class Change:
    """How a delivery is forged: something is done to one of its headers, or to its body."""

    what: str
    where: int
    near: int | None
    far: bytes

    def forge(self, genuine: Delivery, signs_body: bool) -> tuple[list[tuple[bytes, bytes]], bytes]:
        """Headers and body, never the genuine ones."""
        headers = [(name.encode(), value.encode()) for name, value in genuine.headers.items()]
        if self.what == "body" and signs_body:
            flipped = self.where % (len(genuine.body) * 8)
            body = bytearray(genuine.body)
            body[flipped // 8] ^= 1 << flipped % 8
            return headers, bytes(body) if self.near is None else genuine.body + self.far + b" "
        index = self.where % len(headers)
        name, value = headers.pop(index)
        forged = self._other(value)
        if self.what == "double":
            headers += [(name, value), (name, forged)]
        elif self.what != "drop":
            headers.append((name, forged))
        return headers, genuine.body

    def _other(self, value: bytes) -> bytes:
        """A near miss (cut, lengthened, one character changed, in another case), or anything at all."""
        near = (value[:-1], value + b"0", value.swapcase(), b"", b"0" + value[1:], value[::-1], value + b"," + value)
        other = self.far if self.near is None else near[self.near]
        return value + b"1" if other == value else other


_SENDABLE = st.integers(33, 255).filter(lambda byte: byte != 127)
CHANGES = st.builds(
    Change,
    what=st.sampled_from(["drop", "change", "change", "double", "body", "body"]),
    where=st.integers(0, 10_000),
    near=st.none() | st.integers(0, 6),
    far=st.lists(_SENDABLE, max_size=300).map(bytes),
)
