"""Names for content that we do not read, so that a refusal can say what the file is."""

from __future__ import annotations

from app.base.i18n import _

_MAGIC = (
    (b"glTF", "GLB (glTF)"),
    (b"OFF", "OFF"),
    (b"COFF", "OFF"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"Kaydara FBX", "FBX"),
    (b"BLENDER", "Blender"),
    (b"\xd0\xcf\x11\xe0", "OLE (Microsoft Office, SolidWorks, Inventor)"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
)
_TAR_MAGIC = (257, b"ustar")
_IGES_MARK = (72, b"S      1")


def recognise_foreign(data: bytes) -> str | None:
    """Return the name of a format that we do not read, None if the first bytes show none."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    for (offset, mark), name in ((_TAR_MAGIC, "tar"), (_IGES_MARK, "IGES")):
        if data[offset : offset + len(mark)] == mark:
            return name
    return None


def describe(data: bytes) -> str:
    """Say what some content is, as far as its first bytes tell."""
    name = recognise_foreign(data)
    if name is not None:
        return name
    if data[:512].lstrip()[:1] == b"<":
        return "XML"
    return _("text of no format we know") if b"\0" not in data[:4096] else _("of no known format")
