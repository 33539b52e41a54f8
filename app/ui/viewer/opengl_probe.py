"""Does OpenGL work here? Tried in a child process, because a broken driver can end the one asking.

The verdict holds for the session; `EVERSPARE_3D=pictures` refuses without trying.
"""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.connection import Connection

from app.base.i18n import _

_PATIENCE_S = 20.0
_CHECK_PX = 8
_TRIED = "ok"


@dataclass(frozen=True, slots=True)
class OpenGLVerdict:
    """Whether the live view can be shown.

    Attributes:
        sentence: why not, fit to show; "" if it can.
        detail: what the driver or the attempt said, for the system information.
    """

    works: bool
    sentence: str = ""
    detail: str = ""


def probe_opengl(platform: str) -> OpenGLVerdict:
    """Return this session's verdict; the first call takes up to some seconds, so ask in a job.

    Args:
        platform: Qt's platform name, such as "xcb".
    """
    if os.environ.get("EVERSPARE_3D") == "pictures":
        return OpenGLVerdict(
            False,
            _("The 3D view is switched off (EVERSPARE_3D=pictures); parts are shown as pictures."),
        )
    return _tried(platform)


@lru_cache
def _tried(platform: str) -> OpenGLVerdict:
    if platform in ("offscreen", "minimal", "vnc", "linuxfb"):
        return refusal(f"platform {platform}")
    answer = ask_child()
    return OpenGLVerdict(True, detail=answer[3:]) if answer.startswith(_TRIED) else refusal(answer)


def refusal(detail: str) -> OpenGLVerdict:
    """Return that there will be pictures, and why."""
    return OpenGLVerdict(
        False,
        _("This display has no working OpenGL 3.2, so parts are shown as pictures."),
        detail,
    )


def ask_child() -> str:
    """Draw something in a child process; return "ok …" with the driver's name, or what failed."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=try_opengl, args=(sender,), daemon=True)
    try:
        child.start()
    except OSError as error:
        receiver.close()
        return f"not tried: {error.strerror or error}"
    finally:
        sender.close()
    try:
        if not receiver.poll(_PATIENCE_S):
            return "no answer in time"
        return str(receiver.recv())
    except EOFError:
        child.join(_PATIENCE_S)
        return f"ended with {child.exitcode}"
    finally:
        receiver.close()
        if child.is_alive():
            child.join(1.0)
        if child.is_alive():
            child.kill()
            child.join()


def try_opengl(answer: Connection) -> None:
    """In the child: make a context as the 3D view does, draw with it and read back."""
    from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext
    from PySide6.QtOpenGL import QOpenGLFramebufferObject

    from app.ui.viewer.opengl_format import prepare_opengl

    prepare_opengl()
    application = QGuiApplication([])
    context, surface = QOpenGLContext(), QOffscreenSurface()
    surface.create()
    if not (context.create() and context.makeCurrent(surface)):
        answer.send("no context")
        return
    version = context.format().version()
    if version < (3, 2):
        answer.send(f"only OpenGL {version[0]}.{version[1]}")
        return
    target = QOpenGLFramebufferObject(_CHECK_PX, _CHECK_PX)
    target.bind()
    functions = context.functions()
    functions.glClearColor(0.0, 1.0, 0.0, 1.0)
    functions.glClear(0x00004000)  # GL_COLOR_BUFFER_BIT
    drawn = target.toImage().pixelColor(0, 0).name()
    driver = str(functions.glGetString(0x1F01))  # GL_RENDERER
    target.release()
    context.doneCurrent()
    answer.send(f"{_TRIED} {driver}" if drawn == "#00ff00" else f"drew {drawn}: {driver}")
    del application
