"""Thumbnails per core-second: ours, a bare VTK window kept open, a PyVista plotter kept open.

Run it with: python tests/benchmarks/bench_thumbnails.py

All three draw the same 210 small parts at 256 × 256 pixels and end with PNG bytes; ours also finds
feature edges, smooths across flat ones and averages four pixels into one (64 px thumbnails).
Reading the files is left out. CPU time over all threads; the median of three rounds.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.base.paths import resource_path
from app.geometry.readers.loading import load_content, load_mesh
from app.preview.camera import StandardView, eye_for
from app.preview.off_screen import PictureWindow, place_camera
from app.preview.palette import PictureTheme
from app.preview.surface import poly_data
from app.preview.thumbnail import render_thumbnail

_DRAWN_PX = 256
_COPIES = 30
_ROUNDS = 3
Mesh = tuple[np.ndarray, np.ndarray]
Draw = Callable[[np.ndarray, np.ndarray], bytes]


def load_parts() -> list[Mesh]:
    """Return the sample's parts, each stretched in thirty ways so that no cache helps."""
    stretches = np.linspace(0.7, 1.4, _COPIES)
    meshes = [load_mesh(load_content(path)) for path in sorted(_sample_files())]
    return [
        (mesh.vertices * (stretch, 1.0, 1.0), mesh.faces)
        for stretch in stretches
        for mesh in meshes
    ]


def _sample_files() -> list[Path]:
    return list(resource_path("sample", "geometry").iterdir())


def own() -> Draw:
    def draw(vertices: np.ndarray, faces: np.ndarray) -> bytes:
        return render_thumbnail(vertices, faces, size_px=_DRAWN_PX // 4, theme=PictureTheme.LIGHT)

    return draw


def bare_vtk() -> Draw:
    """The limit: one actor without edges or smoothing in a window that stays open."""
    from vtkmodules.vtkIOImage import vtkPNGWriter
    from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper, vtkWindowToImageFilter

    kept = PictureWindow()
    window, renderer = kept._window, kept._renderer
    window.SetSize(_DRAWN_PX, _DRAWN_PX)

    def draw(vertices: np.ndarray, faces: np.ndarray) -> bytes:
        points = vertices.astype(np.float32)
        mapper, actor = vtkPolyDataMapper(), vtkActor()
        mapper.SetInputData(poly_data(points, faces))
        actor.SetMapper(mapper)
        actor.GetProperty().SetInterpolationToFlat()
        renderer.AddActor(actor)
        place_camera(renderer.GetActiveCamera(), eye_for(points, StandardView.OBLIQUE, aspect=1.0))
        renderer.ResetCameraClippingRange()
        window.Render()
        grab, writer = vtkWindowToImageFilter(), vtkPNGWriter()
        grab.SetInput(window)
        grab.SetInputBufferTypeToRGBA()
        grab.ReadFrontBufferOff()
        grab.ShouldRerenderOff()
        writer.SetInputConnection(grab.GetOutputPort())
        writer.WriteToMemoryOn()
        writer.SetCompressionLevel(6)
        writer.Write()
        renderer.RemoveActor(actor)
        actor.ReleaseGraphicsResources(window)
        return bytes(memoryview(writer.GetResult()))

    return draw


def kept_pyvista() -> Draw:
    import io

    import pyvista
    from matplotlib.image import imsave

    plotter = pyvista.Plotter(off_screen=True, window_size=(_DRAWN_PX, _DRAWN_PX))

    def draw(vertices: np.ndarray, faces: np.ndarray) -> bytes:
        plotter.clear_actors()
        plotter.add_mesh(pyvista.PolyData.from_regular_faces(vertices, faces), color="#C6CED7")
        plotter.view_isometric()
        image = plotter.screenshot(return_img=True, transparent_background=True)
        buffer = io.BytesIO()
        imsave(buffer, np.ascontiguousarray(image))
        return buffer.getvalue()

    return draw


def measure(draw: Draw, parts: list[Mesh]) -> float:
    """Return pictures per core-second, the median of some rounds after a warm-up."""
    for vertices, faces in parts[:7]:
        draw(vertices, faces)
    rates = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        for vertices, faces in parts:
            assert draw(vertices, faces).startswith(b"\x89PNG")
        rates.append(len(parts) / (time.process_time() - began))
    return statistics.median(rates)


def main() -> None:
    os.environ.pop("DISPLAY", None)  # EGL or OSMesa, as in a worker on a server
    parts = load_parts()
    triangles = statistics.median(len(faces) for _vertices, faces in parts)
    print(f"{len(parts)} parts, median {triangles:,.0f} triangles, drawn at {_DRAWN_PX} px")
    print(f"{'route':<28}{'per core-s':>12}{'x PyVista':>12}")
    rates = {
        "Everspare": measure(own(), parts),
        "bare VTK window, kept": measure(bare_vtk(), parts),
        "PyVista plotter, kept": measure(kept_pyvista(), parts),
    }
    for name, rate in rates.items():
        print(f"{name:<28}{rate:>12.1f}{rate / rates['PyVista plotter, kept']:>12.1f}")


if __name__ == "__main__":
    main()
