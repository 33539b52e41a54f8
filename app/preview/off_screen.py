"""Pictures without a window: one render window per process, kept and reused.

A fresh PyVista plotter per picture costs fourteen times as much as this window. A machine without
any OpenGL can end the process in here, so only worker processes call it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from app.preview.camera import VIEW_ANGLE_DEG, Eye
from app.preview.palette import Palette
from app.preview.png import Pixels
from app.preview.scene import build_actors, light_scene
from app.preview.surface import Surface
from app.preview.vtk_arrays import from_vtk

if TYPE_CHECKING:
    from vtkmodules.vtkRenderingCore import vtkCamera


class PictureWindow:
    """A render window that nobody sees."""

    def __init__(self) -> None:
        import vtkmodules.vtkRenderingOpenGL2  # noqa: F401  # registers the OpenGL classes
        from vtkmodules.vtkCommonCore import vtkLogger
        from vtkmodules.vtkRenderingCore import vtkRenderer, vtkRenderWindow

        # Without a display VTK warns, then finds EGL or OSMesa by itself.
        vtkLogger.SetStderrVerbosity(vtkLogger.VERBOSITY_ERROR)
        self._window = vtkRenderWindow()
        self._window.SetOffScreenRendering(True)
        self._window.SetShowWindow(False)
        self._window.SetMultiSamples(0)  # smoothed by drawing larger and averaging
        self._window.AlphaBitPlanesOn()
        self._renderer = vtkRenderer()
        self._renderer.SetBackground(0.0, 0.0, 0.0)
        self._renderer.SetBackgroundAlpha(0.0)
        light_scene(self._renderer)
        self._window.AddRenderer(self._renderer)
        camera = self._renderer.GetActiveCamera()
        camera.ParallelProjectionOn()

    def draw(
        self,
        surface: Surface,
        palette: Palette,
        eye: Eye,
        *,
        width_px: int,
        height_px: int,
        line_width_px: float,
    ) -> Pixels:
        """Draw one part on nothing.

        Returns:
            (height, width, 4) uint8 RGBA, top row first, transparent where the part is not.
        """
        from vtkmodules.vtkCommonCore import vtkUnsignedCharArray

        self._window.SetSize(width_px, height_px)
        actors = build_actors(surface, palette, line_width_px=line_width_px)
        for actor in actors.all():
            self._renderer.AddActor(actor)
        try:
            place_camera(self._renderer.GetActiveCamera(), eye)
            self._renderer.ResetCameraClippingRange()
            self._window.Render()
            read = vtkUnsignedCharArray()
            self._window.GetRGBACharPixelData(0, 0, width_px - 1, height_px - 1, 0, read, 0)
        finally:
            for actor in actors.all():
                self._renderer.RemoveActor(actor)
                actor.ReleaseGraphicsResources(self._window)
        bottom_up = from_vtk(read).reshape(height_px, width_px, 4)
        return np.ascontiguousarray(bottom_up[::-1])


@lru_cache(maxsize=1)
def picture_window() -> PictureWindow:
    """Return this process's render window, made at the first call."""
    return PictureWindow()


def place_camera(camera: vtkCamera, eye: Eye) -> None:
    """Move a VTK camera to `eye`."""
    camera.SetPosition(*eye.position)
    camera.SetFocalPoint(*eye.target)
    camera.SetViewUp(*eye.up)
    camera.SetViewAngle(VIEW_ANGLE_DEG)
    camera.SetParallelScale(eye.half_height_mm)
