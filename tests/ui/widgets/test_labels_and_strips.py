"""Labels, messages, empty places and lists of properties: what they say and how they fit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import Theme
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.glyphs import MARKS
from app.ui.widgets.labels import ElidedLabel, RoleLabel, StatusLabel
from app.ui.widgets.message_strip import MessageStrip, ThinProgress
from app.ui.widgets.panels import HairlineSplitter, Panel, scrolled
from app.ui.widgets.property_list import PropertyList
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segments import Segments


def colours(widget: QWidget) -> set[str]:
    picture = widget.grab().toImage()
    return {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }


def test_a_label_wears_the_colour_of_its_role(qtbot: QtBot, theme: Theme) -> None:
    label = RoleLabel("Text", color="muted")
    qtbot.addWidget(label)
    assert label.palette().windowText().color() == theme.color("muted")
    label.set_color("text")
    assert label.palette().windowText().color() == theme.color("text")


def test_a_label_shows_markup_as_it_is(qtbot: QtBot) -> None:
    label = RoleLabel("<b>bold</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_line_never_breaks_between_a_figure_and_its_unit(qtbot: QtBot) -> None:
    wrapped, single = RoleLabel("a chance of 90 %", wrap=True), RoleLabel("90 %")
    for label in (wrapped, single):
        qtbot.addWidget(label)
    assert wrapped.text() == "a chance of 90\u00a0%"
    wrapped.setText("42 mm")
    assert wrapped.text() == "42\u00a0mm"
    assert single.text() == "90 %"


def test_an_elided_label_keeps_its_text_in_the_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("a very long part number that cannot fit")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.grab()
    assert label.toolTip() == label.text()
    label.resize(600, 20)
    label.grab()
    assert label.toolTip() == ""


@pytest.mark.parametrize("name", sorted(MARKS))
def test_every_mark_is_drawn_in_its_own_colour(qtbot: QtBot, theme: Theme, name: str) -> None:
    label = StatusLabel(name, "Word")
    qtbot.addWidget(label)
    assert theme.color(MARKS[name].color).name() in colours(label)
    assert label.accessibleName() == "Word"


def test_an_unknown_mark_is_our_bug(qtbot: QtBot) -> None:
    label = StatusLabel()
    qtbot.addWidget(label)
    with pytest.raises(KeyError):
        label.set_status("no such mark", "Word")


def test_a_message_stays_until_it_is_closed_or_acted_upon(qtbot: QtBot) -> None:
    strip = MessageStrip()
    qtbot.addWidget(strip)
    assert strip.isHidden()
    done: list[str] = []
    strip.say("Locked.", kind="danger", action="Try again", act=lambda: done.append("again"))
    assert not strip.isHidden()
    assert strip.accessibleName() == "Locked."
    assert strip._copy.isHidden()
    strip._action.click()
    assert done == ["again"]
    assert strip.isHidden()
    strip.say("Read only.", details="StorageError: read only")
    strip._copy.click()
    assert QGuiApplication.clipboard().text() == "StorageError: read only"
    dismissed: list[bool] = []
    strip.dismissed.connect(lambda: dismissed.append(True))
    strip._close.click()
    assert dismissed == [True]
    assert strip.text == ""


def test_an_act_may_say_something_new(qtbot: QtBot) -> None:
    strip = MessageStrip()
    qtbot.addWidget(strip)
    strip.say("First", action="Go on", act=lambda: strip.say("Second"))
    strip._action.click()
    assert strip.text == "Second"
    assert not strip.isHidden()


@pytest.mark.parametrize("kind", ["note", "good", "warning", "danger"])
def test_every_kind_of_message_is_drawn(qtbot: QtBot, theme: Theme, kind: str) -> None:
    strip = MessageStrip()
    qtbot.addWidget(strip)
    strip.resize(600, 44)
    strip.say("A message", kind=kind)
    found = colours(strip)
    tint = "tintInfo" if kind in ("note", "good") else "tintWarning"
    assert theme.color(tint).name() in found


def test_thin_progress_shows_nothing_until_there_is_something(qtbot: QtBot, theme: Theme) -> None:
    bar = ThinProgress()
    qtbot.addWidget(bar)
    bar.resize(200, 2)
    assert theme.color("barFill").name() not in colours(bar)
    bar.set_share(0.5)
    assert theme.color("barFill").name() in colours(bar)


@pytest.mark.parametrize("drawing", ["shelf", "lens", "tick", "plug"])
def test_an_empty_place_offers_one_action(qtbot: QtBot, theme: Theme, drawing: str) -> None:
    empty = EmptyState(drawing)
    qtbot.addWidget(empty)
    empty.say("Nothing here", "Drop a file.", "Import…")
    asked: list[bool] = []
    empty.action_triggered.connect(lambda: asked.append(True))
    empty.button.click()
    assert asked == [True]
    assert theme.color("muted").name() in colours(empty._art)
    empty.say("Nothing here", "And nothing to do.")
    assert empty.button.isHidden()


def test_properties_without_a_value_are_left_out(qtbot: QtBot) -> None:
    rows = PropertyList()
    qtbot.addWidget(rows)
    rows.add("Stock", "12")
    rows.add("Material", "")
    rows.add("State", "Draft", "draft")
    assert rows.texts == {"Stock": "12", "State": "Draft"}
    rows.clear()
    assert rows.texts == {}


def test_properties_of_one_name_stand_below_each_other(qtbot: QtBot) -> None:
    rows = PropertyList()
    qtbot.addWidget(rows)
    for name, value in (("Supplier", "Feder AG"), ("Supplier", "Norvik"), ("Stock", "12")):
        rows.add(name, value)
    rows.resize(300, 200)
    rows.show()
    tops = [label.y() for label in rows.findChildren(RoleLabel) if label.accessibleName()]
    assert len(tops) == len(set(tops)) == 3


def test_a_long_word_does_not_widen_its_panel(qtbot: QtBot) -> None:
    content = QWidget()
    rows = PropertyList()
    from PySide6.QtWidgets import QVBoxLayout

    QVBoxLayout(content).addWidget(rows)
    area = scrolled(content)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    rows.add("File", "x" * 200 + ".stl")
    qtbot.waitUntil(lambda: content.width() > 0)
    assert content.width() <= area.viewport().width()


def test_search_tells_a_moment_after_the_last_key(qtbot: QtBot) -> None:
    field = SearchField("Search")
    qtbot.addWidget(field)
    field.show()
    told: list[str] = []
    left: list[bool] = []
    field.text_settled.connect(told.append)
    field.left_downwards.connect(lambda: left.append(True))
    QTest.keyClicks(field, "knob")
    qtbot.waitUntil(lambda: told[-1:] == ["knob"])
    assert len(told) < 4
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert left == [True]
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: told[-1] == "")


def test_segments_choose_by_mouse_and_arrows(qtbot: QtBot, theme: Theme) -> None:
    segments = Segments((("a", lambda: "All"), ("e", lambda: "Eternal"), ("u", lambda: "Unknown")))
    qtbot.addWidget(segments)
    segments.show()
    chosen: list[str] = []
    segments.chosen.connect(chosen.append)
    narrow = segments.sizeHint().width()
    segments.show_counts({"a": 12_345, "e": 7})
    assert segments.sizeHint().width() > narrow
    QTest.mouseClick(segments, Qt.MouseButton.RightButton, pos=segments.rect().center())
    assert chosen == []
    QTest.mouseClick(segments, Qt.MouseButton.LeftButton, pos=segments.rect().center())
    QTest.keyClick(segments, Qt.Key.Key_Right)
    QTest.keyClick(segments, Qt.Key.Key_Right)
    assert chosen == ["e", "u", "a"]
    assert segments.accessibleName() == "All"
    segments.choose("u")
    assert segments.current == "u"
    assert chosen == ["e", "u", "a"]
    assert theme.color("selected").name() in colours(segments)


def test_the_handle_of_a_splitter_folds_what_lies_behind_it(qtbot: QtBot) -> None:
    splitter = HairlineSplitter()
    qtbot.addWidget(splitter)
    for width in (400, 200):
        panel = Panel("window", lines="tblr")
        panel.setMinimumWidth(width // 2)
        splitter.addWidget(panel)
    splitter.resize(600, 300)
    splitter.show()
    splitter.setSizes([400, 199])
    handle = splitter.handle(1)
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton)
    assert splitter.sizes()[1] == 0
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton)
    assert splitter.sizes()[1] >= 100
