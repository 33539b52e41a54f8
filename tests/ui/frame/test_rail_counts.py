"""The counts of the rail follow the library."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.domain.lifecycle.flag import Answer, Flag
from app.ui.context import UiContext
from app.ui.frame.rail import Rail
from app.ui.frame.rail_counts import RailCounts
from app.ui.places import PAGES, PARTS, WORKLIST
from helpers.builders import parts


def _said(rail: Rail, page: str) -> str:
    model = rail.findChild(QListView).model()
    place = [spec.key for spec in PAGES].index(page)
    return str(model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_counts_follow_changes(
    context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    rail = Rail(PAGES)
    qtbot.addWidget(rail)
    counts = RailCounts(rail)
    counts.attach(context)
    settle()
    assert _said(rail, PARTS) == "Parts, 0"
    with context.services.library.writing(who="Anna", act="seed") as write:
        ids = write.insert(parts(3))
        flag = Flag(
            part_id=ids[0],
            answer=Answer.YES,
            assessed_for=context.today(),
            horizon_months=24,
        )
        write.replace_derived(Flag, [flag], key="part_id")
    context.bus.publish(Changes.everything_of("part", "flag"))
    qtbot.waitUntil(lambda: _said(rail, PARTS) == "Parts, 3", timeout=5000)
    settle()
    assert _said(rail, WORKLIST) == "Worklist, 1"
