"""Takes up files under data/ that have changed, whoever changed them: the console, another desk process, an editor."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

import structlog

from desk.errors import SetupError

log = structlog.get_logger()
EVERY_S = 2.0

type Stamp = tuple[tuple[str, int, int], ...]


class Keeper:
    """`sources`: for each reader the files (as patterns below a folder) that it reads. A reader raises SetupError for
    files that it cannot use, and what stood before stays."""

    def __init__(self, sources: Iterable[tuple[Path, str, Callable[[], None]]]) -> None:
        self._sources = [(folder, pattern, read) for folder, pattern, read in sources]
        self._seen = [_stamp(folder, pattern) for folder, pattern, _ in self._sources]
        self._again = asyncio.Event()

    def wake(self) -> None:
        """Look at once."""
        self._again.set()

    async def run(self) -> None:
        """Forever."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._again.wait(), EVERY_S)
            self._again.clear()
            await self.look()

    async def look(self) -> None:
        """Read anew what is not as it was."""
        for number, (folder, pattern, read) in enumerate(self._sources):
            stamp = await asyncio.to_thread(_stamp, folder, pattern)
            if stamp == self._seen[number]:
                continue
            self._seen[number] = stamp
            try:
                await asyncio.to_thread(read)
                log.info("content_taken_up", files=f"{folder.name}/{pattern}")
            except SetupError as error:
                log.warning("content_not_taken_up", error=str(error))


def _stamp(folder: Path, pattern: str) -> Stamp:
    found = ((path, path.stat()) for path in folder.glob(pattern) if path.is_file())
    return tuple(sorted((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in found))
