"""A mesh made ready to be drawn: smooth normals, feature edges and a quick stand-in.

Everything here is arrays in, arrays out, so it may run in a worker process or a thread; nothing
touches OpenGL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.geometry.mesh_arrays import find_finite
from app.preview.vtk_arrays import from_vtk, to_vtk

if TYPE_CHECKING:
    from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData

FEATURE_ANGLE_DEG = 28.0
STAND_IN_ABOVE = 200_000  # triangles; below it every frame can draw the original
_STAND_IN_BINS = 96  # bins along the longest side: about 40,000 triangles
_FEATURE_KIND = 0.4  # vtkFeatureEdges: border edges 0, non-manifold 0.22, sharp edges 0.44
_FINEST_BIN = 8  # bins along the shortest side, so that thin plates keep their two faces

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Surface:
    """Arrays ready for the graphics card. Coordinates are in mm, relative to `centre_mm`.

    Attributes:
        points: (p, 3); a corner on a sharp edge appears once for each of its faces' sides.
        normals: (p, 3) unit normals; (0, 3) means flat shading.
        faces: (f, 3) indices into `points`.
        edge_points: (e, 3) ends of feature edges.
        edge_lines: (l, 2) indices into `edge_points`.
        stand_in_points: (s, 3) of the coarse mesh drawn while moving; (0, 3) if not needed.
        stand_in_faces: (t, 3) indices into `stand_in_points`.
        centre_mm: centre of the bounding box in the file's own coordinates.
        size_mm: edge lengths of the bounding box.
        solid: closed and right side out, so its inside is never seen; False where edges were not
            looked for.
    """

    points: Floats
    normals: Floats
    faces: Indices
    edge_points: Floats
    edge_lines: Indices
    stand_in_points: Floats
    stand_in_faces: Indices
    centre_mm: tuple[float, float, float]
    size_mm: tuple[float, float, float]
    solid: bool = False

    @property
    def diagonal_mm(self) -> float:
        return float(np.linalg.norm(self.size_mm))

    @property
    def has_stand_in(self) -> bool:
        return len(self.stand_in_faces) > 0


def prepare_surface(
    vertices: NDArray[np.floating],
    faces: NDArray[np.integer],
    *,
    smooth: bool = True,
    edges: bool = True,
    stand_in: bool = False,
) -> Surface:
    """Make a mesh ready to be drawn.

    Faces with a corner that is no number or out of all bounds are left out, as they are where the
    part is measured: one of them would make the rest a dot.

    Args:
        vertices: (v, 3) mm, shared between faces (welded), or smoothing finds no neighbours.
        faces: (f, 3) indices into `vertices`.
        smooth: shade across edges flatter than `FEATURE_ANGLE_DEG`.
        edges: find feature and border edges.
        stand_in: add a coarse mesh if there are more than `STAND_IN_ABOVE` faces.

    Raises:
        ValueError: wrong shapes, or a face names a vertex that does not exist.
    """
    _check_shapes(vertices, faces)
    points, kept, low, high = _centred(vertices, faces)
    mesh = poly_data(points, kept)
    shaded, normals, shaded_faces = _smooth(mesh) if smooth else (points, _no_points(), kept)
    edge_points, edge_lines, closed = (
        _feature_edges(mesh) if edges else (_no_points(), _no_lines(), False)
    )
    coarse = stand_in and len(kept) > STAND_IN_ABOVE
    rough_points, rough_faces = _decimate(mesh, high - low) if coarse else (_no_points(), _none())
    return Surface(
        points=shaded,
        normals=normals,
        faces=shaded_faces,
        edge_points=edge_points,
        edge_lines=edge_lines,
        stand_in_points=rough_points,
        stand_in_faces=rough_faces,
        centre_mm=_triple((low + high) / 2),
        size_mm=_triple(high - low),
        solid=closed and _signed_volume(points, kept) > 0,
    )


def poly_data(
    points: Floats, cells: Indices, *, normals: Floats | None = None, lines: bool = False
) -> vtkPolyData:
    """Wrap arrays as VTK poly data; the memory is shared where VTK allows it.

    Args:
        points: (p, 3) float32.
        cells: (n, 3) triangles, or (n, 2) line segments if `lines`.
        normals: (p, 3) float32 point normals.
    """
    from vtkmodules.vtkCommonCore import vtkPoints
    from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData

    mesh = vtkPolyData()
    place = vtkPoints()
    place.SetData(to_vtk(points))
    mesh.SetPoints(place)
    corners = np.ascontiguousarray(cells, dtype=np.int32)
    offsets = np.arange(0, corners.size + 1, corners.shape[1], dtype=np.int32)
    array = vtkCellArray()
    array.SetData(to_vtk(offsets), to_vtk(corners.ravel()))
    if lines:
        mesh.SetLines(array)
    else:
        mesh.SetPolys(array)
    if normals is not None and len(normals):
        mesh.GetPointData().SetNormals(to_vtk(normals))
    return mesh


def _check_shapes(vertices: NDArray[np.floating], faces: NDArray[np.integer]) -> None:
    if vertices.ndim != 2 or vertices.shape[1] != 3 or faces.ndim != 2 or faces.shape[1] != 3:
        raise ValueError(f"expected (n, 3) arrays, got {vertices.shape} and {faces.shape}")
    # VTK reads beyond the array instead of refusing, and takes the process with it.
    if faces.size and (faces.min() < 0 or faces.max() >= len(vertices)):
        raise ValueError("a face names a vertex that does not exist")


def _centred(
    vertices: NDArray[np.floating], faces: NDArray[np.integer]
) -> tuple[Floats, Indices, NDArray[np.float64], NDArray[np.float64]]:
    """Drop faces that nothing measures and move the rest to the origin, where float32 is exact."""
    exact = np.asarray(vertices, dtype=np.float64)
    finite = find_finite(exact)
    kept = np.asarray(faces, dtype=np.int32)
    if not finite.all():
        kept = kept[finite[kept].all(axis=1)]
    if not len(kept):
        zero = np.zeros(3)
        return _no_points(), _none(), zero, zero
    # A stray vertex that no face uses must not shrink the part in its picture.
    used = np.zeros(len(exact), dtype=bool)
    used[kept.ravel()] = True
    if not used.all():
        renumbered = np.cumsum(used, dtype=np.int32) - 1
        exact, kept = exact[used], renumbered[kept].astype(np.int32)
    low, high = exact.min(axis=0), exact.max(axis=0)
    return (exact - (low + high) / 2).astype(np.float32), kept, low, high


def _smooth(mesh: vtkPolyData) -> tuple[Floats, Floats, Indices]:
    from vtkmodules.vtkFiltersCore import vtkPolyDataNormals

    if not mesh.GetNumberOfPolys():
        return _no_points(), _no_points(), _none()
    shading = vtkPolyDataNormals()
    shading.SetInputData(mesh)
    shading.SetFeatureAngle(FEATURE_ANGLE_DEG)
    shading.SplittingOn()
    shading.ConsistencyOff()  # inside-out parts are to be seen as what they are
    shading.Update()
    shaded = shading.GetOutput()
    normals = from_vtk(shaded.GetPointData().GetNormals())
    return _points_of(shaded), normals.astype(np.float32), _cells_of(shaded.GetPolys(), 3)


def _feature_edges(mesh: vtkPolyData) -> tuple[Floats, Indices, bool]:
    """Return points and lines of the edges to draw, and whether the mesh is closed."""
    from vtkmodules.vtkFiltersCore import vtkFeatureEdges

    if not mesh.GetNumberOfPolys():
        return _no_points(), _no_lines(), False
    finder = vtkFeatureEdges()
    finder.SetInputData(mesh)
    finder.SetFeatureAngle(FEATURE_ANGLE_DEG)
    finder.FeatureEdgesOn()
    finder.BoundaryEdgesOn()
    finder.NonManifoldEdgesOn()
    finder.ManifoldEdgesOff()
    finder.ColoringOn()  # the colour tells the kind
    finder.Update()
    found = finder.GetOutput()
    if not found.GetNumberOfLines():
        return _no_points(), _no_lines(), True
    kinds = from_vtk(found.GetCellData().GetScalars())
    closed = bool((kinds >= _FEATURE_KIND).all())
    return _points_of(found), _cells_of(found.GetLines(), 2), closed


def _signed_volume(points: Floats, faces: Indices) -> float:
    a, b, c = (points[faces[:, corner]] for corner in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c))) / 6


def _decimate(mesh: vtkPolyData, size: NDArray[np.float64]) -> tuple[Floats, Indices]:
    from vtkmodules.vtkFiltersCore import vtkBinnedDecimation

    shares = np.asarray(size) / max(float(size.max()), 1e-9)
    bins = np.maximum(np.rint(shares * _STAND_IN_BINS), _FINEST_BIN).astype(int)
    coarse = vtkBinnedDecimation()
    coarse.SetInputData(mesh)
    coarse.SetNumberOfDivisions(int(bins[0]), int(bins[1]), int(bins[2]))
    coarse.Update()
    found = coarse.GetOutput()
    return _points_of(found), _cells_of(found.GetPolys(), 3)


def _points_of(mesh: vtkPolyData) -> Floats:
    points: Floats = from_vtk(mesh.GetPoints().GetData()).astype(np.float32)
    return points


def _cells_of(cells: vtkCellArray, corners: int) -> Indices:
    flat = from_vtk(cells.GetConnectivityArray())
    indices: Indices = flat.astype(np.int32).reshape(-1, corners)
    return indices


def _no_points() -> Floats:
    return np.empty((0, 3), np.float32)


def _none() -> Indices:
    return np.empty((0, 3), np.int32)


def _no_lines() -> Indices:
    return np.empty((0, 2), np.int32)


def _triple(values: NDArray[np.float64]) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z
