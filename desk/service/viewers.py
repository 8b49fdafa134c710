"""Who has which conversation open, over all desk processes: agents see who else looks at a case."""

from __future__ import annotations

from collections import defaultdict

from desk.service.hub import Hub, Looked, Peopled, Viewed


class Viewers:
    """One a process; the others' lookers come as hints."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._here: defaultdict[str, dict[object, str]] = defaultdict(dict)
        self._by_process: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        hub.listen(self._heard)

    def look(self, viewer: object, name: str, conversation: str, on: bool) -> None:
        """`viewer` opened or closed a conversation; all who have it open are told."""
        viewers = self._here[conversation]
        if on:
            viewers[viewer] = name
        else:
            viewers.pop(viewer, None)
        self._tell(conversation)
        if not viewers:
            self._here.pop(conversation, None)

    def _tell(self, conversation: str) -> None:
        names = tuple(sorted(set(self._here[conversation].values())))
        self._hub.tell(Looked(conversation, names, self._hub.process))

    def _heard(self, hint: object) -> None:
        if isinstance(hint, Looked):
            self._set(hint.conversation, hint.process, hint.agents)
        elif isinstance(hint, Peopled) and hint.here:
            for conversation in list(self._here):
                self._tell(conversation)
        elif isinstance(hint, Peopled):
            for conversation in [each for each, names in self._by_process.items() if hint.process in names]:
                self._set(conversation, hint.process, ())

    def _set(self, conversation: str, process: str, names: tuple[str, ...]) -> None:
        by_process = self._by_process[conversation]
        if names:
            by_process[process] = names
        else:
            by_process.pop(process, None)
        everybody = tuple(sorted({name for each in by_process.values() for name in each}))
        if not by_process:
            self._by_process.pop(conversation)
        self._hub.hear(Viewed(conversation, everybody))
