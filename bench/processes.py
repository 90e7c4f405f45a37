"""Memory and processor time of processes, as Linux counts them."""

import os
from pathlib import Path


def megabytes(pid: int) -> float:
    """Return the memory of a process in MB, shared pages counted by its share (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(pid)


def children(pid: int) -> list[int]:
    """Return the ids of the child processes that the main thread of a process started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def processor_seconds(pid: int) -> float:
    """Return the processor time that all threads of a process have taken so far, in steps of a hundredth."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
