"""The part page: what it shows, how it walks, what it says when something is missing."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.base.errors import StorageError
from app.domain.catalog.geometry import Finding, FindingCode, Severity
from app.domain.catalog.part import Part, RevisionState
from app.domain.changes import Changes
from app.services.audit.undo_change import undo_change
from app.services.catalog.release_revision import release_revision
from app.services.catalog.revise_part import revise_part
from app.ui.catalog.part_page import PartPage
from app.ui.context import UiContext
from helpers.stored_parts import StoredPart

Show, Settle, Store = Callable[[str], None], Callable[[], None], Callable[..., StoredPart]
DANGER = Finding(FindingCode.NON_MANIFOLD, Severity.DANGER, "4 edges join three triangles.")


def test_the_head_names_part_revision_and_states(page: PartPage, store: Store, show: Show) -> None:
    store("ST-1002", material="PLA")
    show("st-1002")
    assert page.title == page.header.number.text() == "ST-1002"
    assert page.header.name.text() == "Box ST-1002"
    assert page.header.revision.currentText() == "Rev A · Draft"
    assert page.header.eternal.text == "Not assessed"
    assert page.header.qualification.text == "Not qualified"
    assert "PLA" in page.tabs.facts.text
    assert "40.00 × 25.00 × 15.00 mm" in page.tabs.facts.text


def test_the_view_says_size_unit_triangles_and_health(
    page: PartPage, store: Store, show: Show, qtbot: QtBot
) -> None:
    store("A1", findings=(DANGER,))
    show("A1")
    qtbot.waitUntil(lambda: bool(page.view.caption), timeout=20_000)
    assert page.view.caption == "40.0 × 25.0 × 15.0 mm · unit mm · 12 triangles · 1 danger"
    assert "pictures" in page.view.sentence
    assert DANGER.text in page.tabs.facts.text


def test_a_part_without_geometry_says_what_to_do(
    page: PartPage, store: Store, show: Show, qtbot: QtBot
) -> None:
    store("A1", with_file=False, settled=True)
    show("A1")
    assert "no geometry" in page.view.sentence
    assert page.header.primary.text() == "Import file…"
    with qtbot.waitSignal(page.import_requested):
        qtbot.mouseClick(page.header.primary, Qt.MouseButton.LeftButton)


def test_keys_walk_the_list_and_keep_the_tab(
    page: PartPage, store: Store, show: Show, settle: Settle, qtbot: QtBot
) -> None:
    for number in ("A1", "A2", "A3"):
        store(number)
    page.walk(["A1", "A2", "A3"])
    show("A1")
    assert page.header.place.text() == "1 of 3"
    assert not page.header.previous.isEnabled()
    page.tabs.setCurrentWidget(page.tabs.revisions)
    qtbot.keyClick(page, Qt.Key.Key_J)
    settle()
    assert page.title == "A2"
    assert page.tabs.currentWidget() is page.tabs.revisions
    assert "A2.stl" in page.tabs.revisions.text
    qtbot.keyClick(page, Qt.Key.Key_K)
    qtbot.keyClick(page, Qt.Key.Key_K)
    settle()
    assert page.title == "A1"


def test_a_list_of_ids_can_be_walked_too(
    page: PartPage, store: Store, show: Show, settle: Settle
) -> None:
    stored = [store(number) for number in ("A1", "A2")]
    page.walk([item.part_id for item in stored])
    show("A1")
    page.step(1)
    settle()
    assert page.title == "A2"
    assert page.header.place.text() == "2 of 2"


def test_whoever_leaves_while_the_next_part_is_found_is_not_brought_back(
    page: PartPage, store: Store, show: Show, settle: Settle
) -> None:
    page.walk([store("A1").part_id, store("A2").part_id])
    show("A1")
    page.step(1)
    page.hide()
    settle()
    page.show()
    settle()
    assert page.title == "A1"


def test_a_neighbour_that_was_removed_is_trouble_beside_the_part(
    page: PartPage, store: Store, show: Show, settle: Settle
) -> None:
    page.walk([store("A1").part_id, 4711])
    show("A1")
    page.step(1)
    settle()
    assert page.strip.isVisible()
    assert page.title == page.header.number.text() == "A1"
    page.step(1)
    page.step(-1)
    settle()
    assert page.title == "A1", "there is nothing before the first"


def test_escape_goes_back_and_h_finds_in_the_history(
    page: PartPage, store: Store, show: Show, qtbot: QtBot
) -> None:
    store("A1")
    show("A1")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.header.primary.setFocus()
    qtbot.keyClick(page.header.primary, Qt.Key.Key_H)
    assert page.tabs.currentWidget() is page.tabs.history
    qtbot.waitUntil(lambda: page.tabs.history.model.rowCount() == 3)
    qtbot.keyClicks(page.tabs.history.search, "geom")
    qtbot.waitUntil(lambda: page.tabs.history.model.rowCount() == 1)
    page.tabs.history.table.select_id(page.tabs.history.table.row_id(0))
    assert "Geometry file" in page.tabs.history.entry.text
    assert "Anna Tester" in page.tabs.history.entry.text
    qtbot.keyClick(page.tabs.history.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[0] == "When\tWho\tWhat"
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_a_change_told_on_the_bus_is_shown_and_a_hidden_page_catches_up(
    page: PartPage, store: Store, show: Show, context: UiContext, settle: Settle, qtbot: QtBot
) -> None:
    store("A1")
    show("A1")

    def rename(name: str) -> None:
        with context.services.library.writing(who="Ben", act="edit") as write:
            found = write.find(Part, number="A1")
            assert found is not None
            write.update(replace(found, name=name))
        context.bus.publish(Changes.of("part", [found.id]))
        settle()

    rename("Second")
    qtbot.waitUntil(lambda: page.header.name.text() == "Second")
    page.hide()
    rename("Third")
    qtbot.wait(20)
    assert page.header.name.text() == "Second"
    page.show()
    settle()
    assert page.header.name.text() == "Third"


def test_a_part_that_went_leaves_a_sentence_and_a_way_back(
    page: PartPage, store: Store, show: Show, context: UiContext, settle: Settle, qtbot: QtBot
) -> None:
    library = context.services.library
    store("A1")
    show("A1")
    undo_change(library, who="Anna Tester")
    context.bus.publish(Changes.everything_of("part"))
    qtbot.waitUntil(page.gone.isVisible)
    assert "A1" in page.gone.sentence
    assert "Redo" in page.gone.sentence
    assert not page.header.isVisible(), "no act of a part that is gone is offered"
    page.run_primary()
    assert page.acts.dialog is None
    page.reload()
    settle()
    assert "Redo" in page.gone.sentence
    with qtbot.waitSignal(page.closed):
        qtbot.mouseClick(page.gone.button, Qt.MouseButton.LeftButton)
    show("NOWHERE")
    assert page.gone.sentence == "The library holds no part NOWHERE."
    store("A2")
    show("A2")
    assert page.header.isVisible()
    assert page.header.number.text() == "A2"


def test_an_obsolete_revision_leads_to_the_one_in_force(
    page: PartPage, store: Store, show: Show, context: UiContext, qtbot: QtBot
) -> None:
    library = context.services.library
    stored = store("A1", settled=True)
    release_revision(library, stored.revision_id, who="Anna Tester")
    second, _changes = revise_part(library, "A1", who="Anna Tester", why="thicker wall")
    release_revision(library, second.id, who="Anna Tester")
    show("A1")
    assert page.header.revision.currentText() == "Rev B · Released"
    page.header.revision.setCurrentIndex(1)
    page.header.revision.activated.emit(1)
    assert page.revision is not None
    assert page.revision.revision.state is RevisionState.OBSOLETE
    assert page.header.primary.text() == "Show revision in force"
    qtbot.mouseClick(page.header.primary, Qt.MouseButton.LeftButton)
    assert page.header.revision.currentText() == "Rev B · Released"


def test_trouble_keeps_what_is_shown_and_offers_to_try_again(
    page: PartPage,
    store: Store,
    show: Show,
    context: UiContext,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store("A1")
    show("A1")

    def broken(*_what: object) -> object:
        raise StorageError("The disk is gone.", hint="Plug it in.")

    with monkeypatch.context() as patched:
        patched.setattr("app.ui.catalog.part_page.fetch_part", broken)
        page.reload()
        settle()
        assert page.strip.text == "The disk is gone. Plug it in."
        assert page.header.number.text() == "A1"
    page.strip._run()
    settle()
    assert not page.strip.isVisible()


def test_a_reading_that_crashes_leaves_the_page_usable(
    page: PartPage,
    store: Store,
    show: Show,
    crashes: list[BaseException],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store("A1")
    show("A1")

    def crash(*_what: object) -> object:
        raise KeyError("a fault of ours")

    with monkeypatch.context() as patched:
        patched.setattr("app.ui.catalog.part_page.fetch_part", crash)
        show("A1")
    assert [type(error) for error in crashes] == [KeyError]
    crashes.clear()
    assert page.header.busy._share < 0
    page.export_package()
    assert page.acts.dialog is not None


def test_every_control_of_the_head_has_a_name(page: PartPage) -> None:
    for control in (page.header.revision, page.header.why, page.header.previous, page.header.more):
        assert control.accessibleName()
    assert page.tabs.accessibleName()


def test_where_the_hairline_was_put_is_remembered(
    page: PartPage, new_page: Callable[[], PartPage]
) -> None:
    page._splitter.setSizes([500, 732])
    page._splitter.splitterMoved.emit(500, 1)
    other = new_page()
    assert abs(other._splitter.sizes()[0] - 500) <= 2


@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
def test_the_part_comes_to_life_and_its_tools_with_it(
    new_page: Callable[[], PartPage], store: Store, context: UiContext, settle: Settle, qtbot: QtBot
) -> None:
    store("A1")
    store("A2", with_file=False)
    page = new_page()
    assert not page.tools.fit.isEnabled()
    page.show_part("A1")
    qtbot.waitUntil(lambda: page.view.live, timeout=40_000)
    assert page.tools.fit.isEnabled()
    scene = page.view.scene
    assert scene is not None
    before = scene.eye
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_1)
    assert scene.eye != before
    seen_from_above = scene.eye
    page.tabs.facts.setFocus()
    qtbot.keyClick(page.tabs.facts, Qt.Key.Key_3)
    assert scene.eye != seen_from_above
    seen_from_front = scene.eye
    page.tools.views.menu().actions()[-1].trigger()
    assert scene.eye != seen_from_front
    qtbot.mouseClick(page.tools.projection, Qt.MouseButton.LeftButton)
    assert not scene.perspective
    page.show_part("A2")
    settle()
    assert not page.view.live
    assert not page.tools.fit.isEnabled()
    page.show_part("A1")
    qtbot.waitUntil(lambda: page.view.live, timeout=20_000)
