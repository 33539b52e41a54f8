"""How fast files are read and measured, against trimesh in the same run.

    python tests/benchmarks/bench_geometry.py [TRIANGLES]

CPU seconds, best of three; a ratio below 1 means faster than trimesh. trimesh's "report" is the
calls that give the same figures: volume, area, bounds, watertight, winding, bodies, hash.

The goal for 3MF, 1.1 of lib3mf, is missed on purpose (1.4 to 1.7): lib3mf itself parses the model,
which takes 1.0, and what comes on top is the guard. It unpacks every part with its own count of the
bytes (0.2), looks at the structure before lib3mf may (0.2), packs a plain archive of just the parts
it has seen (0.1) and welds and places the triangles (0.2). Giving lib3mf the file as it came would
reach the goal, but then it might find other parts in the archive than the guard did.
"""

from __future__ import annotations

import hashlib
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import trimesh  # noqa: E402

from app.geometry.checking import check_mesh  # noqa: E402
from app.geometry.measuring import measure_mesh  # noqa: E402
from app.geometry.mesh_arrays import MeshArrays  # noqa: E402
from app.geometry.readers.loading import FileContent, load_mesh  # noqa: E402
from helpers.meshes import ascii_stl, binary_stl, obj, ply, three_mf, torus  # noqa: E402


def best_of_three(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def report(content: FileContent, mesh: MeshArrays) -> None:
    measures = measure_mesh(mesh)
    check_mesh(mesh, measures)
    hashlib.sha256(content.data).hexdigest()


def report_by_trimesh(data: bytes, mesh: trimesh.Trimesh) -> None:
    mesh._cache.clear()
    _ = mesh.volume, mesh.area, mesh.bounds, mesh.is_watertight, mesh.is_winding_consistent
    _ = mesh.body_count
    hashlib.sha256(data).hexdigest()


def compare(name: str, ours: float, theirs: float) -> None:
    print(f"{name:<28}{ours:10.3f} s{theirs:10.3f} s{ours / theirs:8.2f}")


def main(triangles: int) -> None:
    mesh = torus(steps=max(3, round((triangles / 2) ** 0.5)))
    print(f"{len(mesh[1])} triangles")
    print(f"{'':<28}{'Everspare':>12}{'trimesh':>12}{'ratio':>8}")
    writers = {"stl": binary_stl, "ascii stl": ascii_stl, "obj": obj, "ply": ply, "3mf": three_mf}
    for name, write in writers.items():
        data = write(mesh)
        content = FileContent(f"a.{name[-3:]}", data)
        ours = best_of_three(lambda content=content: load_mesh(content))
        if name == "3mf":  # the peer that we rest on, and the goal's: lib3mf itself
            theirs = best_of_three(lambda data=data: load_by_lib3mf(data))
            compare("read 3mf (against lib3mf)", ours, theirs)
            continue
        theirs = best_of_three(
            lambda data=data, kind=name[-3:]: trimesh.load_mesh(io.BytesIO(data), file_type=kind)
        )
        compare(f"read {name}", ours, theirs)
    data = binary_stl(mesh)
    content = FileContent("a.stl", data)
    ours_mesh = load_mesh(content)
    peer = trimesh.load_mesh(io.BytesIO(data), file_type="stl")
    compare(
        "whole report",
        best_of_three(lambda: report(content, ours_mesh)),
        best_of_three(lambda: report_by_trimesh(data, peer)),
    )


def load_by_lib3mf(data: bytes) -> None:
    import lib3mf

    from app.geometry.readers.lib3mf_buffers import read_from_buffer

    model = lib3mf.get_wrapper().CreateModel()
    read_from_buffer(model.QueryReader("3mf"), data)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
