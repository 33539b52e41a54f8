"""The part in OpenGL: a `QtInteractor` of pyvistaqt, with our scene, camera and economy.

While the view moves it is drawn without multisampling and, for a large mesh, by its stand-in; once
it rests, in full. Only the GUI thread comes here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.preview.camera import (
    VIEW_MARGIN,
    Eye,
    StandardView,
    eye_for,
    frame_points,
    ray_through,
    with_projection,
)
from app.preview.off_screen import place_camera
from app.preview.palette import Palette, Rgb
from app.preview.picking import pick_point
from app.preview.scene import (
    SceneActors,
    build_actors,
    colour_actors,
    light_scene,
    paint_background,
)
from app.preview.surface import Surface
from app.ui.theme import Theme

if TYPE_CHECKING:
    from pyvistaqt import QtInteractor
    from vtkmodules.vtkRenderingCore import vtkRenderWindow

REST_AFTER_MS = 180
_SAMPLES_AT_REST = 4
_SMOOTH_BELOW = 1_000_000  # triangles; beyond, smoothing costs a software driver seconds
_EDGE_WIDTH_PX = 1.0
_NEAREST, _FARTHEST = 1e-3, 20.0  # half heights of the picture in diagonals of the part


def load_view_library() -> None:
    """Import what the live view needs: a second or more, so do it in a job first."""
    os.environ.setdefault("QT_API", "pyside6")
    import pyvistaqt  # noqa: F401


class LiveScene(QObject):
    """Holds the OpenGL widget and what is in it.

    Attributes:
        widget: the OpenGL widget; its owner gives it a place.

    Signals:
        eye_moved: the camera stands elsewhere.
    """

    eye_moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        from pyvistaqt import QtInteractor

        self.widget: QtInteractor = QtInteractor(
            parent, auto_update=False, multi_samples=0, lighting="none"
        )
        self.widget.setAcceptDrops(False)  # files dropped here belong to the window
        self._window: vtkRenderWindow = self.widget.GetRenderWindow()  # type: ignore[no-untyped-call]
        self._window.GetInteractor().SetInteractorStyle(None)
        self._renderer = self.widget.renderer
        light_scene(self._renderer)
        self._palette = palette_from(theme)
        paint_background(self._renderer, self._palette)
        self._surface: Surface | None = None
        self._actors: SceneActors | None = None
        self._eye = eye_for(np.empty((0, 3)), StandardView.OBLIQUE, aspect=1.0)
        self._perspective, self._edges = True, True
        self._moving = self._closed = False
        self._rest = QTimer(self, singleShot=True, interval=REST_AFTER_MS)
        self._rest.timeout.connect(self._come_to_rest)

    @property
    def eye(self) -> Eye:
        return self._eye

    @property
    def perspective(self) -> bool:
        return self._perspective

    @property
    def edges(self) -> bool:
        return self._edges

    @property
    def moving(self) -> bool:
        """Whether the quick form is drawn."""
        return self._moving

    def show_surface(self, surface: Surface) -> None:
        """Replace the part and look at it from the oblique view."""
        self.clear()
        self._surface = surface
        self._actors = build_actors(surface, self._palette, line_width_px=_EDGE_WIDTH_PX)
        for actor in self._actors.all():
            self._renderer.AddActor(actor)
        self._actors.edges.SetVisibility(self._edges)
        self.look_from(StandardView.OBLIQUE)
        self._come_to_rest()

    def clear(self) -> None:
        """Take the part out and free its memory on the graphics card."""
        if self._actors is not None:
            for actor in self._actors.all():
                self._renderer.RemoveActor(actor)
                actor.ReleaseGraphicsResources(self._window)
        self._actors = self._surface = None
        self.widget.update()

    def set_theme(self, theme: Theme) -> None:
        self._palette = palette_from(theme)
        paint_background(self._renderer, self._palette)
        if self._actors is not None:
            colour_actors(self._actors, self._palette)
        self.widget.update()

    def set_edges(self, shown: bool) -> None:
        self._edges = shown
        if self._actors is not None:
            self._actors.edges.SetVisibility(shown and not self._drawn_roughly())
        self.widget.update()

    def set_perspective(self, perspective: bool) -> None:
        """Choose perspective or parallel projection; the part keeps its size in the picture."""
        if perspective == self._perspective:
            return
        self._perspective = perspective
        self.set_eye(with_projection(self._eye, perspective=perspective), moving=False)

    def look_from(self, view: StandardView) -> None:
        """Show the whole part from a standard side."""
        self.set_eye(
            eye_for(self._points(), view, aspect=self._aspect(), margin=VIEW_MARGIN), False
        )

    def fit(self) -> None:
        """Show the whole part from where the eye stands now."""
        towards = np.subtract(self._eye.position, self._eye.target)
        direction = (float(towards[0]), float(towards[1]), float(towards[2]))
        eye = frame_points(
            self._points(), direction, self._eye.up, aspect=self._aspect(), margin=VIEW_MARGIN
        )
        self.set_eye(eye, moving=False)

    def set_eye(self, eye: Eye, moving: bool = True) -> None:
        """Put the camera somewhere, but never into the part nor out of sight of it."""
        size = self._surface.diagonal_mm if self._surface is not None else 0.0
        if size and not _NEAREST * size <= eye.half_height_mm <= _FARTHEST * size:
            return
        self._eye = eye
        camera = self._renderer.GetActiveCamera()
        camera.SetParallelProjection(not self._perspective)
        place_camera(camera, eye)
        self._renderer.ResetCameraClippingRange()
        if moving:
            self._move()
        self.widget.update()
        self.eye_moved.emit()

    def pick(self, x: float, y: float) -> tuple[float, float, float] | None:
        """Return the point of the part at a place in the picture.

        Args:
            x, y: right of and above the centre, in half heights of the picture.
        """
        surface = self._surface
        if surface is None:
            return None
        origin, direction = ray_through(self._eye, x, y, perspective=self._perspective)
        if surface.has_stand_in:
            return pick_point(surface.stand_in_points, surface.stand_in_faces, origin, direction)
        return pick_point(surface.points, surface.faces, origin, direction)

    def close(self) -> None:
        """Give everything back; in this order, or a graphics driver may crash at exit."""
        if self._closed:
            return
        self._closed = True
        self._rest.stop()
        self.clear()
        del self._renderer, self._window
        self.widget.close()

    def _move(self) -> None:
        self._rest.start()
        if not self._moving:
            self._moving = True
            self._apply_quality()

    def _come_to_rest(self) -> None:
        self._rest.stop()
        self._moving = False
        self._apply_quality()
        self.widget.update()

    def _apply_quality(self) -> None:
        faces = len(self._surface.faces) if self._surface is not None else 0
        smooth = not self._moving and faces < _SMOOTH_BELOW
        self._window.SetMultiSamples(_SAMPLES_AT_REST if smooth else 0)
        if self._actors is None:
            return
        rough = self._drawn_roughly()
        self._actors.part.SetVisibility(not rough)
        self._actors.edges.SetVisibility(self._edges and not rough)
        if self._actors.stand_in is not None:
            self._actors.stand_in.SetVisibility(rough)

    def _drawn_roughly(self) -> bool:
        return self._moving and self._surface is not None and self._surface.has_stand_in

    def _points(self) -> np.ndarray:
        return self._surface.points if self._surface is not None else np.empty((0, 3))

    def _aspect(self) -> float:
        return max(self.widget.width(), 1) / max(self.widget.height(), 1)


def palette_from(theme: Theme) -> Palette:
    """Return the colours of the 3D view in the window's theme."""
    return Palette(
        part=_rgb(theme.color("part")),
        edge=_rgb(theme.color("partEdge")),
        background_top=_rgb(theme.color("viewportTop")),
        background_bottom=_rgb(theme.color("viewportBottom")),
    )


def _rgb(color: QColor) -> Rgb:
    return color.redF(), color.greenF(), color.blueF()
