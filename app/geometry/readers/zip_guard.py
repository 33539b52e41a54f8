"""Take a zip archive apart with suspicion, before any other reader sees it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from app.base.errors import GeometryError
from app.base.figures import figure
from app.base.i18n import _

MAX_ENTRIES = 2_000
MAX_TOTAL_BYTES = 512 << 20
MAX_RATIO = 200  # XML of triangles packs about 1:6; a run of one byte 1:1000
RATIO_MATTERS_ABOVE = 4 << 20
_CHUNK = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED_FLAG = 0x1


def unpack_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each part; what is yielded has been counted, not believed.

    Raises:
        GeometryError: damaged, a bomb, or a part has a name that leads out of the archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_directory(entries)
            room = MAX_TOTAL_BYTES
            for entry in entries:
                content = _inflate(archive, entry, room)
                room -= len(content)
                yield entry.filename, content
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError) as error:
        raise GeometryError(
            _("The zip archive inside is damaged or cut off: {error}").format(error=error),
            hint=_("Copy or export the file again."),
        ) from error
    except (NotImplementedError, RuntimeError) as error:
        raise _unusual(str(error)) from error


def pack_stored(parts: Iterator[tuple[str, bytes]]) -> bytes:
    """Return a plain, uncompressed archive of the parts, so that a reader sees just those."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise GeometryError(
            _("The archive has {count} entries; up to {limit} are read.").format(
                count=figure(len(entries)), limit=figure(MAX_ENTRIES)
            )
        )
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.lower()
        if name in seen:
            raise _unusual(_("two parts are named “{name}”").format(name=entry.filename))
        seen.add(name)
        if _leads_outside(entry.orig_filename):
            raise _unusual(
                _("the part name “{name}” leads out of it").format(name=entry.orig_filename)
            )
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise _unusual(_("“{name}” is locked with a password").format(name=entry.filename))
        if entry.compress_type not in _METHODS:
            raise _unusual(
                _("“{name}” is packed by method {method}").format(
                    name=entry.filename, method=entry.compress_type
                )
            )
    if sum(entry.file_size for entry in entries) > MAX_TOTAL_BYTES:
        raise _bomb(sum(entry.file_size for entry in entries))


def _leads_outside(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return "\\" in name or "\0" in name or steps[0] == "" or ":" in steps[0] or ".." in steps


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """Unpack one part, stopping as soon as it is larger than it may be."""
    limit = room
    if entry.compress_size:
        limit = min(room, max(RATIO_MATTERS_ABOVE, MAX_RATIO * entry.compress_size))
    pieces, size = [], 0
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > limit:
                raise _bomb(max(size, entry.file_size))
            pieces.append(piece)
    return b"".join(pieces)


def _bomb(size: int) -> GeometryError:
    return GeometryError(
        _("The file would unpack to {size} MB or more and was not unpacked further.").format(
            size=max(1, size >> 20)
        ),
        hint=_("A file that grows like this is made to do harm; ask its sender."),
    )


def _unusual(what: str) -> GeometryError:
    return GeometryError(
        _("The archive is not one that 3MF allows: {what}.").format(what=what),
        hint=_("Export the part again from its CAD program."),
    )
