"""Logs: one event a line, as `key=value` for people or JSON for machines. Customers' text is never logged; what slips
through is masked."""

from __future__ import annotations

import contextlib
import logging
import sys
from typing import TextIO, cast

import structlog

from masking import logs


def set_up_logs(json_lines: bool) -> None:
    """Send everything, also what libraries log, to standard output."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json_lines
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    )
    processors: list[structlog.typing.Processor] = [*shared]
    if json_lines:
        processors.append(structlog.processors.format_exc_info)
    structlog.configure(
        processors=[*processors, renderer, logs.mask_line],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, Undisturbing(sys.stdout))),
    )
    logs.set_up(logging.WARNING, "%(levelname)s %(name)s %(message)s")


class Undisturbing:
    """A stream that loses a line rather than stop who writes it: on a full disk the log fails first, and what reports
    that the database cannot be written must not die of it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """As much as there is room for."""
        with contextlib.suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """If there is room."""
        with contextlib.suppress(OSError):
            self._stream.flush()
