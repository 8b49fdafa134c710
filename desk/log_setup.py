"""Logs: one event a line, as `key=value` for people or JSON for machines. Customers' text is never logged; what slips
through is masked."""

from __future__ import annotations

import logging
import sys

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
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
    )
    logs.set_up(logging.WARNING, "%(levelname)s %(name)s %(message)s")
