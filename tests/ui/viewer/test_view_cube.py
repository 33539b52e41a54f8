"""The cube in the corner: which sides it shows, and what a click chooses."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.preview.camera import StandardView, view_axes
from app.ui.theme import Theme, current_theme
from app.ui.viewer.view_cube import ViewCube, view_name


@pytest.fixture
def cube(qtbot: QtBot) -> Iterator[ViewCube]:
    parent = QWidget()
    qtbot.addWidget(parent)
    cube = ViewCube(current_theme(), parent)
    parent.show()
    yield cube


def _middle(cube: ViewCube, view: StandardView) -> QPoint:
    return cube.shown_faces()[view].boundingRect().center().toPoint()


def test_oblique_view_shows_front_left_and_top(cube: ViewCube) -> None:
    cube.set_axes(view_axes(StandardView.OBLIQUE))
    shown = cube.shown_faces()
    assert set(shown) == {StandardView.FRONT, StandardView.LEFT, StandardView.TOP}
    front, left, top = (
        shown[view].boundingRect().center()
        for view in (StandardView.FRONT, StandardView.LEFT, StandardView.TOP)
    )
    assert left.x() < front.x()
    assert top.y() < min(front.y(), left.y())


@pytest.mark.parametrize("view", [view for view in StandardView if view])
def test_a_standard_view_shows_its_face_alone_and_square(
    cube: ViewCube, view: StandardView
) -> None:
    cube.set_axes(view_axes(view))
    [(shown, outline)] = cube.shown_faces().items()
    assert shown is view
    place = outline.boundingRect()
    assert place.width() == pytest.approx(place.height())
    assert outline.first().x() < place.center().x()  # names are not mirrored
    assert outline.first().y() < place.center().y()  # nor upside down


def test_corners_stay_inside(cube: ViewCube) -> None:
    for view in StandardView:
        cube.set_axes(view_axes(view))
        for outline in cube.shown_faces().values():
            assert cube.rect().toRectF().contains(outline.boundingRect())


def test_click_chooses_the_face(cube: ViewCube, qtbot: QtBot) -> None:
    with qtbot.waitSignal(cube.side_chosen) as chosen:
        QTest.mouseClick(cube, Qt.MouseButton.LeftButton, pos=_middle(cube, StandardView.TOP))
    assert chosen.args == [StandardView.TOP]


def test_click_beside_the_cube_or_with_another_button_does_nothing(
    cube: ViewCube, qtbot: QtBot
) -> None:
    assert cube.face_at(QPointF(1, 1)) is None
    with qtbot.assertNotEmitted(cube.side_chosen):
        QTest.mouseClick(cube, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
        QTest.mouseClick(cube, Qt.MouseButton.RightButton, pos=_middle(cube, StandardView.TOP))


def _move(cube: ViewCube, place: QPointF) -> None:
    # Not QTest: the real cursor of the display may be anywhere and leave the cube again.
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(cube, event)


def test_face_under_the_cursor_is_marked(cube: ViewCube, theme: Theme) -> None:
    cube.set_theme(theme)
    outline = cube.shown_faces()[StandardView.FRONT]
    place = (outline.boundingRect().center() + outline.at(1)) / 2  # beside the name
    _move(cube, QPointF(1, 1))
    assert cube.grab().toImage().pixelColor(place.toPoint()) == theme.color("panel")
    assert cube.cursor().shape() == Qt.CursorShape.ArrowCursor
    _move(cube, outline.boundingRect().center())
    assert cube.grab().toImage().pixelColor(place.toPoint()) == theme.color("selected")
    assert cube.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QApplication.sendEvent(cube, QEvent(QEvent.Type.Leave))
    assert cube.grab().toImage().pixelColor(place.toPoint()) == theme.color("panel")


def test_every_side_has_a_name() -> None:
    assert len({view_name(view) for view in StandardView}) == 7
