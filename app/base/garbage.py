"""Keep the collector of cycles out of work that makes many plain values and no cycles.

A full collection stops every thread; in the middle of a large list the window would stand still
for a tenth of a second, several times.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_users = 0
_was_on = False


@contextmanager
def without_collecting() -> Iterator[None]:
    """Collect nothing while this is held, by whatever thread; then as it was before."""
    global _users, _was_on  # noqa: PLW0603  # one collector for the process
    with _lock:
        if _users == 0:
            _was_on = gc.isenabled()
            gc.disable()
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if _users == 0 and _was_on:
                gc.enable()
