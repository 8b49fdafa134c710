"""Files over HTTP: streamed in up to the limit, streamed out as a download that no browser runs."""

from __future__ import annotations

import asyncio
from urllib.parse import quote, unquote

from sanic import Request
from sanic.http import Http

from desk.attachments.keeping import Attachments
from desk.attachments.kinds import Attachment, UnfitFile, check_name
from desk.errors import BadRequest

NAME = "x-file-name"
"""The name, percent-encoded: in a header, because addresses end up in logs."""
CSP = "default-src 'none'; sandbox"
UPLOAD_SECONDS = 120.0


async def receive(request: Request, attachments: Attachments) -> tuple[str, str, bytes]:
    """(name, type as the sender calls it, content) of a streamed upload. Raises UnfitFile, BadRequest."""
    stream = request.stream
    if not isinstance(stream, Http):
        raise BadRequest("bad_request", "A file is due.")
    try:
        return await _receive(request, stream, attachments)
    except UnfitFile:
        stream.keep_alive = False  # the rest of the file is not read, so this connection is of no more use
        raise


async def _receive(request: Request, stream: Http, attachments: Attachments) -> tuple[str, str, bytes]:
    name = unquote(request.headers.get(NAME, ""), errors="replace")
    check_name(name)
    stream.request_max_size = attachments.largest + 1  # for this route alone; other bodies are small
    told = request.headers.get("content-length", "0")
    attachments.check_size(int(told) if told.isdigit() else 0)
    content = bytearray()
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            while piece := await stream.read():
                content += piece
                attachments.check_size(len(content))
    except TimeoutError as error:
        raise UnfitFile("file_too_slow", "The file did not arrive in time; try again.") from error
    return name, request.headers.get("content-type", ""), bytes(content)


async def respond(request: Request, attachments: Attachments, found: Attachment) -> None:
    """The file as a download. What a browser is told keeps it from ever running what is inside."""
    headers = {
        "Content-Length": str(found.size),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
        "Content-Security-Policy": CSP,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
    }
    response = await request.respond(content_type=found.media_type, headers=headers)
    async for piece in attachments.pieces(found):
        await response.send(piece)
    await response.eof()
