"""What supervisors do with messages that went wrong: look, label, and have a better model made, tried and released."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desk.errors import BadRequest
from desk.learning import edits, masked
from desk.learning.audit import Drafts, Odd, is_doubtful
from desk.learning.edits import ARTICLE, DISCARD, INTENT, Edits, Labelled
from desk.learning.library import Library
from desk.learning.likeness import Likeness
from desk.learning.runs import Runs
from desk.service.desk import Desk
from desk.service.staff import SUPERVISORS, allow
from desk.store import deeds, lessons, talks
from desk.store.accounts import AgentRow
from desk.store.lessons import Lesson
from desk.texts import LOCALES

WEEK = 7 * 24 * 3600 * 1000
GROUPS = 60
"""Groups shown at a time: more than anybody labels without a pause."""
MOST_ITEMS = 200
PATIENCE_S = 5.0
"""Less than a console waits for an answer."""
_VALUE = re.compile(r"[a-z0-9_-]{1,80}")


class Learning:
    """Every method takes who asks, fresh from the store, and raises Forbidden unless a supervisor does."""

    def __init__(self, desk: Desk, data: Path, runs: Runs) -> None:
        self._desk = desk
        self._data = data
        self.runs = runs
        self._library: Library | None = None
        self._reading = asyncio.Lock()
        self._preparing: asyncio.Task[Library] | None = None
        self._drafts = Drafts(data)
        self._settled: tuple[dict[tuple[str, int], str], set[tuple[str, int]]] | None = None

    async def groups(self, by: AgentRow) -> dict[str, Any]:
        """What waits for a label, similar messages together, with what they may be."""
        allow(by, SUPERVISORS)
        counts = await self._desk.store.read(lessons.count)
        library = await self._known_soon()
        if library is None:
            return {"preparing": True, "groups": [], **counts, "intents": [], "articles": {}}
        found = await self._desk.store.read(lessons.unlabelled)
        groups = await asyncio.to_thread(_grouped, found, library)
        return {"preparing": False, "groups": groups, **counts, "intents": library.intents, "articles": library.titles}

    async def label(self, by: AgentRow, items: Any, label: Any) -> dict[str, Any]:
        """Say what messages are; None takes a label back. Raises BadRequest."""
        allow(by, SUPERVISORS)
        chosen, wanted = _items(items), await self._label(label)
        now = self._desk.clock()

        def write(connection: sa.Connection) -> int:
            changed = lessons.label(connection, chosen, wanted, by.id, now)
            what = "unlabelled" if wanted is None else "labelled"
            deeds.note(connection, by.id, what, now, messages=changed, **(wanted or {}))
            return changed

        changed = await self._desk.store.write(write)
        return {"changed": changed, **await self._desk.store.read(lessons.count)}

    async def change(self, by: AgentRow) -> str:
        """What the labels change in data/, as a diff."""
        allow(by, SUPERVISORS)
        _, made = await self.edits()
        return edits.diff(made.files)

    async def start(self, by: AgentRow) -> dict[str, Any]:
        """Have a model trained from all labels and compared with the running one. Raises BadRequest."""
        allow(by, SUPERVISORS)
        if any(each["state"] in ("training", "measuring") for each in await asyncio.to_thread(self.runs.runs)):
            raise BadRequest("not_possible", "A run is being worked on. Wait until it has ended.")
        run = await self.prepare()
        now = self._desk.clock()
        await self._desk.store.write(partial(deeds.note, agent=by.id, what="learning_started", at=now, run=run))
        if self.runs.can_start:
            await asyncio.to_thread(self.runs.start, run)
        return {"run": run, "started": self.runs.can_start}

    async def prepare(self) -> str:
        """A run of all labels, not begun; its name. Raises BadRequest where there is nothing to learn."""
        labelled, made = await self.edits()
        if not made.files:
            raise BadRequest("nothing_to_learn", "No label changes anything: label some messages first.")
        strange = await asyncio.to_thread(self._drafts.odd, [_labelled(one) for one in labelled], await self._known())
        if is_doubtful(len(strange), len(labelled)):
            told = f"{len(strange)} of {len(labelled)} labels are borne out by no message like theirs"
            raise BadRequest("labels_doubtful", f"{told}. Take back those that are wrong (Overview, Models), or more.")
        since = self._desk.clock() - WEEK
        said = [_masked(talk) for talk in await self._desk.store.read(partial(talks.since, at=since))]
        files = {name: {"before": before, "after": after} for name, (before, after) in made.files.items()}
        return await asyncio.to_thread(
            self.runs.make,
            {
                "change.json": json.dumps({"files": files}, ensure_ascii=False),
                "change.diff": edits.diff(made.files),
                "talks.json": json.dumps({"talks": said}, ensure_ascii=False),
                "labels.json": json.dumps({"labels": [[each.conversation, each.seq] for each in labelled]}),
                "status.json": json.dumps({"state": "waiting", "at": self._desk.clock(), "message": ""}),
            },
        )

    async def runs_and_ready(self, by: AgentRow) -> dict[str, Any]:
        """All runs, the latest first, and what the labels that wait would change."""
        allow(by, SUPERVISORS)
        await self.settle()
        labelled, made = await self.edits()
        left = [{"text": label.text, "value": label.value, "why": why} for label, why in made.left_out]
        ready = {"added": made.added, "files": sorted(made.files), "left_out": left}
        return {
            "runs": await asyncio.to_thread(self.runs.runs),
            "ready": ready | await self._doubts(by, labelled),
            "can_start": self.runs.can_start,
        }

    async def _doubts(self, by: AgentRow, labelled: Sequence[Lesson]) -> dict[str, Any]:
        """Which labels look odd, and whether they are so many that none is learnt from; none while data are read."""
        library = await self._known_soon() if labelled else None
        if library is None:
            return {"odd": [], "doubtful": False}
        labels = {_labelled(one): one for one in labelled}
        strange: list[Odd] = await asyncio.to_thread(self._drafts.odd, [_labelled(one) for one in labelled], library)
        titles = library.titles.get(by.locale, library.titles[LOCALES[0]])

        def shown(label: Labelled, likelier: list[str]) -> dict[str, Any]:
            one = labels[label]
            values = [titles.get(each, each) if label.kind == ARTICLE else each for each in (label.value, *likelier)]
            return {"conversation": one.conversation, "seq": one.seq, "text": label.text, "kind": label.kind,
                    "value": values[0], "likelier": values[1:]}  # fmt: skip

        return {"odd": [shown(*each) for each in strange], "doubtful": is_doubtful(len(strange), len(labelled))}

    async def one(self, by: AgentRow, run: str) -> dict[str, Any]:
        """A run with its report and its diff. Raises NotFound."""
        allow(by, SUPERVISORS)
        found = await asyncio.to_thread(self.runs.one, run)
        path = self.runs.path(run) / "change.diff"
        return found | {"diff": await asyncio.to_thread(path.read_text, encoding="utf-8")}

    async def decide(self, by: AgentRow, run: str, what: str) -> None:
        """`release`, `undo` or `discard` a run. Raises BadRequest with what stands against it, NotFound."""
        allow(by, SUPERVISORS)
        self.runs.path(run)
        if what not in ("release", "undo", "discard"):
            raise BadRequest("bad_request", "what is release, undo or discard.")
        await self.runs.call(*(("undo",) if what == "undo" else (what, run)))
        now = self._desk.clock()
        note = partial(deeds.note, agent=by.id, what=f"model_{what}", at=now, run=run)
        await self._desk.store.write(note)
        await self.settle()

    async def edits(self) -> tuple[list[Lesson], Edits]:
        """The labels that no release has taken up, and what they change."""
        labelled = [one for one in await self._desk.store.read(lessons.labelled) if one.label]
        wanted = [one for one in labelled if one.label and one.label["kind"] != DISCARD]
        return wanted, await asyncio.to_thread(self._drafts.edits, [_labelled(one) for one in wanted])

    async def settle(self) -> None:
        """Labels follow their runs: taken up by a release, free again when it is taken back; also by `make learn`."""
        found = await asyncio.to_thread(lambda: [(each, self.runs.labels(each["run"])) for each in self.runs.runs()])
        taken = {item: each["run"] for each, items in found if each["state"] == "released" for item in items}
        every = {item for _, items in found for item in items}

        def write(connection: sa.Connection) -> None:
            for run in {*taken.values(), None}:
                lessons.take_up(connection, (item for item in every if taken.get(item) == run), run)

        if every and self._settled != (taken, every):  # consoles keep asking: nothing is written while nothing changes
            await self._desk.store.write(write)
            self._settled = (taken, every)

    async def _known_soon(self) -> Library | None:
        """None while the training data are being read for the first time: on a busy machine nobody waits for that."""
        self._preparing = self._preparing or asyncio.create_task(self._known())
        done, _ = await asyncio.wait({self._preparing}, timeout=PATIENCE_S)
        if not done:
            return None
        self._preparing = None
        return await self._known()

    async def _known(self) -> Library:
        async with self._reading:
            if self._library is None or not await asyncio.to_thread(self._library.is_fresh):
                self._library = await asyncio.to_thread(Library, self._data)
            return self._library

    async def _label(self, label: Any) -> dict[str, Any] | None:
        if label is None:
            return None
        if not isinstance(label, dict) or label.get("kind") not in (INTENT, ARTICLE, DISCARD):
            raise BadRequest("bad_request", "label is null or has a kind: intent, article or discard.")
        kind, value = label["kind"], label.get("value")
        if kind == DISCARD:
            return {"kind": DISCARD}
        library = await self._known()
        known = library.intents if kind == INTENT else library.titles[LOCALES[0]]
        if not isinstance(value, str) or not _VALUE.fullmatch(value) or value not in known:
            raise BadRequest("bad_request", f"There is no such {kind}.")
        return {"kind": kind, "value": value}


def _grouped(found: Sequence[Lesson], library: Library) -> list[dict[str, Any]]:
    groups = []
    for locale in LOCALES:
        own = [one for one in found if one.language == locale]
        texts = [masked.learnt(one.text, one.name, locale) for one in own]
        for numbers in Likeness(texts).groups():
            lead = texts[numbers[0]]
            groups.append(
                {
                    "language": locale,
                    "messages": [_shown(own[number]) for number in numbers],
                    "suggested": library.suggest(lead, locale),
                }
            )
    return sorted(groups, key=lambda group: -len(group["messages"]))[:GROUPS]


def _shown(one: Lesson) -> dict[str, Any]:
    return {
        "conversation": one.conversation,
        "seq": one.seq,
        "at": one.at,
        "cause": one.cause,
        "intent": one.intent,
        "confidence": round(one.confidence, 2),
        "article": one.article,
        "text": masked.shown(one.text, one.name),
        "reply": masked.shown(one.reply, one.name) if one.reply else None,
    }


def _labelled(one: Lesson) -> Labelled:
    label = one.label or {}
    text = masked.learnt(one.text, one.name, one.language)
    return Labelled(text, one.language, label.get("kind", DISCARD), label.get("value", ""))


def _masked(talk: dict[str, Any]) -> dict[str, Any]:
    """A conversation as it may lie in a file: its turns without personal data."""
    name, locale = talk["name"], talk["locale"]
    turns = []
    for turn in talk["turns"]:
        wanted, payload = turn["wanted"], turn["payload"]
        known = wanted and wanted["kind"] in (INTENT, ARTICLE)
        turns.append(
            {
                "seq": turn["seq"],
                "text": masked.learnt(turn["text"], name, locale),
                "button": masked.shown(payload, name) if payload else None,
                "wanted": {wanted["kind"]: wanted["value"]} if known else None,
                "helped": turn["helped"],
            }
        )
    return {"id": talk["id"], "locale": locale, "turns": turns}


def _items(items: Any) -> list[tuple[str, int]]:
    if not isinstance(items, list) or not 0 < len(items) <= MOST_ITEMS:
        raise BadRequest("bad_request", f"items are 1 to {MOST_ITEMS} messages.")
    found = []
    for each in items:
        if not (isinstance(each, list) and len(each) == 2 and isinstance(each[0], str) and type(each[1]) is int):
            raise BadRequest("bad_request", "Each of items is a conversation and a number.")
        found.append((each[0][:40], each[1]))
    return found
