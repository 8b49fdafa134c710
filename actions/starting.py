"""What each program that asks the shop looks at before it starts, so that a mistake is said on one line."""

from __future__ import annotations

from actions import desk, knowledge, opening, policy, settings
from actions.shop.errors import ShopMisconfigured

MISTAKES = (settings.SettingsError, policy.PolicyError, knowledge.ArticleError, ShopMisconfigured)
"""The operator's; each says what to mend."""


def get_ready(*, to_answer: bool = True) -> None:
    """Read what the actions stand on. Raises one of MISTAKES.

    `to_answer`: customers' questions too; articles that have changed are then learnt beside what else starts.
    """
    policy.current()
    opening.week()
    desk.shop()
    if to_answer:
        knowledge.warm_up()
