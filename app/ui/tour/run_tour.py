"""Plays the tour in the window: three people bring a part from its file to a certificate."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from app.base.i18n import _, language
from app.base.settings import Settings, save_settings
from app.ui.start import start_application
from app.ui.tour.deliver_part import deliver_part
from app.ui.tour.desk import Desk
from app.ui.tour.log import tour_log
from app.ui.tour.look_round import look_round
from app.ui.tour.pictures import Album
from app.ui.tour.player import Player, Step
from app.ui.tour.prove_part import prove_part
from app.ui.tour.stall_meter import StallMeter


def play_window_tour(folder: Path, size: tuple[int, int], *, virtual: bool) -> None:
    """Play the tour; what it makes is in `folder`.

    Settings, key and library of the user are left alone: the tour has its own, in the folder.

    Args:
        folder: exists and is free.
        size: of the window in logical pixels.
        virtual: the display is one of our own.

    Raises:
        AppError: a step did not lead where it should.
    """
    with _home_in(folder):
        settings = Settings(language=language(), theme="light")
        save_settings(settings)
        app = start_application(settings)
        app.setQuitOnLastWindowClosed(False)
        app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        try:
            _play(app, settings, folder, QSize(*size), virtual)
        finally:
            app.shutdown()  # before its display goes


@contextmanager
def _home_in(folder: Path) -> Iterator[None]:
    """Let settings, state and library of this time live in the folder."""
    before = os.environ.get("EVERSPARE_HOME")
    os.environ["EVERSPARE_HOME"] = str(folder / "home")
    try:
        yield
    finally:
        if before is None:
            del os.environ["EVERSPARE_HOME"]
        else:
            os.environ["EVERSPARE_HOME"] = before


def _play(app: QApplication, settings: Settings, folder: Path, size: QSize, virtual: bool) -> None:
    meter, album = StallMeter(), Album(folder)
    desk = Desk(settings, folder, size, album, meter)
    player = Player(meter, desk.quiet, desk.take_picture)
    desk.on_crash = player.fail
    player.ended.connect(app.quit, Qt.ConnectionType.QueuedConnection)
    player.told.connect(lambda line: sys.stdout.write(line + "\n"))
    with _crashes_end(player):
        meter.start()
        player.play(_script(desk))
        app.exec()
        meter.stop()
    if player.failure is not None and desk.is_open:
        desk.take_picture("where-it-stopped", False)
    desk.leave()
    album.close()
    log = tour_log(player.played, meter.stalls, album.names, _place(size, virtual))
    (folder / "tour.txt").write_text(log, encoding="utf-8")
    if player.failure is not None:
        raise player.failure


def _place(size: QSize, virtual: bool) -> str:
    """Say in words where the window was shown, for the log."""
    words = (
        _("a virtual display, {width} × {height} pixels")
        if virtual
        else _("the display of this computer, {width} × {height} pixels")
    )
    return words.format(width=size.width(), height=size.height())


def _script(desk: Desk) -> Iterator[Step]:
    yield from look_round(desk)
    yield from prove_part(desk)
    yield from deliver_part(desk)
    yield Step(_("Close the window"), desk.leave)


@contextmanager
def _crashes_end(player: Player) -> Iterator[None]:
    """Let an exception that reaches the event loop end the tour instead of asking somebody."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        player.fail(error)

    before, sys.excepthook = sys.excepthook, hook
    try:
        yield
    finally:
        sys.excepthook = before
