"""What a worker may use before it is stopped."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one worker process.

    Attributes:
        deadline_s: longest time for one task, unless the caller names another.
        memory_mb: how much a task may take on top of what the idle worker needs.
        result_mb: largest result sent back; larger things go through a file.
        idle_s: a worker without work for so long ends by itself.
        start_s: longest time for a worker to come up.
    """

    deadline_s: float = 120.0
    memory_mb: int = 2048
    result_mb: int = 64
    idle_s: float = 300.0
    start_s: float = 60.0
