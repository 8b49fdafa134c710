"""The real runner over fake programs: `python house.py desk:stubborn bot`, ports and folder from the environment."""

import os
import sys
from pathlib import Path

from ops.console import Console
from ops.layout import var_folder
from ops.programs import Program, check_ports, keep_secrets, place
from ops.run import Runner

FAKE = str(Path(__file__).with_name("fake.py"))


def fake(words: str) -> Program:
    name, *moods = words.split(":")
    secrets = ("ASPA_SECRET_KEY",) if name == "desk" else ()
    arguments = (FAKE, name, *moods)
    return Program(
        name, Path(sys.executable), f"ASPA_{name.upper()}_PORT", 0, "/health", secrets, grace=1.0, arguments=arguments
    )


if __name__ == "__main__":
    programs = [fake(words) for words in sys.argv[1:]]
    where = place({**os.environ, **keep_secrets(var_folder(), os.environ)}, programs)
    check_ports(where)
    sys.exit(Runner(where, Console()).run())
