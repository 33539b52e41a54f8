"""The one entry to all readers: file in, triangles out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

import numpy as np

from app.base.errors import GeometryError
from app.base.i18n import _
from app.base.told import tell
from app.domain.catalog.geometry import (
    Finding,
    FindingCode,
    GeometryFormat,
    LengthUnit,
    Severity,
)
from app.geometry.mesh_arrays import MeshArrays, find_finite
from app.geometry.readers.built_in import all_readers
from app.geometry.readers.foreign_formats import describe, recognise_foreign
from app.geometry.readers.limits import MAX_FILE_BYTES, check_file_size
from app.geometry.readers.mesh_reader import Match, MeshReader
from app.geometry.readers.polygons import check_corner_numbers


@dataclass(frozen=True, slots=True, eq=False)
class FileContent:
    """The bytes of one file and what they are called; everything else is derived from these."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def load_content(path: Path) -> FileContent:
    """Read a file whole, once: what is hashed is what is parsed.

    Raises:
        GeometryError: it is missing, locked, no ordinary file or too large.
    """
    try:
        if not path.is_file():
            raise _not_readable(path, _("there is no such file"))
        with path.open("rb") as stream:
            # Asking for more than the file has would set aside all of that memory first.
            size = path.stat().st_size
            data = stream.read(min(size, MAX_FILE_BYTES) + 1)
    except OSError as error:
        raise _not_readable(path, error.strerror or str(error)) from error
    except ValueError as error:  # a name with a zero byte
        raise _not_readable(path, str(error)) from error
    check_file_size(len(data))
    return FileContent(path.name, data)


def load_mesh(
    content: FileContent, unit: LengthUnit | None = None, format: GeometryFormat | None = None
) -> MeshArrays:
    """Read all triangles of a file, judged by its content; the suffix is only a hint.

    Args:
        content: see `load_content`.
        unit: unit of the numbers where the format states none; None assumes millimetres.
        format: read it as this format, whatever it looks like.

    Raises:
        GeometryError: it cannot be read; the sentence names the file.
    """
    try:
        if len(content.data) == 0:
            raise GeometryError(_("The file is empty."), hint=_("Copy or export the file again."))
        reader = _pick_reader(content, format)
        with np.errstate(all="ignore"):  # numbers out of range become infinite and are found
            mesh = reader.load(content.data, unit)
        _check_usable(mesh)
    except GeometryError as error:
        message = _("{file}: {trouble}").format(file=content.name, trouble=error.message)
        raise GeometryError(message, hint=error.hint) from error
    return _note_wrong_suffix(mesh, content.name, reader)


def _pick_reader(content: FileContent, format: GeometryFormat | None) -> MeshReader:
    readers = [reader for reader in all_readers() if format in (None, reader.format)]
    suffix = PurePath(content.name).suffix.lower()
    rated = [(reader.recognise(content.data), suffix in reader.suffixes, reader)
             for reader in readers]  # fmt: skip
    match, by_suffix, reader = max(rated, key=lambda rating: rating[:2])
    if match >= Match.LIKELY or format is not None:
        return reader
    if match is Match.POSSIBLE and by_suffix and _may_be(content.data, reader):
        return reader
    raise GeometryError(
        _("The content is {kind}.").format(kind=describe(content.data)),
        hint=_("Everspare reads STL, 3MF, OBJ, PLY and STEP."),
    )


def _may_be(data: bytes, reader: MeshReader) -> bool:
    """Whether some content may be of a reader's format although nothing in it shows that."""
    return reader.format is GeometryFormat.THREE_MF or recognise_foreign(data) is None


def _check_usable(mesh: MeshArrays) -> None:
    """Refuse what could not even be measured, whichever reader it came from."""
    check_corner_numbers(mesh.faces, len(mesh.vertices))
    finite = find_finite(mesh.vertices)
    if not finite[mesh.faces].all(axis=1).any():
        raise GeometryError(
            _("None of the {count} triangles has corners that are numbers.").format(
                count=len(mesh.faces)
            ),
            hint=_("The file is damaged; export it again."),
        )


def _note_wrong_suffix(mesh: MeshArrays, name: str, reader: MeshReader) -> MeshArrays:
    suffix = PurePath(name).suffix.lower()
    if suffix in reader.suffixes:
        return mesh
    text = tell(
        "The file is named “{name}”, but its content is {format}.",
        name=name,
        format=mesh.format.value.upper(),
    )
    note = Finding(FindingCode.READER_WARNING, Severity.NOTE, text)
    return replace(mesh, findings=(*mesh.findings, note))


def _not_readable(path: Path, why: str) -> GeometryError:
    return GeometryError(
        _("{file} could not be read: {why}.").format(file=path.name or str(path), why=why),
        hint=_("Check that the file exists and that you may open it."),
    )
