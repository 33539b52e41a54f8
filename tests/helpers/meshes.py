"""Meshes with known volume, and files of every format made from them."""

from __future__ import annotations

import io
import struct
import zipfile
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Mesh = tuple[NDArray[np.float64], NDArray[np.int64]]  # (n, 3) vertices, (m, 3) faces

CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
PRODUCTION = "http://schemas.microsoft.com/3dmanufacturing/production/2015/06"
RELATION = "http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"


def box(x: float = 10.0, y: float = 20.0, z: float = 30.0) -> Mesh:
    """Return a closed box with one corner at the origin: 8 vertices, 12 triangles."""
    vertices = np.array([[i, j, k] for i in (0, x) for j in (0, y) for k in (0, z)], float)
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    faces = [face for a, b, c, d in quads for face in ((a, b, c), (a, c, d))]
    return vertices, np.array(faces)


def torus(major: float = 50.0, minor: float = 20.0, steps: int = 40) -> Mesh:
    """Return a closed torus; its volume tends to 2 pi^2 R r^2."""
    angle = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    around, along = np.meshgrid(angle, angle, indexing="ij")
    radius = major + minor * np.cos(along)
    vertices = np.stack(
        [radius * np.cos(around), radius * np.sin(around), minor * np.sin(along)], axis=-1
    ).reshape(-1, 3)
    i, j = (grid.ravel() for grid in np.meshgrid(range(steps), range(steps), indexing="ij"))
    a, b = i * steps + j, (i + 1) % steps * steps + j
    c, d = (i + 1) % steps * steps + (j + 1) % steps, i * steps + (j + 1) % steps
    return vertices, np.vstack([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])


def sphere(radius: float = 10.0, steps: int = 48) -> Mesh:
    """Return a closed ball of rings; its volume tends to 4/3 pi r^3."""
    rings = []
    for polar in np.linspace(0, np.pi, steps)[1:-1]:
        angle = np.linspace(0, 2 * np.pi, steps, endpoint=False)
        ring = np.stack([np.sin(polar) * np.cos(angle), np.sin(polar) * np.sin(angle)], 1)
        rings.append(np.column_stack([ring, np.full(steps, np.cos(polar))]))
    vertices = np.vstack([*rings, [[0, 0, 1.0]], [[0, 0, -1.0]]]) * radius
    top, bottom = len(vertices) - 2, len(vertices) - 1
    faces = []
    for k in range(steps):
        following = (k + 1) % steps
        faces.append((top, k, following))
        last = (steps - 3) * steps
        faces.append((bottom, last + following, last + k))
        for upper, lower in pairwise(range(0, (steps - 2) * steps, steps)):
            faces.append((upper + k, lower + k, lower + following))
            faces.append((upper + k, lower + following, upper + following))
    return vertices, np.array(faces)


def merged(*meshes: Mesh) -> Mesh:
    """Return several meshes side by side in one."""
    vertices, faces, count = [], [], 0
    for points, triangles in meshes:
        vertices.append(points)
        faces.append(triangles + count)
        count += len(points)
    return np.vstack(vertices), np.vstack(faces)


def moved(mesh: Mesh, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Mesh:
    return mesh[0] + np.array([x, y, z]), mesh[1]


def binary_stl(mesh: Mesh, *, count: int | None = None, header: bytes = b"made by a test") -> bytes:
    """Return a binary STL; `count` overrides the number in its header."""
    vertices, faces = mesh
    records = np.zeros(len(faces), [("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("a", "<u2")])
    records["corners"] = vertices[faces]
    promised = len(faces) if count is None else count
    return header.ljust(80, b"\0")[:80] + struct.pack("<I", promised) + records.tobytes()


def ascii_stl(mesh: Mesh, name: str = "part") -> bytes:
    lines = [f"solid {name}"]
    for triangle in mesh[0][mesh[1]]:
        lines.append("  facet normal 0 0 0\n    outer loop")
        lines += [f"      vertex {x:.9g} {y:.9g} {z:.9g}" for x, y, z in triangle]
        lines.append("    endloop\n  endfacet")
    lines.append(f"endsolid {name}\n")
    return "\n".join(lines).encode()


def obj(mesh: Mesh) -> bytes:
    lines = [f"v {x:.9g} {y:.9g} {z:.9g}" for x, y, z in mesh[0]]
    lines += ["f " + " ".join(str(corner + 1) for corner in face) for face in mesh[1]]
    return "\n".join(["# made by a test", *lines, ""]).encode()


def ply(mesh: Mesh, *, binary: bool = True, faces_promised: int | None = None) -> bytes:
    vertices, faces = mesh
    promised = len(faces) if faces_promised is None else faces_promised
    header = (
        f"ply\nformat {'binary_little_endian' if binary else 'ascii'} 1.0\n"
        f"element vertex {len(vertices)}\nproperty float x\nproperty float y\nproperty float z\n"
        f"element face {promised}\nproperty list uchar int vertex_indices\nend_header\n"
    ).encode()
    if not binary:
        rows = [f"{x:.9g} {y:.9g} {z:.9g}" for x, y, z in vertices]
        rows += ["3 " + " ".join(map(str, face)) for face in faces]
        return header + "\n".join(rows).encode() + b"\n"
    table = np.zeros(len(faces), [("n", "u1"), ("corners", "<i4", 3)])
    table["n"], table["corners"] = 3, faces
    return header + vertices.astype("<f4").tobytes() + table.tobytes()


def mesh_xml(mesh: Mesh) -> str:
    """Return the <mesh> of a 3MF object."""
    vertices = "".join(f'<vertex x="{x:.9g}" y="{y:.9g}" z="{z:.9g}"/>' for x, y, z in mesh[0])
    triangles = "".join(f'<triangle v1="{a}" v2="{b}" v3="{c}"/>' for a, b, c in mesh[1])
    return f"<mesh><vertices>{vertices}</vertices><triangles>{triangles}</triangles></mesh>"


def object_xml(number: int, content: str, kind: str = "model") -> str:
    return f'<object id="{number}" type="{kind}">{content}</object>'


def components_xml(*numbers: int) -> str:
    parts = "".join(f'<component objectid="{number}"/>' for number in numbers)
    return f"<components>{parts}</components>"


def model_xml(
    objects: str, items: str, *, unit: str = "millimeter", before: str = "", more: str = ""
) -> bytes:
    """Return a model part; `before` goes before its root element, `more` into its attributes."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<model unit="{unit}" xml:lang="en-US" '
        f'xmlns="{CORE}"{more}><resources>{objects}</resources>'
        f"<build>{items}</build></model>"
    ).encode()


def three_mf_of(model: bytes, extra: dict[str, bytes] | None = None) -> bytes:
    """Return a 3MF package with this root model."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="model" '
            'ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>',
        )
        archive.writestr("_rels/.rels", relations_xml("/3D/3dmodel.model"))
        archive.writestr("3D/3dmodel.model", model)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def relations_xml(target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Target="{target}" Id="r0" Type="{RELATION}"/></Relationships>'
    )


def three_mf(mesh: Mesh, *, unit: str = "millimeter") -> bytes:
    """Return a 3MF with one mesh built once."""
    return three_mf_of(model_xml(object_xml(1, mesh_xml(mesh)), '<item objectid="1"/>', unit=unit))
