"""The judge stays as it is: labels say what messages mean, not who needs a person.

What hears anger and danger is learnt from the judge's own data, and from every second everyday message besides. A line
more in data/nlu shifts which those are, and so moves the judge, by chance, in dialogues that nobody has labelled. So a
model that is made from labels takes over what the running one hears by.
"""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

from bot import model

_PART = "bot.nlu.tone.Tone"
"""In the name of the component's folder (config.yml)."""
_LEVEL = 6
"""Of compression: the highest takes four times as long, for two per cent."""
_OTHER_PROGRAMS = "The two models were made by other programs. First: make train"


def keep(running: Path, made: Path) -> None:
    """Put the running model's hearing into the model that was made, and record it. Raises ModelError."""
    record = model.read_record(made)
    if record is None:
        return  # the run says itself that the training left no model
    kept = _hearing(running)
    draft = made.with_name("draft-" + made.name)
    with tarfile.open(made) as new, tarfile.open(draft, "w:gz", compresslevel=_LEVEL) as merged:
        for member in new:
            if not (member.isfile() and _is_hearing(member.name)):
                merged.addfile(member, new.extractfile(member) if member.isfile() else None)
            elif content := kept.pop(member.name, None):
                member.size = len(content)
                merged.addfile(member, io.BytesIO(content))
            else:
                raise model.ModelError(_OTHER_PROGRAMS)
    if kept:
        raise model.ModelError(_OTHER_PROGRAMS)
    draft.replace(made)
    model.write_record(made, model.Record(record.inputs, model.file_hash(made)))


def _hearing(archive: Path) -> dict[str, bytes]:
    """The files of the component, by name."""
    found: dict[str, bytes] = {}
    with tarfile.open(archive) as file:
        for member in file:
            if member.isfile() and _is_hearing(member.name) and (content := file.extractfile(member)):
                found[member.name] = content.read()
    return found


def _is_hearing(name: str) -> bool:
    return any(_PART in part for part in name.split("/"))
