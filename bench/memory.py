"""What a program and its children hold in memory and have used of the processor. Linux only."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    own = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0) / 1024
    return own + sum(resident(child) for child in _children(pid))


def cpu_seconds(pid: int) -> float:
    """User and system time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS + sum(cpu_seconds(child) for child in _children(pid))


@dataclass(frozen=True)
class Used:
    """Processor seconds: of the programs that are measured, of the load (this process), of everybody else."""

    programs: float
    load: float
    others: float


class Meter:
    """What is used from now on, the programs named by their numbers."""

    def __init__(self, pids: Sequence[int]) -> None:
        self._pids = pids
        self._before = self._now()

    def used(self) -> Used:
        """So far."""
        programs, load, all_of_it = (now - before for now, before in zip(self._now(), self._before, strict=True))
        return Used(programs, load, max(0.0, all_of_it - programs - load))

    def _now(self) -> tuple[float, float, float]:
        return sum(cpu_seconds(pid) for pid in self._pids), time.process_time(), _busy_seconds()


def _busy_seconds() -> float:
    """Of all processors since the machine's start (proc(5), /proc/stat: user, nice, system, …, irq, softirq)."""
    fields = [int(each) for each in Path("/proc/stat").read_text().splitlines()[0].split()[1:8]]
    return sum(fields[at] for at in (0, 1, 2, 5, 6)) / _TICKS


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
