"""Files made to do harm: each ends in a sentence, in time, and the next file is read as ever."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from app.domain.catalog.geometry import FileReport, FindingCode
from app.workers.pool import WorkerPool
from app.workers.tasks.geometry import measure_geometry
from helpers.meshes import (
    ascii_stl,
    binary_stl,
    box,
    components_xml,
    mesh_xml,
    model_xml,
    object_xml,
    ply,
    three_mf,
    three_mf_of,
)
from helpers.step_files import box_step

DEADLINE_S = 5.0
BOX = object_xml(1, mesh_xml(box()))
ITEM = '<item objectid="1"/>'


def nested(levels: int, width: int) -> bytes:
    objects = [BOX]
    for level in range(2, levels + 2):
        objects.append(object_xml(level, components_xml(*[level - 1] * width)))
    return three_mf_of(model_xml("".join(objects), f'<item objectid="{levels + 1}"/>'))


def laughing() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    before = f'<!DOCTYPE model [<!ENTITY l0 "lol">{entities}]>'
    return three_mf_of(model_xml(BOX + "&l9;", ITEM, before=before))


def external_entity() -> bytes:
    before = '<!DOCTYPE model [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return three_mf_of(model_xml(BOX + "&x;", ITEM, before=before))


def tar_of_a_mesh() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        entry = tarfile.TarInfo("a.stl")
        entry.size = len(binary_stl(box()))
        archive.addfile(entry, io.BytesIO(binary_stl(box())))
    return buffer.getvalue()


def zip_of_a_mesh() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.stl", binary_stl(box()))
    return buffer.getvalue()


def huge_ply() -> bytes:
    return ply(box()).replace(b"element vertex 8", b"element vertex 4000000000")


def ply_with_a_huge_list() -> bytes:
    head = (
        b"ply\nformat binary_little_endian 1.0\nelement vertex 3\nproperty float x\n"
        b"property float y\nproperty float z\nelement face 1\n"
        b"property list uint int vertex_indices\nend_header\n"
    )
    return head + b"\0" * 36 + struct.pack("<I", 0xFFFFFFFF)


def nested_step() -> bytes:
    inner = b"#5000=FOO(" + b"(" * 200_000 + b")" * 200_000 + b");\nENDSEC;"
    return box_step(1, 1, 1).replace(b"ENDSEC;\nEND-ISO", inner + b"\nEND-ISO")


def deep_xml() -> bytes:
    return three_mf_of(model_xml(BOX + "<a>" * 100_000 + "</a>" * 100_000, ITEM))


def fractured_lists() -> bytes:
    """Very many openings of lists that never become plain ones."""
    return three_mf_of(model_xml(BOX + "<vertices><x/>" * 30_000, ITEM))


def endless_obj_polygon() -> bytes:
    return b"v 0 0 0\nv 1 0 0\nv 1 1 0\nf " + b"1 2 3 " * 2_000_000 + b"\n"


HOSTILE = {
    "zip_bomb.3mf": (
        lambda: three_mf_of(model_xml(BOX, ITEM), {"pad.bin": b"\0" * (64 << 20)}),
        "would unpack to",
    ),
    "nested_components.3mf": (lambda: nested(10, 10), "multiplies its objects"),
    "endless_components.3mf": (lambda: nested(31, 30), "multiplies its objects"),
    "cycle.3mf": (
        lambda: three_mf_of(model_xml(object_xml(1, components_xml(1)), ITEM)),
        "contains itself",
    ),
    "external_entity.3mf": (external_entity, "declares a document type"),
    "billion_laughs.3mf": (laughing, "declares a document type"),
    "traversal.3mf": (
        lambda: three_mf_of(model_xml(BOX, ITEM), {"../../../evil.model": b"x"}),
        "leads out",
    ),
    "cut_off.3mf": (lambda: three_mf(box())[:-200], "damaged or cut off"),
    "deep.3mf": (deep_xml, "nested more than 64"),
    "fractured.3mf": (fractured_lists, "nested more than 64"),
    "huge_header.ply": (huge_ply, "more than the"),
    "huge_list.ply": (ply_with_a_huge_list, "promises 1 rows"),
    "endless_header.ply": (lambda: b"ply\n" + b"comment x\n" * 500_000, "does not end"),
    "nested.step": (nested_step, "nested 20000"),
    "empty.stl": (lambda: binary_stl(box())[:80] + b"\0\0\0\0", "no triangles"),
    "nothing.stl": (lambda: b"", "is empty"),
    "archive.stl": (zip_of_a_mesh, "without a 3MF model|is zip"),
    "archive.3mf": (tar_of_a_mesh, "gzip"),
    "text.stl": (lambda: b"solid a\nfacet normal 0 0 0\n" * 300_000, "no triangles"),
    "billions.obj": (lambda: b"v 0 0 0\nf 1 999999999999 2\n", "uses corner 999999999999"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_sentence(workers: WorkerPool, tmp_path: Path, name: str) -> None:
    make, why = HOSTILE[name]
    report = report_on(workers, tmp_path / name, make())
    assert not report.accepted
    assert report.facts is None
    assert any(part in report.reason for part in why.split("|")), report.reason
    assert report.reason.startswith(name)
    assert report.reason.rstrip().endswith((".", "”")), "a sentence says what to do"
    after = report_on(workers, tmp_path / "after.stl", binary_stl(box()))
    assert after.facts is not None
    assert after.facts.volume_mm3 == 6000


def report_on(workers: WorkerPool, path: Path, data: bytes) -> FileReport:
    path.write_bytes(data)
    return workers.run(measure_geometry, str(path), None, deadline_s=DEADLINE_S, about=path.name)


def with_a_broken_corner() -> bytes:
    vertices, faces = box()
    vertices[0, 0] = float("nan")
    return binary_stl((vertices, faces))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("more.stl", binary_stl(box(), count=4_000_000_000), FindingCode.COUNT_LIES),
        ("fewer.stl", binary_stl(box(), count=11), FindingCode.COUNT_LIES),
        ("nan.stl", with_a_broken_corner(), FindingCode.NOT_FINITE),
    ],
)
def test_lies_are_catalogued_but_marked_as_danger(
    workers: WorkerPool, tmp_path: Path, name: str, data: bytes, code: FindingCode
) -> None:
    report = report_on(workers, tmp_path / name, data)
    assert report.accepted
    assert report.facts is not None
    assert report.facts.in_danger
    assert code in {finding.code for finding in report.facts.findings}


def test_look_alikes_are_read_all_the_same(workers: WorkerPool, tmp_path: Path) -> None:
    harmless = {
        "nest.3mf": nested(3, 4),
        "solid.stl": binary_stl(box(), header=b"solid like text\nfacet normal"),
        "facet.stl": ascii_stl(box(), "facet normal vertex 1 2 3"),
        "quote.step": box_step(10, 20, 30).replace(b"'box'", b"'" + b"(" * 400 + b"'"),
        "padded.3mf": three_mf_of(model_xml(BOX, ITEM), {"Metadata/x.txt": b"abc" * 100_000}),
    }
    for name, data in harmless.items():
        report = report_on(workers, tmp_path / name, data)
        assert report.accepted, report.reason
        assert report.facts is not None
        assert not report.facts.in_danger
