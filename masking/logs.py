"""Every line that a program logs goes through `mask`, whoever wrote it: also libraries, tracebacks and warnings."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

from masking.text import mask


class MaskingFormatter(logging.Formatter):
    """As logging's own, masked after the traceback is in."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, masked."""
        return mask(super().format(record))


def mask_line(_logger: Any, _method: str, line: Any) -> Any:
    """The last of structlog's processors: what is rendered is masked."""
    return mask(line) if isinstance(line, str) else line


def set_up(level: int, line: str) -> None:
    """Standard logging to standard output, masked; and what Python itself prints of errors and warnings."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(MaskingFormatter(line))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    sys.excepthook = _tell
    threading.excepthook = lambda args: _tell(args.exc_type, args.exc_value, args.exc_traceback)


def _tell(kind: type[BaseException], error: BaseException | None, where: TracebackType | None) -> None:
    print(mask("".join(traceback.format_exception(kind, error, where))), file=sys.stderr, end="", flush=True)


__all__ = ["MaskingFormatter", "mask_line", "set_up"]
