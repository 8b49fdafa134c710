"""Which files are let in. Pure: told by the first bytes, never by the name or by what the sender calls the type.

Five kinds, each with a fixed signature and, for pictures, its size in the first frame's header; so no library is needed
that would decode what strangers send. Nothing that a browser could run is among them: no SVG, no HTML.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

from desk.errors import BadRequest

MOST_PIXELS = 50_000_000
"""A phone's largest pictures; a small file can unfold to gigabytes in the memory of whoever looks at it."""
LONGEST_SIDE = 30_000
LONGEST_NAME = 120

_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
}
MEDIA_TYPES = tuple(_ENDINGS)
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff"<>|:*?]')
"""Control characters, invisible ones, those that turn the direction of a line, and what file systems refuse."""
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


class UnfitFile(BadRequest):
    """A file that is not let in.

    Codes: file_too_large, file_too_many, file_type, file_dimensions, file_empty, file_name, file_too_slow.
    """

    status = 415

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        if code in ("file_too_large", "file_too_many"):
            self.status = 413


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that is kept. `size` in bytes; `name` is for reading and never a path."""

    id: str
    name: str
    media_type: str
    size: int

    def to_json(self) -> dict[str, str | int]:
        """As events and entries carry it."""
        return {"id": self.id, "name": self.name, "media_type": self.media_type, "size": self.size}

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type.startswith("image/")


def media_type_of(content: bytes) -> str:
    """One of MEDIA_TYPES. Raises UnfitFile: file_empty, file_type, file_dimensions."""
    if not content:
        raise UnfitFile("file_empty", "The file is empty.")
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    try:
        found = _picture(content)
    except (struct.error, IndexError):
        found = None
    if found is None:
        raise UnfitFile("file_type", "Pictures (JPEG, PNG, GIF, WebP) and PDF files can be sent.")
    media_type, width, height = found
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= MOST_PIXELS):
        raise UnfitFile("file_dimensions", f"A picture has at most {MOST_PIXELS // 1_000_000} million pixels.")
    return media_type


def safe_name(name: str, media_type: str) -> str:
    """The last part of a path, without what could deceive; its ending says what the content is."""
    last = _UNFIT.sub("", re.split(r"[/\\]", name)[-1]).strip(" .")
    stem, ending = last[:LONGEST_NAME], _ENDINGS[media_type]
    if not stem.lower().endswith(ending):
        stem = (stem or "file") + ending[0]
    return stem


def check_name(name: str) -> None:
    """Browsers send a bare name; a path is somebody's try. Raises UnfitFile: file_name."""
    if not name.strip() or len(name) > 1_000 or re.search(r"[/\\\x00]|^\.\.?$", name):
        raise UnfitFile("file_name", "A file's name has no path.")


def _picture(content: bytes) -> tuple[str, int, int] | None:
    """(type, width, height) in pixels. Raises struct.error or IndexError for what ends too early."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        width, height = struct.unpack_from(">II", content, 16)
        return "image/png", width, height
    if content[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack_from("<HH", content, 6)
        return "image/gif", width, height
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _webp(content)
    return None


def _jpeg(content: bytes) -> tuple[str, int, int] | None:
    """The size stands in the frame's header, behind segments that each tell their length."""
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return "image/jpeg", width, height
        elif marker in _JPEG_BARE:
            at += 2
        else:
            at += 2 + max(2, struct.unpack_from(">H", content, at + 2)[0])
    return None


def _webp(content: bytes) -> tuple[str, int, int] | None:
    match content[12:16]:
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", content, 26)
            return "image/webp", width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", content, 21)
            return "image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
            return ("image/webp", width, height) if len(content) >= 30 else None
        case _:
            return None
