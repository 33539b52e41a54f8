"""Use case: find the geometry files that a person pointed at."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

GEOMETRY_SUFFIXES = frozenset({".stl", ".3mf", ".obj", ".ply", ".step", ".stp"})
_JUNK_FOLDERS = frozenset({"__MACOSX", "node_modules"})


def find_geometry_files(
    paths: Sequence[Path],
    suffixes: frozenset[str] = GEOMETRY_SUFFIXES,
    *,
    closed: Callable[[OSError], None] | None = None,
) -> list[Path]:
    """Return named files as they are and, from named folders, the files that look like geometry.

    Hidden files and folders are passed over, as are links to folders (they may lead in a circle).
    Each file comes once, in the order of naming, within a folder by name.

    Args:
        paths: files and folders; a file is taken whatever its name, also if it does not exist, so
            that the reader can say what is wrong with it.
        suffixes: lower-case, with the dot; which files of a folder to take.
        closed: told of each folder that cannot be opened; None takes such a folder for a file, so
            that the reader can say what is wrong with it.
    """
    found: dict[Path, None] = {}

    def take(error: OSError) -> None:
        found.setdefault(Path(error.filename))

    for path in paths:
        for file in _walk(path, suffixes, closed or take) if path.is_dir() else (path,):
            found.setdefault(file)
    return list(found)


def _walk(
    folder: Path, suffixes: frozenset[str], closed: Callable[[OSError], None]
) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, onerror=closed):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in _JUNK_FOLDERS
        )
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in suffixes:
                yield Path(place) / name
