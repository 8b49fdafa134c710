"""What bot and actions log, and what they die of, shows nobody's data; as the desk's (tests/desk/test_masking.py)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CODE = """
import logging
from masking import logs, remember
logs.set_up(logging.INFO, "%(levelname)s %(name)s: %(message)s")
from bot import light
light.install()
import structlog
remember("Maija Virtanen")
logging.getLogger("rasa.core").error("no answer to %s", "maija@example.fi")
structlog.get_logger().error("processor.failed", text="Virtaselle, puh. 040 1234567")
try:
    raise RuntimeError("hetu 131052-308T")
except RuntimeError:
    structlog.get_logger().exception("action.failed")
    logging.getLogger("actions").exception("action failed")
raise ValueError("Maijan kortti 4111111111111111")
"""


def test_bot_and_actions_mask_what_they_log_and_what_they_die_of() -> None:
    died = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=False)
    shown = died.stdout + died.stderr
    assert died.returncode == 1
    for part in ("[name]", "[email]", "[phone]", "[card]", "[identity code]", "processor.failed", "rasa.core"):
        assert part in shown, part
    for marker in ("maija@", "Maija", "Virta", "1234567", "308T", "4111"):
        assert marker not in shown, marker
