"""The view of a part: live, as a picture, as a sentence; keys, mouse, theme, closing."""

import gc
import weakref
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.preview.camera import StandardView
from app.preview.palette import PictureTheme
from app.preview.surface import STAND_IN_ABOVE
from app.preview.thumbnail import render_picture, render_thumbnail, surface_for_pictures
from app.ui.jobs import JobRunner
from app.ui.theme import Theme, current_theme
from app.ui.viewer.part_view import PartView
from helpers.boxes import box_mesh

_VERTICES, _FACES = box_mesh(40.0, 25.0, 15.0)
_CAPTION = "40.0 × 25.0 × 15.0 mm · unit mm · 12 triangles · mesh healthy"


@pytest.fixture
def view(qtbot: QtBot, jobs: JobRunner) -> Iterator[PartView]:
    view = PartView(jobs)
    qtbot.addWidget(view)
    view.resize(480, 400)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.shut()


@pytest.fixture
def live(view: PartView, qtbot: QtBot) -> PartView:
    """The view with a box in it, live."""
    with qtbot.waitSignal(view.live_shown, timeout=60_000):
        view.show_mesh(_VERTICES, _FACES, _CAPTION)
    return view


def _image(view: PartView) -> np.ndarray:
    """What is on screen, (height, width, 3) from 0 to 255."""
    QApplication.processEvents()
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)


def _part_mask(view: PartView) -> np.ndarray:
    """Where the middle of the picture is not background: a column far left tells what that is."""
    image = _image(view)[40:-40]
    mask = np.abs(image - image[:, 40:41]).max(axis=2)[:, 60:-60] > 14
    mask[:60, -40:] = False  # there is the cube
    return mask


def test_mesh_is_shown_live_with_its_caption(live: PartView) -> None:
    assert live.live
    assert live.caption == _CAPTION
    assert live.accessibleDescription() == _CAPTION
    mask = _part_mask(live)
    assert 0.2 < mask.mean() < 0.8


def test_clear_takes_the_part_away(live: PartView) -> None:
    live.clear()
    assert not live.live
    assert live.caption == ""
    assert not _part_mask(live).any()


def test_another_mesh_replaces_the_first(live: PartView, qtbot: QtBot) -> None:
    before = _part_mask(live).mean()
    with qtbot.waitSignal(live.live_shown, timeout=60_000):
        live.show_mesh(_VERTICES * (1.0, 0.02, 0.02), _FACES, "rod")
    assert live.caption == "rod"
    assert _part_mask(live).mean() < before / 3


