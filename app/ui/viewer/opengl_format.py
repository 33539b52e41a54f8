"""What must be settled about OpenGL before the first window exists."""

from __future__ import annotations

from PySide6.QtGui import QSurface, QSurfaceFormat
from PySide6.QtWidgets import QWidget


def prepare_opengl() -> None:
    """Ask for the OpenGL that VTK needs; call it before the application object is made.

    A format set later makes the context of the 3D view incompatible with its window.
    """
    wanted = QSurfaceFormat()
    wanted.setRenderableType(QSurfaceFormat.RenderableType.OpenGL)  # not OpenGL ES
    wanted.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    wanted.setVersion(3, 2)
    wanted.setSwapBehavior(QSurfaceFormat.SwapBehavior.DoubleBuffer)
    wanted.setDepthBufferSize(8)
    wanted.setAlphaBufferSize(8)
    wanted.setStencilBufferSize(0)
    wanted.setSamples(0)  # smoothing happens in VTK's own buffers and only at rest
    QSurfaceFormat.setDefaultFormat(wanted)


def prepare_window(window: QWidget) -> None:
    """Make a top-level window able to hold a 3D view later; call it before the first show.

    Without this Qt destroys and recreates the native window when the view arrives: it flashes and
    loses its place.
    """
    window.winId()  # makes the native window, which `windowHandle` then returns
    handle = window.windowHandle()
    if handle is not None:
        handle.setSurfaceType(QSurface.SurfaceType.OpenGLSurface)
