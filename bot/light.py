"""Start Rasa without what this bot never uses.

`import rasa.core.agent` imports every component that Rasa ships, and with them TensorFlow, although this pipeline
uses none of them: 12 s and 300 MB for nothing. Two plug-in points of Python, no change inside Rasa:

- `rasa.engine.recipes.default_components`, the list of Rasa's own components, is replaced by the one that we use;
- libraries that Rasa's modules import at their top, but that nothing of ours calls, become empty stand-ins.

Measured in docs/decisions/0002-light-rasa.md; tests/bot/test_light.py fails if the real libraries come in again.
Call `install()` before anything of Rasa is imported.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import logging
import os
import sys
import types
import warnings
from collections.abc import MutableSequence, Sequence
from typing import Any

from masking import logs

NEVER_USED = frozenset({"tensorflow", "keras", "skops", "matplotlib", "boto3", "botocore", "pymongo"})
"""Imported by Rasa's modules, called by none that we run."""

TRAINING_ONLY = frozenset({"sklearn"})
"""Used by our classifier while it learns; its weights are plain arrays afterwards."""

DEFAULT_COMPONENTS = "rasa.engine.recipes.default_components"


class _Anything(type):
    """A class whose every attribute is such a class again: enough for base classes, type hints and decorators."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = _Anything(name, (Exception,), {})
        setattr(cls, name, value)
        return value


class _StandIn(types.ModuleType):
    __path__: MutableSequence[str] = []  # noqa: RUF012  as ModuleType has it

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = _Anything(name, (Exception,), {})
        setattr(self, name, value)
        return value


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in self.names:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run: a stand-in is empty."""


def install(*, training: bool = False) -> None:
    """Put the stand-ins in place, once; with `training`, scikit-learn stays real."""
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return
    if "rasa.core.agent" in sys.modules:
        raise RuntimeError("bot.light.install() must run before rasa.core.agent is imported")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    _hush()
    names = NEVER_USED if training else NEVER_USED | TRAINING_ONLY
    sys.meta_path.insert(0, _Finder(frozenset(name for name in names if name not in sys.modules)))
    components = types.ModuleType(DEFAULT_COMPONENTS)
    components.DEFAULT_COMPONENTS = []  # type: ignore[attr-defined]
    sys.modules[DEFAULT_COMPONENTS] = components
    policy = importlib.import_module("rasa.core.policies.rule_policy")
    components.DEFAULT_COMPONENTS = [policy.RulePolicy]  # type: ignore[attr-defined]


def _hush() -> None:
    """Rasa 3.6 sits on libraries past their end of life: their warnings of that are known and say nothing new.

    Filters would not do: modules that Rasa imports put their own in front.
    """
    import structlog

    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    show = warnings.showwarning

    def showwarning(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if not issubclass(category, _OLD_AGE) and "Slot auto-fill" not in str(message):  # the latter is always said
            show(message, category, *where, **more)

    warnings.showwarning = showwarning
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    # Unconfigured, Rasa's structured log prints every step of every message, customers' words among them.
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
            logs.mask_line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        cache_logger_on_first_use=True,
    )


_OLD_AGE = (DeprecationWarning, FutureWarning, PendingDeprecationWarning)
