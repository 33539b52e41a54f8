"""Walls around a worker: no network, no other programs, no more memory than allowed.

The audit hook stops Python code, which is most of what a reader runs, and cannot be taken off.
The native libraries that we call open no sockets; their crashes stay inside the process.
"""

from __future__ import annotations

import sys

from app.workers.limits import MEGABYTE

_REFUSED_EVENTS = (
    "socket.",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "ftplib.",
    "http.client.",
    "smtplib.",
    "urllib.Request",
    "webbrowser.open",
)
_HARMLESS_EVENTS = frozenset({"socket.gethostname"})


def refuse_network_and_programs() -> None:
    """From now on, opening a socket or starting a program raises PermissionError here."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_REFUSED_EVENTS) and event not in _HARMLESS_EVENTS:
        raise PermissionError(f"a worker may not use {event}")


def limit_memory(memory_mb: int) -> None:
    """Let allocations beyond `memory_mb` more than now fail, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows: the pool watches from outside
        return
    import psutil

    address_space = psutil.Process().memory_info().vms + memory_mb * MEGABYTE
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        address_space = min(address_space, hard)
    resource.setrlimit(resource.RLIMIT_AS, (address_space, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
