"""The board by itself: widths, the way between columns, the place after a reload."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base.errors import StorageError
from app.domain.qualification.qualification import QualificationState
from app.domain.qualification.qualification_list import QualificationFilter
from app.domain.qualification.validity import QualificationStatus
from app.services.qualification.list_qualifications import QualificationPages, list_qualifications
from app.ui.board.board_view import LEAST_WIDTH, MOST_WIDTH, BoardView
from app.ui.board.card_delegate import CARD_HEIGHT, GAP
from app.ui.catalog.part_pictures import PartPictures
from app.ui.context import UiContext
from helpers.stored_qualifications import Shop

TODAY = date(2026, 11, 23)
State, Status = QualificationState, QualificationStatus


class Board:
    """A board over a library, filled again and again."""

    def __init__(self, context: UiContext, settle: Callable[[], None], qtbot: QtBot) -> None:
        self.context, self.settle = context, settle
        pictures = PartPictures(context.jobs)
        self.view = BoardView(context.jobs, context.today, pictures)
        pictures.setParent(self.view)
        qtbot.addWidget(self.view)
        self.view.resize(1300, 700)
        self.view.show()
        qtbot.waitExposed(self.view)

    def source(self, status: Status) -> QualificationPages:
        wanted = QualificationFilter(status=status)
        library = self.context.services.library
        return list_qualifications(library, wanted, who=self.context.user, today=TODAY)

    def fill(self) -> None:
        self.view.list_cards(self.source)
        self.settle()
        self.count()

    def count(self) -> None:
        self.view.show_counts(
            {column.status: len(column.model.ids) for column in self.view.columns}
        )
        QApplication.processEvents()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view.current.cards, key)

    @property
    def here(self) -> tuple[str, int]:
        return self.view.current.status.value, self.view.current.cards.row


@pytest.fixture
def board(context: UiContext, settle: Callable[[], None], qtbot: QtBot) -> Board:
    return Board(context, settle, qtbot)


def test_columns_with_cards_share_the_width(board: Board) -> None:
    widths = [(0, 0), (1, MOST_WIDTH), (4, None), (7, None)]
    for filled, expected in widths:
        counts = dict.fromkeys(list(Status)[:filled], 3)
        board.view.show_counts(counts)
        QApplication.processEvents()
        wide = {column.width() for column in board.view.columns if column.count}
        assert len(wide) == min(filled, 1)
        for column in board.view.columns:
            if not column.count:
                assert column.width() == column.least_width
        if expected:
            assert wide == {expected}
        assert all(LEAST_WIDTH <= width <= MOST_WIDTH for width in wide)


def test_a_narrow_board_scrolls_sideways_to_the_column_with_the_focus(
    board: Board, context: UiContext
) -> None:
    shop = Shop(context.services.library)
    for state in State:
        shop.add_part(f"A-{state}", state)
    board.view.resize(500, 600)
    board.fill()
    bar = board.view.horizontalScrollBar()
    assert bar.maximum() > 0
    board.view.choose_something()
    board.view.current.cards.setFocus()
    for _column in State:
        board.press(Qt.Key.Key_Right)
    QApplication.processEvents()
    assert board.here == ("blocked", 0)
    assert bar.value() > 0
    corner = board.view.current.mapTo(board.view, QPoint(0, 0))
    assert 0 <= corner.x() <= board.view.width() - board.view.current.width()


def test_the_neighbour_is_taken_at_the_same_height(board: Board, context: UiContext) -> None:
    shop = Shop(context.services.library)
    for number in range(5):
        shop.add_part(f"D-{number}")
    for number in range(3):
        shop.add_part(f"B-{number}", State.BLOCKED)
    board.fill()
    board.view.choose_something()
    board.view.step(1)
    board.press(Qt.Key.Key_Right)
    assert board.here == ("blocked", 1)  # over the empty columns between them
    board.press(Qt.Key.Key_Right)
    assert board.here == ("blocked", 1)  # there is none beside it
    board.press(Qt.Key.Key_Left)
    board.view.step(3)
    board.press(Qt.Key.Key_Right)
    assert board.here == ("blocked", 2)


def test_the_place_is_kept_over_a_reload(board: Board, context: UiContext) -> None:
    shop = Shop(context.services.library)
    stored = [shop.add_part(f"D-{number:02}") for number in range(40)]
    board.fill()
    assert board.view.choose_id(stored[30])
    cards = board.view.current.cards
    scrolled = cards.verticalScrollBar().value()
    assert scrolled > 0
    shop.add_part("D-99")
    loaded = QSignalSpy(board.view.loaded)
    board.view.reload()
    board.settle()
    assert loaded.count() == 1
    assert cards.current_id == stored[30]
    assert cards.verticalScrollBar().value() == scrolled
    assert len(board.view.current.model.ids) == 41


def test_a_card_is_found_wherever_it_stands(board: Board, context: UiContext) -> None:
    shop = Shop(context.services.library)
    draft, blocked = shop.add_part("D-1"), shop.add_part("B-1", State.BLOCKED)
    board.fill()
    assert board.view.choose_id(blocked)
    line = board.view.line
    assert line is not None and (line.number, board.here) == ("B-1", ("blocked", 0))
    assert board.view.choose_id(draft)
    assert not board.view.choose_id(999)
    chosen = [column for column in board.view.columns if column.cards.current_id]
    assert [column.status for column in chosen] == [Status.DRAFT]


def test_tab_reaches_one_column_alone(board: Board, context: UiContext) -> None:
    shop = Shop(context.services.library)
    shop.add_part("D-1")
    shop.add_part("B-1", State.BLOCKED)
    board.fill()
    board.view.choose_something()
    by_tab = [
        column.status
        for column in board.view.columns
        if column.cards.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    ]
    assert by_tab == [Status.DRAFT]


def test_an_empty_board_has_no_choice(board: Board) -> None:
    board.fill()
    board.view.choose_something()
    assert board.view.line is None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Return):
        board.press(key)
    assert board.view.line is None


def test_trouble_in_a_column_is_told_and_not_called_loaded(
    board: Board, context: UiContext
) -> None:
    class Broken:
        def first_rows(self, limit: int) -> list[object]:
            raise StorageError("The disk does not answer.")

    failed, loaded = QSignalSpy(board.view.load_failed), QSignalSpy(board.view.loaded)
    board.view.list_cards(
        lambda status: Broken() if status is Status.BLOCKED else board.source(status)  # type: ignore[return-value]  # fails before more is asked
    )
    board.settle()
    assert (failed.count(), loaded.count()) == (1, 0)


@pytest.mark.usefixtures("dressed")
def test_cards_are_equally_wide_with_and_without_a_scroll_bar(
    board: Board, context: UiContext
) -> None:
    shop = Shop(context.services.library)
    for number in range(30):
        shop.add_part(f"D-{number}")
    shop.add_part("B-1", State.BLOCKED)
    board.fill()
    long, short = board.view.columns[0].cards, board.view.columns[-1].cards
    assert long.verticalScrollBar().isVisible() and not short.verticalScrollBar().isVisible()
    assert long.rowHeight(0) == CARD_HEIGHT + GAP
    theme = context.theme

    def right_edge(cards: object) -> int:
        picture = board.view.columns[0 if cards is long else -1].grab().toImage()
        ratio = picture.devicePixelRatio()
        row = round((board.view.columns[0].height() - long.height() + 60) * ratio)
        window = theme.color("window").rgb()
        return max(x for x in range(picture.width()) if picture.pixel(x, row) == window)

    board.view.choose_id(31)
    short.leave()
    assert abs(right_edge(long) - right_edge(short)) <= 3


@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
def test_cards_arrive_from_threads(board: Board, context: UiContext, qtbot: QtBot) -> None:
    shop = Shop(context.services.library)
    for number in range(300):
        shop.add_part(f"D-{number:03}")
    with qtbot.waitSignal(board.view.loaded, timeout=20_000):
        board.view.list_cards(board.source)
    board.settle()
    board.count()
    column = board.view.columns[0]
    assert (column.count, len(column.model.ids)) == (300, 300)
    column.cards.choose_row(299)
    qtbot.waitUntil(lambda: column.cards.line is not None, timeout=20_000)
    assert column.cards.line is not None and column.cards.line.number == "D-299"
