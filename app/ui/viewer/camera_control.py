"""Mouse and touchpad to camera: turn about what is under the cursor, shift, zoom to the cursor."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from app.preview.camera import half_height_at, shift, turn_about, zoom_about
from app.ui.viewer.live_scene import LiveScene

_TURN_PER_HEIGHT = math.pi  # radians for a drag over the height of the view
_ZOOM_PER_NOTCH = 1.15
_NOTCH = 120.0  # eighths of a degree that one notch of a wheel reports
_CENTRE = (0.0, 0.0, 0.0)  # of the part's bounding box
_PASSED_ON = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class CameraControl(QObject):
    """Sits between the OpenGL widget and VTK, which gets neither mouse nor keys.

    Left button turns, right or middle button shifts (left with Shift too), wheel zooms, double
    click fits.
    """

    def __init__(self, scene: LiveScene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._pivot = _CENTRE
        self._last: QPointF | None = None
        scene.widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QMouseEvent):
            return self._mouse(kind, event)
        if isinstance(event, QWheelEvent):
            self._zoom(event)
            return True
        if kind in _PASSED_ON:
            event.ignore()  # to the view around it; VTK would quit on q and turn to wires on w
            return True
        return False

    def _mouse(self, kind: QEvent.Type, event: QMouseEvent) -> bool:
        if kind == QEvent.Type.MouseButtonPress:
            self._last = event.position()
            self._pivot = self._under(event.position())
            focus = self._scene.widget.focusProxy()
            if focus is not None:
                focus.setFocus(Qt.FocusReason.MouseFocusReason)
        elif kind == QEvent.Type.MouseButtonRelease:
            self._last = None
        elif kind == QEvent.Type.MouseButtonDblClick:
            self._scene.fit()
        elif kind == QEvent.Type.MouseMove and self._last is not None:
            self._drag(event)
        return True

    def _drag(self, event: QMouseEvent) -> None:
        assert self._last is not None
        step = event.position() - self._last
        self._last = event.position()
        turning = event.buttons() == Qt.MouseButton.LeftButton and not (
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        )
        height = max(self._scene.widget.height(), 1)
        eye = self._scene.eye
        if turning:
            yaw, pitch = (-d / height * _TURN_PER_HEIGHT for d in (step.x(), step.y()))
            self._scene.set_eye(turn_about(eye, self._pivot, yaw, pitch))
        elif event.buttons():
            half = half_height_at(eye, self._pivot, perspective=self._scene.perspective)
            per_px = 2 * half / height
            self._scene.set_eye(shift(eye, -step.x() * per_px, step.y() * per_px))

    def _zoom(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _NOTCH
        if not notches:
            return
        factor = _ZOOM_PER_NOTCH**-notches
        self._scene.set_eye(zoom_about(self._scene.eye, self._under(event.position()), factor))

    def _under(self, place: QPointF) -> tuple[float, float, float]:
        """Return the part's point under the cursor, or its centre."""
        widget = self._scene.widget
        half = max(widget.height(), 1) / 2
        x = (place.x() - widget.width() / 2) / half
        y = (widget.height() / 2 - place.y()) / half
        return self._scene.pick(x, y) or _CENTRE
