"""The view of one part: live where OpenGL works, pictures and a sentence where it does not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.base.progress import Progress
from app.preview.camera import StandardView, picture_axes
from app.preview.surface import Surface, prepare_surface
from app.ui.jobs import Job, JobRunner
from app.ui.theme import Theme, current_theme
from app.ui.viewer.camera_control import CameraControl
from app.ui.viewer.live_scene import LiveScene, load_view_library
from app.ui.viewer.opengl_probe import OpenGLVerdict, probe_opengl, refusal
from app.ui.viewer.overlays import AxesMarker, FocusRing, ViewCaption
from app.ui.viewer.still_page import StillPage
from app.ui.viewer.view_cube import ViewCube
from app.ui.viewer.view_keys import VIEW_KEYS, steer

_MARKERS_FROM_HEIGHT = 260  # below, axes and cube would stand on the part


@dataclass(slots=True, eq=False)
class _Wanted:
    """A mesh that is to be shown live; `surface` arrives later."""

    caption: str
    spoken: str
    surface: Surface | None = None


class PartView(QWidget):
    """Shows a mesh, a picture or a sentence.

    The OpenGL widget is made when the first mesh is to be shown and OpenGL was tried elsewhere;
    until then, and for ever where OpenGL does not work, the last picture stays.

    Keys: 0 to 6 standard views, F fit, P projection, E edges, arrows turn, plus and minus zoom.

    Signals:
        live_shown: the mesh is on screen, live.
        live_refused: (sentence: str) there will be pictures only.
    """

    live_shown = Signal()
    live_refused = Signal(str)

    def __init__(
        self, jobs: JobRunner, theme: Theme | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._theme = theme if theme is not None else current_theme()
        self._verdict: OpenGLVerdict | None = None
        self._probe: Job | None = None
        self._preparing: Job | None = None
        self._wanted: _Wanted | None = None
        self._closed = False
        self._scene: LiveScene | None = None
        self._still = StillPage(self._theme, self)
        self._hint = ViewCaption(self._theme, self, ground="viewportTop")
        self._caption = ViewCaption(self._theme, self, ground="viewportBottom")
        self._axes = AxesMarker(self._theme, self)
        self._cube = ViewCube(self._theme, self)
        self._cube.side_chosen.connect(self.look_from)
        self._ring = FocusRing(self._theme, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("View of the part"))
        self._theme.changed.connect(self._retheme)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.aboutToQuit.connect(self.shut)
        self._arrange()

    @property
    def live(self) -> bool:
        """Whether the live view is what is seen."""
        return self._scene is not None and self._scene.widget.isVisibleTo(self)

    @property
    def scene(self) -> LiveScene | None:
        """The OpenGL scene once there is one."""
        return self._scene

    @property
    def waiting(self) -> bool:
        """Whether a mesh is still on its way to the screen."""
        refused = self._verdict is not None and not self._verdict.works
        return self._wanted is not None and not refused and not self._closed

    @property
    def caption(self) -> str:
        return self._caption.text

    @property
    def sentence(self) -> str:
        """What the view says instead of, or above, the part."""
        return self._still.text or self._hint.text

    def show_mesh(
        self,
        vertices: NDArray[np.floating],
        faces: NDArray[np.integer],
        caption: str = "",
        *,
        spoken: str = "",
    ) -> None:
        """Show a mesh live, as soon as that is possible.

        Args:
            vertices: (v, 3) mm.
            faces: (f, 3) indices into `vertices`.
            caption: size, unit, triangles, health; see `caption_of`.
            spoken: what a screen reader says; the caption if empty.
        """
        self._forget_mesh()
        self._wanted = wanted = _Wanted(caption, spoken or caption)

        def prepare(progress: Progress) -> Surface:
            return prepare_surface(vertices, faces, stand_in=True)

        def take(surface: Surface) -> None:
            if self._wanted is wanted:  # not the answer to an older question
                wanted.surface = surface
                self._show_live_if_ready()

        self._preparing = self._jobs.start(prepare, owner=self, done=take)
        self._probe_once()

    def show_picture(self, png: bytes, sentence: str = "", caption: str = "") -> None:
        """Show a picture, such as the cached one while the mesh is being read.

        Raises:
            ValueError: `png` is no picture.
        """
        self._forget_mesh()
        if not self._still.show_picture(png):
            raise ValueError("not a PNG picture")
        self._hint.set_text(sentence)
        self._caption.set_text(caption)
        self.setAccessibleDescription(" ".join(filter(None, (caption, sentence))))
        self._show_still()

    def show_message(self, text: str) -> None:
        """Show a sentence, such as why there is no picture."""
        self._forget_mesh()
        self._still.show_text(text)
        self._hint.set_text("")
        self._caption.set_text("")
        self.setAccessibleDescription(text)
        self._show_still()

    def clear(self) -> None:
        """Show the empty background."""
        self.show_message("")

    def look_from(self, view: StandardView) -> None:
        """Show the part from a standard side (keys 0 to 6)."""
        if self._scene is not None:
            self._scene.look_from(view)

    def fit(self) -> None:
        """Show the whole part (key F)."""
        if self._scene is not None:
            self._scene.fit()

    def toggle_projection(self) -> None:
        """Switch between perspective and parallel projection (key P)."""
        if self._scene is not None:
            self._scene.set_perspective(not self._scene.perspective)
            self._say_how()

    def toggle_edges(self) -> None:
        """Show or hide feature edges (key E)."""
        if self._scene is not None:
            self._scene.set_edges(not self._scene.edges)
            self._say_how()

    def shut(self) -> None:
        """Close the OpenGL widget while its window still exists; from now on only pictures."""
        self._closed = True
        self._forget_mesh()
        if self._scene is not None:
            self._scene.close()
            self._scene.deleteLater()
            self._scene = None

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.shut()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.setVisible(event.reason() != Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.setVisible(False)

    def event(self, event: QEvent) -> bool:
        # Our letters win over the window's shortcuts while the view has the focus.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if self.live and plain and event.key() in VIEW_KEYS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._scene is not None and self.live and steer(self._scene, event.key()):
            self._say_how()
        else:
            super().keyPressEvent(event)

    # inside

    def _probe_once(self) -> None:
        if self._verdict is not None or self._probe is not None:
            return
        platform = QGuiApplication.platformName()

        def probe(progress: Progress) -> OpenGLVerdict:
            verdict = probe_opengl(platform)
            try:
                if verdict.works:
                    load_view_library()
            except ImportError as error:
                return refusal(str(error))
            return verdict

        self._probe = self._jobs.start(probe, owner=self, done=self._take_verdict)

    def _take_verdict(self, verdict: OpenGLVerdict) -> None:
        self._verdict, self._probe = verdict, None
        if not verdict.works:
            self.live_refused.emit(verdict.sentence)
        self._show_live_if_ready()

    def _show_live_if_ready(self) -> None:
        if self._wanted is None or self._closed or self._verdict is None:
            return
        if not self._verdict.works:
            self._describe(self._wanted)
            self._fall_back(self._verdict.sentence)
        elif self._wanted.surface is not None:
            self._describe(self._wanted)
            self._show_live(self._wanted.surface)

    def _describe(self, wanted: _Wanted) -> None:
        self._caption.set_text(wanted.caption)
        self.setAccessibleDescription(wanted.spoken)

    def _fall_back(self, sentence: str) -> None:
        if self._still.has_picture:
            self._hint.set_text(sentence)
        else:
            self._still.show_text(sentence)
        self._show_still()

    def _show_live(self, surface: Surface) -> None:
        self._wanted = self._preparing = None
        if self._scene is None:
            self._scene = LiveScene(self._theme, self)
            self._scene.widget.setFocusProxy(self)
            self._scene.eye_moved.connect(self._turn_axes)
            CameraControl(self._scene)
        self._scene.widget.setGeometry(self.rect())
        self._scene.show_surface(surface)
        self._scene.widget.show()
        self._say_how()
        self._arrange()
        self.live_shown.emit()

    def _show_still(self) -> None:
        if self._scene is not None:
            self._scene.widget.hide()
            self._scene.clear()
        self._arrange()

    def _forget_mesh(self) -> None:
        self._wanted = None
        if self._preparing is not None:
            self._preparing.cancel()
            self._preparing = None

    def _turn_axes(self) -> None:
        if self._scene is not None:
            axes = picture_axes(self._scene.eye)
            self._axes.set_axes(axes)
            self._cube.set_axes(axes)

    def _say_how(self) -> None:
        assert self._scene is not None
        shading = _("Shaded, edges") if self._scene.edges else _("Shaded")
        projection = _("perspective") if self._scene.perspective else _("parallel")
        self._hint.set_text(f"{shading} · {projection}")
        self._arrange()

    def _retheme(self) -> None:
        dressed = (self._still, self._hint, self._caption, self._axes, self._cube, self._ring)
        for part in dressed:
            part.set_theme(self._theme)
        if self._scene is not None:
            self._scene.set_theme(self._theme)
        self._arrange()

    def _arrange(self) -> None:
        """Give every child its place; captions keep off the edges."""
        self._still.setGeometry(self.rect())
        if self._scene is not None:
            self._scene.widget.setGeometry(self.rect())
        margin = self._theme.size("space", "s")
        room = self.width() - 2 * margin
        for caption in (self._hint, self._caption):
            caption.resize(min(caption.sizeHint().width(), room), caption.sizeHint().height())
        self._hint.move(margin, margin)
        self._caption.move(
            self.width() - margin - self._caption.width(),
            self.height() - margin - self._caption.height(),
        )
        self._axes.move(margin, self.height() - margin - self._axes.height())
        self._cube.move(self.width() - margin - self._cube.width(), margin)
        for marker in (self._axes, self._cube):
            marker.setVisible(self.live and self.height() >= _MARKERS_FROM_HEIGHT)
        self._ring.setGeometry(self.rect())
        for overlay in (self._hint, self._caption, self._axes, self._cube, self._ring):
            overlay.raise_()
