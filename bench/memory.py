"""What a program and its children hold in memory."""

from __future__ import annotations

from pathlib import Path


def resident(pid: int) -> float:
    """MiB, the children's too. Linux only."""
    status = Path(f"/proc/{pid}/status").read_text()
    own = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0) / 1024
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(resident(int(child)) for child in children)
