"""Use case: hand over the trail, or what of it was asked for, as a table or as a signed file."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from app.base.atomic_file import streamed_file
from app.base.i18n import _
from app.base.progress import Progress
from app.base.told import read_text
from app.documents.audit.trail_file import TrailHeading, write_trail
from app.documents.signing.signature import SigningKey
from app.domain.audit.chain import TrailEntry
from app.domain.audit.trail import TrailFilter
from app.domain.certificates.organisation import Organisation

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader

COLUMNS = ("entry", "time", "person", "act", "why", "kind", "record", "field", "old", "new")
CHUNK = 500
# A spreadsheet would run these as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ExportedTrail:
    """What was written."""

    file: Path
    entries: int


def export_trail(
    library: Library,
    wanted: TrailFilter,
    file: Path,
    *,
    open_key: Callable[[], SigningKey] | None,
    progress: Progress,
) -> ExportedTrail:
    """Write the acts that match, oldest first; the file appears complete or not at all.

    Args:
        open_key: unlocks the key that signs a file of lines, which `verify_file` judges; None
            writes a CSV table with one row for each change.

    Raises:
        StorageError: the file cannot be written, or the library not be read.
        DocumentError: the key cannot be opened.
        Cancelled: the user asked to stop.
    """
    key = open_key() if open_key is not None else None
    with library.reading() as read, streamed_file(file) as stream:
        ids = _matching(read, wanted, progress.part(0.0, 0.2))
        entries = _entries(read, ids, progress.part(0.2, 1.0))
        if key is None:
            _write_table(stream, entries)
        else:
            owner = read.find(Organisation)
            heading = TrailHeading(
                library_id=library.library_id,
                owner=owner.name if owner is not None else "",
                made_at=library.clock.now(),
                selection=_selection(wanted),
            )
            write_trail(stream, heading, entries, key)
        progress.finish()  # the last moment to stop
    return ExportedTrail(file, len(ids))


def _matching(read: Reader, wanted: TrailFilter, progress: Progress) -> Sequence[int]:
    ids = array("q")
    before: int | None = None
    while True:
        progress.report(0.0, _("Choosing entries"))
        found = read.audit.trail.ids(
            wanted, limit=CHUNK, before_id=before, stopped=lambda: progress.cancelled
        )
        ids.extend(found)
        if len(found) < CHUNK:
            break
        before = found[-1]
    ids.reverse()
    return ids


def _entries(read: Reader, ids: Sequence[int], progress: Progress) -> Iterator[TrailEntry]:
    for start in range(0, len(ids), CHUNK):
        progress.report(start / len(ids), _("Writing entries"))
        yield from read.audit.trail.entries(ids[start : start + CHUNK])


def _write_table(stream: BinaryIO, entries: Iterator[TrailEntry]) -> None:
    stream.write(b"\xef\xbb\xbf")  # or spreadsheets take the umlauts for something else
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for entry in entries:
        act = entry.act
        said = (act["id"], act["at"], act["who"], entry.text, read_text(str(act["why"])))
        for kind, record, field, old, new, _digest in entry.changes:
            table.writerow([_cell(value) for value in (*said, kind, record, field, old, new)])
    text.detach()


def _cell(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _selection(wanted: TrailFilter) -> dict[str, str]:
    """Return what the entries were chosen by, in words of the file's language, English."""
    chosen = {
        "person": wanted.who,
        "kind": wanted.table,
        "text": wanted.text,
        "from": wanted.first_day.isoformat() if wanted.first_day else "",
        "to": wanted.last_day.isoformat() if wanted.last_day else "",
        "state": wanted.state.value if wanted.state else "",
    }
    return {name: value for name, value in chosen.items() if value}
