"""A model that was released, and words that were published, while the bot runs are taken up between two messages.

Rasa loads a model beside the one that answers, on a thread of its own, and only then puts it in its place. A model that
cannot be loaded changes nothing: the one that answered goes on answering.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

from bot import model, wording

log = logging.getLogger("bot")
EVERY_S = 1.0


async def follow(app: Any, path: Path, every: float = EVERY_S, words: Path = wording.FOLDER) -> None:
    """Look for another model at `path`, and for other words, until cancelled; `app.ctx.model_sha256` says which model
    answers."""
    seen, said = _signature(path), wording.stamp(words)
    while True:
        await asyncio.sleep(every)
        if (told := wording.stamp(words)) != said:
            said = told
            wording.renew(app.ctx.agent, words)
        now = _signature(path)
        if now == seen:
            continue
        seen = now
        await take_up(app, path)
        wording.renew(app.ctx.agent, words)


async def take_up(app: Any, path: Path) -> None:
    """Load the model if it is another one, and one that may be loaded."""
    try:
        sha256 = await asyncio.to_thread(model.verify, path)
        if sha256 == app.ctx.model_sha256:
            return
        await asyncio.to_thread(app.ctx.agent.load_model, str(path))
    except model.ModelError as error:
        log.warning("the model at %s is not taken up: %s", path, error)
        return
    except Exception:
        log.exception("the model at %s cannot be loaded; the one before goes on", path)
        return
    app.ctx.dialogue.renew()
    app.ctx.model_sha256 = sha256
    log.info("answers with model %s from now on", sha256[:12])


def _signature(path: Path) -> tuple[int, int] | None:
    """Of the record, which is written last."""
    try:
        found = model.record_path(path).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
