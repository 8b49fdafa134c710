"""Become another program that dies with the one that started it.

    python -S -E guard.py <pid of the starter> <command> …

Linux tells a process by a signal when its parent is gone, however it went: so even `kill -9` of the runner leaves
nothing. Done in a process of its own, since code between fork and exec is not safe in a program with threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

if __name__ == "__main__":
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != int(sys.argv[1]):  # gone already, before the line above
        sys.exit(1)
    os.execv(sys.argv[2], sys.argv[2:])