def test_only_the_last_of_several_meshes_arrives(
    view: PartView, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    shown: list[str] = []
    view.live_shown.connect(lambda: shown.append(view.caption))
    for name in ("first", "second", "third"):
        view.show_mesh(_VERTICES, _FACES, name)
    qtbot.waitUntil(lambda: bool(shown), timeout=60_000)
    settle()
    assert shown == ["third"]


def test_message_while_preparing_cancels_the_mesh(
    view: PartView, settle: Callable[[], None]
) -> None:
    view.show_mesh(_VERTICES, _FACES, _CAPTION)
    view.show_message("This part has no geometry.")
    settle()
    assert not view.live
    assert view.sentence == "This part has no geometry."
    assert view.accessibleDescription() == "This part has no geometry."


def test_picture_stays_until_the_mesh_is_live(
    view: PartView, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    png = render_thumbnail(_VERTICES, _FACES, size_px=200, theme=PictureTheme.LIGHT)
    view.show_picture(png, "Picture from the cache", "40.0 × 25.0 × 15.0 mm")
    assert _part_mask(view).mean() > 0.1
    assert view.sentence == "Picture from the cache"
    with qtbot.waitSignal(view.live_shown, timeout=60_000):
        view.show_mesh(_VERTICES, _FACES, _CAPTION)
        assert view.caption == "40.0 × 25.0 × 15.0 mm"
    assert view.caption == _CAPTION


def test_the_part_does_not_jump_when_it_becomes_live(view: PartView, qtbot: QtBot) -> None:
    surface = surface_for_pictures(_VERTICES, _FACES)
    png = render_picture(surface, width_px=720, height_px=480, theme=PictureTheme.LIGHT)
    view.show_picture(png)
    columns, rows = (np.flatnonzero(_part_mask(view).any(axis=axis)) for axis in (0, 1))
    with qtbot.waitSignal(view.live_shown, timeout=60_000):
        view.show_mesh(_VERTICES, _FACES)
    live_columns, live_rows = (np.flatnonzero(_part_mask(view).any(axis=axis)) for axis in (0, 1))
    assert np.ptp(columns) == pytest.approx(np.ptp(live_columns), rel=0.12)
    assert np.ptp(rows) == pytest.approx(np.ptp(live_rows), rel=0.12)
    assert columns.mean() == pytest.approx(live_columns.mean(), abs=12)


def test_bytes_that_are_no_picture_are_our_bug(view: PartView) -> None:
    with pytest.raises(ValueError, match="PNG"):
        view.show_picture(b"no picture")


@pytest.mark.parametrize(
    ("key", "towards"),
    [
        (Qt.Key.Key_1, (0, 0, 1)), (Qt.Key.Key_2, (0, 0, -1)), (Qt.Key.Key_3, (0, -1, 0)),
        (Qt.Key.Key_4, (0, 1, 0)), (Qt.Key.Key_5, (-1, 0, 0)), (Qt.Key.Key_6, (1, 0, 0)),
    ],
)  # fmt: skip
def test_number_keys_show_the_standard_views(
    live: PartView, key: Qt.Key, towards: tuple[int, int, int]
) -> None:
    QTest.keyClick(live, key)
    eye = live.scene.eye
    direction = np.subtract(eye.position, eye.target)
    assert direction / np.linalg.norm(direction) == pytest.approx(towards, abs=1e-9)
    QTest.keyClick(live, Qt.Key.Key_0)
    assert live.scene.eye.up[2] > 0.5


def test_fit_keeps_the_direction_and_brings_the_part_back(live: PartView) -> None:
    start = live.scene.eye
    for _ in range(9):
        QTest.keyClick(live, Qt.Key.Key_Plus)
    assert live.scene.eye.half_height_mm < start.half_height_mm / 5
    QTest.keyClick(live, Qt.Key.Key_F)
    assert live.scene.eye.half_height_mm == pytest.approx(start.half_height_mm)
    assert live.scene.eye.position == pytest.approx(start.position)


def test_projection_and_edges_toggle_and_are_told(live: PartView) -> None:
    live.scene._come_to_rest()
    with_edges = _image(live)
    QTest.keyClick(live, Qt.Key.Key_E)
    assert not live.scene.edges
    assert (_image(live) != with_edges).any()
    QTest.keyClick(live, Qt.Key.Key_P)
    assert not live.scene.perspective
    assert live.sentence == "Shaded · parallel"
    QTest.keyClick(live, Qt.Key.Key_P)
    QTest.keyClick(live, Qt.Key.Key_E)
    assert live.sentence == "Shaded, edges · perspective"
    assert np.abs(_image(live) - with_edges).max() <= 2


def test_our_letters_win_over_shortcuts_only_while_live(live: PartView) -> None:
    def asked() -> bool:
        event = QKeyEvent(
            QEvent.Type.ShortcutOverride, Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier
        )
        event.ignore()
        QApplication.sendEvent(live, event)
        return event.isAccepted()

    assert asked()
    live.clear()
    assert not asked()


def test_the_cube_turns_the_part(live: PartView) -> None:
    cube = live._cube
    assert cube.isVisible()
    QTest.mouseClick(
        cube,
        Qt.MouseButton.LeftButton,
        pos=cube.shown_faces()[StandardView.LEFT].boundingRect().center().toPoint(),
    )
    direction = np.subtract(live.scene.eye.position, live.scene.eye.target)
    assert direction / np.linalg.norm(direction) == pytest.approx((-1, 0, 0), abs=1e-9)
    assert set(cube.shown_faces()) == {StandardView.LEFT}


def test_a_small_view_keeps_its_corners_free(live: PartView) -> None:
    live.resize(340, 200)
    assert not live._cube.isVisible()
    assert not live._axes.isVisible()


def test_dragging_turns_about_the_point_under_the_cursor(live: PartView) -> None:
    widget, scene = live.scene.widget, live.scene
    before = scene.eye
    start = QPoint(widget.width() // 2 + 30, widget.height() // 2)
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    _move(widget, start + QPoint(40, 25), Qt.MouseButton.LeftButton)
    assert scene.moving
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 25))
    assert scene.eye.position != before.position
    assert scene.eye.half_height_mm == before.half_height_mm
    assert scene.eye.position[2] > before.position[2]  # pulled down: more is seen from above


def test_view_comes_to_rest_by_itself(live: PartView, qtbot: QtBot) -> None:
    QTest.keyClick(live, Qt.Key.Key_Left)
    assert live.scene.moving
    qtbot.waitUntil(lambda: not live.scene.moving, timeout=5_000)


def test_right_button_shifts_without_turning(live: PartView) -> None:
    widget, before = live.scene.widget, live.scene.eye
    middle = QPoint(widget.width() // 2, widget.height() // 2)
    QTest.mousePress(widget, Qt.MouseButton.RightButton, pos=middle)
    _move(widget, middle + QPoint(50, 0), Qt.MouseButton.RightButton)
    QTest.mouseRelease(widget, Qt.MouseButton.RightButton, pos=middle)
    moved = np.subtract(live.scene.eye.position, before.position)
    assert np.subtract(live.scene.eye.target, before.target) == pytest.approx(moved)
    assert np.linalg.norm(moved) > 1.0
    mask = _part_mask(live)
    assert mask[:, mask.shape[1] // 2 :].sum() > mask[:, : mask.shape[1] // 2].sum()


def _move(widget: object, to: QPoint, button: Qt.MouseButton) -> None:
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(to), QPointF(to), button, button,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_wheel_zooms_and_stops_before_it_is_absurd(live: PartView) -> None:
    widget = live.scene.widget
    before = live.scene.eye.half_height_mm

    def turn(notches: int) -> None:
        place = QPointF(widget.width() / 2, widget.height() / 2)
        QApplication.sendEvent(
            widget,
            QWheelEvent(
                place, place, QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip

    turn(2)
    assert live.scene.eye.half_height_mm == pytest.approx(before / 1.15**2)
    for _ in range(80):
        turn(-4)
    assert before < live.scene.eye.half_height_mm < 50 * before


def test_vtk_gets_no_keys(live: PartView) -> None:
    QTest.keyClick(live.scene.widget, Qt.Key.Key_Q)  # VTK would quit
    QTest.keyClick(live.scene.widget, Qt.Key.Key_W)  # VTK would draw wires
    assert live.live
    assert _part_mask(live).mean() > 0.2


def test_colours_follow_the_theme(live: PartView, theme: Theme) -> None:
    image = _image(live)
    wanted = theme.color("viewportTop")
    assert np.abs(image[3, 300] - wanted.getRgb()[:3]).max() <= 4
    live.clear()
    assert np.abs(_image(live)[3, 300] - wanted.getRgb()[:3]).max() <= 4


def test_large_mesh_is_drawn_roughly_only_while_moving(
    view: PartView, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    count = STAND_IN_ABOVE // 2 + 1
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    ring = np.stack((np.cos(angles) * 20, np.sin(angles) * 20, np.zeros(count)), axis=1)
    here = np.arange(count)
    there = (here + 1) % count
    faces = np.vstack(
        (
            np.stack((here, there, there + count), 1),
            np.stack((here, there + count, here + count), 1),
        )
    )
    with qtbot.waitSignal(view.live_shown, timeout=60_000):
        view.show_mesh(np.vstack((ring, ring + np.array((0, 0, 9)))), faces, "ring")
    parts = view.scene._actors
    assert (parts.part.GetVisibility(), parts.stand_in.GetVisibility()) == (1, 0)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert (parts.part.GetVisibility(), parts.stand_in.GetVisibility()) == (0, 1)
    qtbot.waitUntil(lambda: bool(parts.part.GetVisibility()), timeout=5_000)
    settle()


def test_pictures_are_forced_by_the_environment(
    view: PartView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVERSPARE_3D", "pictures")
    with qtbot.waitSignal(view.live_refused, timeout=20_000) as refused:
        view.show_mesh(_VERTICES, _FACES, _CAPTION)
    assert not view.live
    assert view.sentence == refused.args[0]
    assert "EVERSPARE_3D" in view.sentence
    assert view.caption == _CAPTION
    png = render_thumbnail(_VERTICES, _FACES, size_px=200, theme=PictureTheme.LIGHT)
    view.show_picture(png, "Picture", _CAPTION)
    view.show_mesh(_VERTICES, _FACES, _CAPTION)
    QApplication.processEvents()
    assert not view.live
    assert _part_mask(view).mean() > 0.1


def test_a_view_library_that_cannot_be_loaded_leaves_pictures_and_a_sentence(
    view: PartView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ImportError("libGL.so.1: cannot open shared object file")

    monkeypatch.setattr("app.ui.viewer.part_view.load_view_library", missing)
    with qtbot.waitSignal(view.live_refused, timeout=20_000) as refused:
        view.show_mesh(_VERTICES, _FACES, _CAPTION)
    assert "pictures" in refused.args[0]
    assert view.sentence == refused.args[0]
    assert not view.live


def test_keys_do_nothing_where_there_are_only_pictures(view: PartView) -> None:
    view.show_message("Nothing here.")
    for key in (Qt.Key.Key_1, Qt.Key.Key_F, Qt.Key.Key_P, Qt.Key.Key_E):
        QTest.keyClick(view, key)
    view.fit()
    view.toggle_edges()
    view.toggle_projection()
    assert view.sentence == "Nothing here."


@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
def test_with_threads_too(live: PartView) -> None:
    assert _part_mask(live).mean() > 0.2


def test_opened_and_closed_many_times_leaves_no_vtk_object(
    qtbot: QtBot, jobs: JobRunner, settle: Callable[[], None]
) -> None:
    left: list[weakref.ref[object]] = []
    for _ in range(6):
        view = PartView(jobs)
        view.resize(300, 240)
        view.show()
        with qtbot.waitSignal(view.live_shown, timeout=60_000):
            view.show_mesh(_VERTICES, _FACES, _CAPTION)
        QApplication.processEvents()
        scene = view.scene
        left += [
            weakref.ref(scene._window),
            weakref.ref(scene._renderer),
            weakref.ref(scene.widget),
        ]
        left += [weakref.ref(actor) for actor in scene._actors.all()]
        del scene
        view.close()
        view.deleteLater()
        del view
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    gc.collect()
    assert [kept() for kept in left if kept() is not None] == []


def test_view_that_is_deleted_unclosed_takes_its_jobs_along(
    qtbot: QtBot, jobs: JobRunner, settle: Callable[[], None]
) -> None:
    view = PartView(jobs)
    view.show_mesh(_VERTICES, _FACES, _CAPTION)
    view.deleteLater()
    del view
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    current_theme().changed.emit()  # reaches nobody who is gone
    assert not jobs.active


def test_shut_view_still_shows_sentences(live: PartView, settle: Callable[[], None]) -> None:
    live.shut()
    live.show_mesh(_VERTICES, _FACES, _CAPTION)
    settle()
    assert not live.live
    live.show_message("Closed.")
    assert live.sentence == "Closed."
