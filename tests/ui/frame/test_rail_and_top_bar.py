"""Rail and top bar: pages, counts, the path, the switch of colours."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.actions import Actions
from app.ui.frame.rail import Rail
from app.ui.frame.top_bar import TopBar, show_theme
from app.ui.places import PageSpec
from app.ui.theme import Theme, current_theme
from app.ui.widgets.labels import RoleLabel

ENTRIES = (
    PageSpec("parts", lambda: "Parts", lambda: "&Parts", "", "box"),
    PageSpec("worklist", lambda: "Worklist", lambda: "&Worklist", "", "list-numbers"),
)


def test_the_user_chooses_a_page_by_key_and_the_program_without_telling(qtbot: QtBot) -> None:
    rail = Rail(ENTRIES)
    qtbot.addWidget(rail)
    rail.show()
    chosen: list[str] = []
    rail.page_chosen.connect(chosen.append)
    rail.show_page("parts")
    assert chosen == []
    QTest.keyClick(rail._list, Qt.Key.Key_Down)
    assert chosen == ["worklist"]


def test_an_entry_speaks_its_count(qtbot: QtBot) -> None:
    rail = Rail(ENTRIES)
    qtbot.addWidget(rail)
    rail.show_count("parts", 4812)
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [rail._model.data(rail._model.index(row), role) for row in range(2)]
    assert spoken == ["Parts, 4,812", "Worklist"]


def test_the_rail_is_drawn_in_both_themes(qtbot: QtBot, theme: Theme) -> None:
    rail = Rail(ENTRIES)
    qtbot.addWidget(rail)
    rail.resize(208, 600)
    rail.show_page("parts")
    rail.show_user("Marit Brandt")
    picture = rail.grab().toImage()
    colours = {picture.pixelColor(x, 24).name() for x in range(picture.width())}
    assert theme.color("selected").name() in colours
    assert theme.color("accent").name() in colours


def test_earlier_steps_of_the_path_can_be_clicked(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    bar = TopBar(Actions(owner), QAction("Theme"), owner)
    went: list[int] = []
    bar.crumb_chosen.connect(went.append)
    bar.show_path(("Parts", "ST-1002"))
    [link] = [button for button in bar.findChildren(QPushButton) if button.text()]
    assert link.text() == "Parts"
    link.click()
    assert went == [0]
    assert "ST-1002" in [label.text() for label in bar.findChildren(RoleLabel)]
    assert bar.accessibleName() == "Place: Parts, ST-1002"
    bar.show_path(("Worklist",))
    assert bar.accessibleName() == "Place: Worklist"


def test_the_switch_says_what_it_leads_to(qtbot: QtBot) -> None:
    toggle = QAction()
    for mode, text in (("light", "Dark colours"), ("dark", "Light colours")):
        current_theme().set_mode(mode)
        show_theme(toggle)
        assert toggle.text() == text
    current_theme().set_mode("system")
