"""Keys of the 3D view: 0 to 6 standard views, F fit, P projection, E edges, arrows, plus, minus."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt

from app.preview.camera import StandardView, turn_about, zoom_about
from app.ui.viewer.live_scene import LiveScene

_TURN_STEP = math.radians(15)
_ZOOM_STEP = 1.25
_CENTRE = (0.0, 0.0, 0.0)  # of the part's bounding box
_VIEWS: dict[int, StandardView] = {Qt.Key.Key_0.value + view: view for view in StandardView}
_TURNS: dict[int, tuple[float, float]] = {
    Qt.Key.Key_Left: (_TURN_STEP, 0.0),
    Qt.Key.Key_Right: (-_TURN_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, _TURN_STEP),
    Qt.Key.Key_Down: (0.0, -_TURN_STEP),
}
_ZOOMS: dict[int, float] = {
    Qt.Key.Key_Plus: 1 / _ZOOM_STEP,
    Qt.Key.Key_Equal: 1 / _ZOOM_STEP,  # plus without Shift on many keyboards
    Qt.Key.Key_Minus: _ZOOM_STEP,
}
_LETTERS = (Qt.Key.Key_F, Qt.Key.Key_P, Qt.Key.Key_E)
VIEW_KEYS = frozenset({*_VIEWS, *_TURNS, *_ZOOMS, *_LETTERS})


def steer(scene: LiveScene, key: int) -> bool:
    """Do what a key means; False if it is none of ours."""
    if key in _VIEWS:
        scene.look_from(_VIEWS[key])
    elif key in _TURNS:
        scene.set_eye(turn_about(scene.eye, _CENTRE, *_TURNS[key]))
    elif key in _ZOOMS:
        scene.set_eye(zoom_about(scene.eye, _CENTRE, _ZOOMS[key]))
    elif key == Qt.Key.Key_F:
        scene.fit()
    elif key == Qt.Key.Key_P:
        scene.set_perspective(not scene.perspective)
    elif key == Qt.Key.Key_E:
        scene.set_edges(not scene.edges)
    return key in VIEW_KEYS
