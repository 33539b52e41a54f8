"""Write a triangle mesh as 3MF: unit, names, part number and our own metadata; same in, same out.

lib3mf writes the model; it gives random UUIDs and zip dates of month 0, so UUIDs are derived from
the content and the archive is packed again with fixed dates.

Source: 3MF core specification 1.4, production extension 1.2 (UUIDs).
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import re
import struct
import tempfile
import uuid
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.base.errors import DocumentError
from app.base.i18n import _
from app.documents.packages.plain_zip import Member, pack_members

NAMESPACE = "urn:everspare:package:1"
_UUID_SPACE = uuid.UUID("0d5c1f3e-5a0f-5f43-9d55-3d2a1b6c7e88")
_DECIMALS = 6
_LOCAL_SIZES, _SIZES_AT = struct.Struct("<HH"), 26  # lengths of name and extra field


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelWords:
    """What the 3MF says of itself besides its shape.

    Attributes:
        extra: metadata in our own namespace, kept by programs that edit the file.
    """

    title: str
    part_number: str
    designer: str
    description: str
    copyright: str
    licence_terms: str
    created_at: datetime
    application: str = "Everspare"
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThreeMf:
    """A written 3MF and what had to be left out of it.

    Attributes:
        data: the file.
        triangles: written.
        dropped: triangles left out because two corners fell on one point.
    """

    data: bytes
    triangles: int
    dropped: int


def write_three_mf(
    vertices: NDArray[np.float64], faces: NDArray[np.int64], words: ModelWords
) -> ThreeMf:
    """Write one body of triangles in millimetres.

    A mesh that is closed as it is indexed keeps its corners: bodies that touch stay apart. In any
    other, equal corners are welded, in the precision in which they are written (a millionth of a
    millimetre, single precision). Triangles with two corners in one are dropped and counted, for
    lib3mf refuses them.

    Args:
        vertices: (n, 3), mm, finite.
        faces: (m, 3) indices into `vertices`.
        words: metadata.

    Raises:
        DocumentError: nothing is left to write, or lib3mf refuses the mesh.
    """
    corners, triangles, dropped = _prepare(vertices, faces)
    if len(triangles) == 0:
        raise DocumentError(_("The geometry has no triangles, so no 3MF can be written."))
    seed = hashlib.sha256(corners.tobytes() + triangles.tobytes()).hexdigest()
    packed = _pack(_write_with_lib3mf(corners, triangles, words, seed))
    return ThreeMf(packed, len(triangles), dropped)


def _prepare(
    vertices: NDArray[np.float64], faces: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.uint32], int]:
    """Return (corners, triangles, number of triangles dropped) as lib3mf accepts them."""
    # Adding zero turns -0.0 into 0.0, which is the same point but other bytes.
    single = np.round(vertices, _DECIMALS).astype(np.float32) + np.float32(0.0)
    if not np.isfinite(single).all():
        raise DocumentError(_("The geometry has a corner that is not finite."))
    given = np.asarray(faces, dtype=np.int64).reshape(-1, 3)
    kept = _without_collapsed(given)
    if not _is_closed(kept):
        single, welded = _weld(single, kept)
        kept = _without_collapsed(welded)
    used, renumbered = np.unique(kept, return_inverse=True)
    return (
        np.ascontiguousarray(single[used]),
        np.ascontiguousarray(renumbered.reshape(-1, 3).astype(np.uint32)),
        int(len(given) - len(kept)),
    )


def _without_collapsed(triangles: NDArray[np.int64]) -> NDArray[np.int64]:
    a, b, c = triangles.T
    sound: NDArray[np.int64] = triangles[(a != b) & (b != c) & (c != a)]
    return sound


def _is_closed(triangles: NDArray[np.int64]) -> bool:
    """Say whether every edge, as indexed, belongs to exactly two triangles, once each way."""
    starts = triangles.reshape(-1)
    ends = np.roll(triangles, -1, axis=1).reshape(-1)
    count = int(triangles.max(initial=-1)) + 1
    there, back = np.sort(starts * count + ends), np.sort(ends * count + starts)
    once = bool((there[1:] != there[:-1]).all())
    return once and bool((there == back).all())


def _weld(
    corners: NDArray[np.float32], triangles: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Make corners at one point one corner; they stay in the order of their first use."""
    used = corners[triangles.reshape(-1)]
    unique, first, inverse = np.unique(used, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return unique[order], place[inverse.reshape(-1)].reshape(-1, 3)


def _write_with_lib3mf(
    corners: NDArray[np.float32],
    triangles: NDArray[np.uint32],
    words: ModelWords,
    seed: str,
) -> bytes:
    from lib3mf import Lib3MF, get_wrapper

    try:
        wrapper = get_wrapper()
        model = wrapper.CreateModel()
        model.SetUnit(Lib3MF.ModelUnit.MilliMeter)
        mesh = model.AddMeshObject()
        _set_geometry(wrapper, mesh, corners, triangles)
        mesh.SetName(_xml_text(words.title))
        mesh.SetPartNumber(_xml_text(words.part_number))
        mesh.SetUUID(_uuid("object", seed))
        item = model.AddBuildItem(mesh, wrapper.GetIdentityTransform())
        item.SetPartNumber(_xml_text(words.part_number))
        item.SetUUID(_uuid("item", seed))
        model.SetBuildUUID(_uuid("build", seed))
        _add_metadata(model.GetMetaDataGroup(), words)
        with tempfile.TemporaryDirectory(prefix="everspare-") as folder:
            target = Path(folder) / "model.3mf"
            writer = model.QueryWriter("3mf")
            writer.SetDecimalPrecision(_DECIMALS)
            writer.WriteToFile(str(target))
            return target.read_bytes()
    except Lib3MF.ELib3MFException as error:
        raise DocumentError(
            _("The 3MF library refuses this geometry: {reason}.").format(reason=error)
        ) from error


def _set_geometry(
    wrapper: Any, mesh: Any, corners: NDArray[np.float32], triangles: NDArray[np.uint32]
) -> None:
    # The wrapper's own SetGeometry makes a Python object of every corner; this passes the arrays.
    from lib3mf import Lib3MF

    status = wrapper.lib.lib3mf_meshobject_setgeometry(
        mesh._handle,
        ctypes.c_uint64(len(corners)),
        corners.ctypes.data_as(ctypes.POINTER(Lib3MF.Position)),
        ctypes.c_uint64(len(triangles)),
        triangles.ctypes.data_as(ctypes.POINTER(Lib3MF.Triangle)),
    )
    wrapper.checkError(mesh, status)


def _add_metadata(group: Any, words: ModelWords) -> None:
    standard = {
        "Title": words.title,
        "Designer": words.designer,
        "Description": words.description,
        "Copyright": words.copyright,
        "LicenseTerms": words.licence_terms,
        "CreationDate": words.created_at.date().isoformat(),
        "Application": words.application,
    }
    for space, texts in (("", standard), (NAMESPACE, words.extra)):
        for name, text in texts.items():
            if text:
                group.AddMetaData(space, name, _xml_text(text), "xs:string", True)


def _xml_text(text: str) -> str:
    """Return text that XML 1.0 can carry: control characters have no place in it."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", " ", text)


def _uuid(role: str, seed: str) -> str:
    return str(uuid.uuid5(_UUID_SPACE, f"{role}:{seed}"))


def _pack(data: bytes) -> bytes:
    """Pack an archive again as it is compressed: fixed dates, sorted names, no extras."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        # Readers that stream want the content types first.
        listed = sorted(
            archive.infolist(),
            key=lambda entry: (not entry.filename.startswith("["), entry.filename),
        )
        return pack_members([_member(data, entry) for entry in listed])


def _member(data: bytes, entry: zipfile.ZipInfo) -> Member:
    name_size, extra_size = _LOCAL_SIZES.unpack_from(data, entry.header_offset + _SIZES_AT)
    start = entry.header_offset + _SIZES_AT + _LOCAL_SIZES.size + name_size + extra_size
    return Member(
        name=entry.filename.encode("ascii"),
        method=entry.compress_type,
        crc=entry.CRC,
        packed=data[start : start + entry.compress_size],
        size=entry.file_size,
    )
