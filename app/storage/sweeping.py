"""Clears away what a crashed process left in the waiting room of the object store."""

from __future__ import annotations

import psutil

from app.domain.catalog.stored_file import StoredFile
from app.storage.library import Library
from app.storage.objects import Staged


def sweep(library: Library) -> int:
    """Remove leftovers of processes that are gone; returns how many files went.

    A placed file without a row goes too, but only if its staged twin proves that we put it there.
    """
    stale = [
        (path, digest)
        for path, maker, digest in library.objects.leftovers()
        if not psutil.pid_exists(maker)
    ]
    if not stale:
        return 0
    # The write lock keeps another process from adopting the same content meanwhile.
    with library.writing(who="everspare", act="sweep") as write:
        for path, digest in stale:
            if digest and write.find(StoredFile, sha256=digest) is None:
                library.objects.take_out(digest)
            library.objects.discard(Staged(digest, 0, path))
    return len(stale)
