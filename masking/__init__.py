"""Takes what identifies people out of text: before logs, figures, error reports and texts that leave for training.

The one piece of code that desk, bot, actions and demo share: two copies of this would differ one day, and the
difference would be somebody's personal data. Standard library only, Python 3.10 and later
(docs/decisions/0008-masking.md).
"""

from masking.known import Names, remember
from masking.text import mask

__all__ = ["Names", "mask", "remember"]
