"""What agents may do in the shop by themselves: the section `agents` of data/policy.yml."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

from desk.conversation.decisions.deeds import Limits
from desk.conversation.decisions.proposals import KINDS
from desk.errors import SetupError
from desk.settings import ROLES
from desk.yaml_text import load_yaml


def read_limits(path: Path) -> Limits:
    """Raises SetupError, which names the role or the amount to mend."""
    try:
        section = load_yaml(path.read_text(encoding="utf-8"))["agents"]
        by_role = {role: {str(kind): Decimal(str(limit)) for kind, limit in section[role].items()} for role in ROLES}
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise SetupError(
            f"{path}: agents must give each of {', '.join(ROLES)} amounts in euros ({error!r})."
        ) from error
    for role, limits in by_role.items():
        if unknown := set(limits) - KINDS:
            raise SetupError(f"{path}: agents.{role} has {', '.join(sorted(unknown))}, which nobody can do.")
        if any(not limit.is_finite() or limit < 0 for limit in limits.values()):
            raise SetupError(f"{path}: agents.{role} has an amount that is none.")
    return Limits(by_role)
