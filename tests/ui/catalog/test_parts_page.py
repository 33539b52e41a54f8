"""The parts page on a real library: searching, filtering, sorting, choosing, its states."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base.errors import StorageError
from app.domain.catalog.part import Part
from app.domain.changes import Changes
from app.domain.inventory.part_list import PartListRow
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.product import WhereUsed
from app.domain.qualification.qualification_state import QualificationState
from app.services.lifecycle.flag_spares import flag_spares
from app.ui.catalog.parts_page import PartsPage
from app.ui.context import UiContext
from app.ui.theme import Theme
from helpers import part_samples as samples
from helpers.builders import part, parts
from helpers.life_cycle_samples import product
from helpers.stored_parts import store_part

Settle = Callable[[], None]


@pytest.fixture
def page(context: UiContext, qtbot: QtBot) -> Iterator[PartsPage]:
    made = PartsPage(context.jobs, context.state)
    qtbot.addWidget(made)
    made.resize(1232, 760)
    made.show()
    yield made


def fill(context: UiContext) -> None:
    library = context.services.library
    with library.writing(who="Anna", act="fill") as write:
        ids = write.insert(
            [
                part("A004711", "Leg cap", material="PA12"),
                part("A004712", "Latch lever", material="POM"),
                part("A005126", "Blade guard clip", material="PA12"),
            ]
        )
        write.replace_derived(
            Flag,
            [
                Flag(
                    part_id=ids[0],
                    answer=Answer.YES,
                    reasons=("Supplier orders closed on 2025-06-30.", "Served until 2034-12-31."),
                    need_until=date(2034, 12, 31),
                    supply_until=date(2027, 4, 19),
                    last_safe_start=date(2025, 6, 15),
                    next_action="Define the print.",
                    rank=3.0,
                    assessed_for=context.today(),
                    horizon_months=24,
                ),
                Flag(
                    part_id=ids[1],
                    answer=Answer.UNKNOWN,
                    reasons=("Not known: the stock.",),
                    missing=("the stock",),
                    assessed_for=context.today(),
                    horizon_months=24,
                ),
            ],
            key="part_id",
        )


@pytest.fixture
def filled(page: PartsPage, context: UiContext, settle: Settle) -> PartsPage:
    fill(context)
    page.attach(context)
    settle()
    return page


def numbers(page: PartsPage) -> list[str]:
    return [page.model.data(page.model.index(row, 2)) for row in range(page.model.rowCount())]


def by_key(page: PartsPage, cells: Sequence[Any]) -> dict[str, Any]:
    return dict(zip((column.key for column in page.model.columns), cells, strict=True))


def test_all_parts_are_listed_with_what_is_known(filled: PartsPage) -> None:
    assert numbers(filled) == ["A004711", "A004712", "A005126"]
    row = filled.model.cells(0)
    assert row is not None
    texts, marks = by_key(filled, row.texts), by_key(filled, row.marks)
    assert texts["name"] == "Leg cap"
    assert (texts["supply"], marks["supply"]) == ("–", "")
    assert (texts["qualification"], marks["qualification"]) == ("Not qualified", "none")
    assert (texts["answer"], texts["score"], marks["score"]) == ("Eternal", "33", 0.33)
    assert (texts["last_safe_start"], marks["last_safe_start"]) == ("2025-06-15", "past")
    assert filled.status_text == "3 parts"
    assert filled.listed


def test_search_as_you_type(filled: PartsPage, settle: Settle, qtbot: QtBot) -> None:
    QTest.keyClicks(filled.search, "pa12 leg")
    qtbot.waitUntil(lambda: numbers(filled) == ["A004711"])
    assert filled.filtered
    QTest.keyClick(filled.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(numbers(filled)) == 3)
    assert not filled.filtered


def pick(page: PartsPage, *path: str) -> None:
    """Choose an entry of the menu of filters."""
    actions = page.filters.menu().actions()
    for name in path[:-1]:
        menu = next(action for action in actions if action.text() == name).menu()
        actions = menu.actions()  # type: ignore[attr-defined]  # the stubs say QObject
    next(action for action in actions if action.text().split("\t")[0] == path[-1]).trigger()


def test_filters_are_chips_that_add_up_and_can_be_taken_away(
    filled: PartsPage, settle: Settle
) -> None:
    pick(filled, "Eternal", "Unknown")
    settle()
    assert numbers(filled) == ["A004712"]
    pick(filled, "No geometry")
    pick(filled, "Last safe start", "Past")
    settle()
    assert [chip.text for chip in filled.filters.chips.values()] == [
        "Eternal: unknown",
        "Last safe start: past",
        "Geometry: none",
    ]
    assert numbers(filled) == []
    assert filled.empty.sentence == (
        "No part passes “Eternal: unknown”, “Last safe start: past”, “Geometry: none”."
    )
    assert filled.empty.button.text() == "Remove “Last safe start: past”"
    QTest.keyClick(filled, Qt.Key.Key_Escape)
    settle()
    assert numbers(filled) == ["A004712"]
    chip = filled.filters.chips["answer"]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    settle()
    assert numbers(filled) == ["A004711", "A004712", "A005126"]
    neighbour = filled.filters.chips["without_geometry"]
    assert filled.window().focusWidget() is neighbour
    cross = QPoint(neighbour.width() - 12, 12)
    QTest.mouseClick(neighbour, Qt.MouseButton.LeftButton, pos=cross)
    assert not filled.filtered
    assert filled.filters.chips == {}


def test_the_filter_that_emptied_the_list_is_the_one_to_remove(
    filled: PartsPage, settle: Settle, qtbot: QtBot
) -> None:
    filled.search.setText("zzz")
    qtbot.waitUntil(filled.empty.isVisible)
    pick(filled, "Eternal", "Yes")
    settle()
    assert filled.empty.sentence == "No part that holds “zzz” passes “Eternal: yes”."
    assert filled.empty.button.text() == "Clear the search"
    filled.empty.button.click()
    qtbot.waitUntil(lambda: numbers(filled) == ["A004711"])


def test_the_menu_counts_the_answers(filled: PartsPage) -> None:
    menus = {action.text(): action.menu() for action in filled.filters.menu().actions()}
    entries = [action.text() for action in menus["Eternal"].actions()]  # type: ignore[attr-defined]
    assert entries == ["Yes\t1", "Unknown\t1", "No, covered\t0"]


@pytest.mark.parametrize(
    ("subject", "expected", "chip"),
    [
        ("answer:yes", ["A004711"], "Eternal: yes"),
        ("qualification:expired", [], "Qualification: Expired"),
        ("qualification:none", ["A004711", "A004712", "A005126"], "Qualification: none begun"),
        ("supply:phase_out", [], "Supply: Phase-out"),
        ("product:recliner SOLA", ["A004712"], "Product: recliner SOLA"),
        ("start:past", ["A004711"], "Last safe start: past"),
        ("geometry:none", ["A004711", "A004712", "A005126"], "Geometry: none"),
        ("numbers:A005126\nA004712 X1", ["A004712", "A005126"], "Pasted numbers: 3"),
    ],
)
def test_links_name_filters(
    filled: PartsPage,
    context: UiContext,
    settle: Settle,
    subject: str,
    expected: list[str],
    chip: str,
) -> None:
    with context.services.library.writing(who="Anna", act="use") as write:
        [sola] = write.insert([product("Recliner Sola")])
        write.insert([WhereUsed(part_id=write.one(Part, number="A004712").id, product_id=sola)])
    pick(filled, "Eternal", "No, covered")
    filled.show_subject(subject)
    settle()
    assert numbers(filled) == expected
    assert [chip.text for chip in filled.filters.chips.values()] == [chip]
    filled.show_subject("leg")
    settle()
    assert numbers(filled) == ["A004711"]
    assert filled.search.text() == "leg"
    assert filled.filters.chips == {}


def test_no_match_names_the_filter_and_one_key_removes_it(
    filled: PartsPage, settle: Settle, qtbot: QtBot
) -> None:
    filled.search.setText("zzz")
    qtbot.waitUntil(filled.empty.isVisible)
    assert "“zzz”" in filled.empty.sentence
    assert not filled.listed
    filled.empty.button.click()
    qtbot.waitUntil(lambda: len(numbers(filled)) == 3)
    pick(filled, "Eternal", "No, covered")
    qtbot.waitUntil(filled.empty.isVisible)
    assert "“Eternal: no”" in filled.empty.sentence
    filled.empty.button.click()
    qtbot.waitUntil(lambda: len(numbers(filled)) == 3)


def test_an_empty_library_offers_one_action(
    page: PartsPage, context: UiContext, settle: Settle
) -> None:
    asked: list[bool] = []
    page.import_requested.connect(lambda: asked.append(True))
    page.attach(context)
    settle()
    assert page.empty.isVisible()
    assert "STL" in page.empty.sentence
    page.empty.button.click()
    assert asked == [True]


def test_headings_sort_in_the_library(filled: PartsPage, settle: Settle) -> None:
    header = filled.table.horizontalHeader()
    click = QPoint(header.sectionViewportPosition(4) + 20, 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=click)
    settle()
    assert numbers(filled) == ["A005126", "A004712", "A004711"]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=click)
    settle()
    assert numbers(filled) == ["A004711", "A004712", "A005126"]


def test_the_inspector_says_why_the_part_is_flagged(filled: PartsPage, settle: Settle) -> None:
    filled.table.select_id(filled.model.ids[0])
    settle()
    inspector = filled.inspector
    assert inspector.reasons.sentences == (
        "Supplier orders closed on 2025-06-30.",
        "Served until 2034-12-31.",
    )
    texts = inspector.properties.texts
    assert texts["Last safe start"] == "2025-06-15, 17 months ago"
    assert texts["Needed until"] == "2034-12-31"
    assert texts["Next step"] == "Define the print."
    assert texts["Stock"] == "not known"
    assert texts["File"] == "none yet"
    filled.table.select_id(filled.model.ids[2])
    settle()
    assert inspector.reasons.isHidden(), "nothing was assessed for this part"


def test_the_inspector_knows_that_a_qualification_has_expired(page: PartsPage) -> None:
    for valid_until, word in ((samples.TODAY, "Expiring"), (date(2026, 11, 22), "Expired")):
        qualified = samples.qualification_details(valid_until=valid_until)
        definition = replace(samples.definition_details(), qualifications=(qualified,))
        details = samples.part_details(revisions=(samples.revision_details(definition),))
        page.inspector.show_part(details, samples.TODAY)
        assert page.inspector._qualification.text == word


def test_the_inspector_says_until_when_or_why_not(page: PartsPage) -> None:
    def texts(**proof: Any) -> dict[str, str]:
        qualified = samples.qualification_details(**proof)
        definition = replace(samples.definition_details(), qualifications=(qualified,))
        revision = samples.revision_details(definition)
        page.inspector.show_part(samples.part_details(revisions=(revision,)), samples.TODAY)
        return page.inspector.properties.texts

    blocked = texts(state=QualificationState.BLOCKED, blocked_reason="The powder was wet.")
    assert blocked["Blocked"] == "The powder was wet."
    assert page.inspector._qualification.text == "Blocked"
    assert texts(valid_until=samples.TODAY)["Qualified until"].endswith(", today")
    gone = samples.TODAY - timedelta(days=2)
    assert texts(valid_until=gone)["Expired"].endswith(", 2 days ago")


def test_a_part_that_was_just_removed_is_no_trouble(filled: PartsPage, settle: Settle) -> None:
    filled.feed.show(PartListRow(id=99, number="GONE", name="", material=""), 1)
    settle()
    assert not filled.strip.isVisible()


def test_a_part_that_cannot_be_read_leaves_nothing_of_the_one_before(
    filled: PartsPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.table.select_id(filled.model.ids[0])
    settle()

    def broken(*_what: object, **_more: object) -> object:
        raise StorageError("The disk is gone.")

    monkeypatch.setattr("app.services.catalog.fetch_part.fetch_part", broken)
    filled.table.select_id(filled.model.ids[1])
    settle()
    assert filled.strip.text == "The disk is gone."
    assert filled.inspector._note.text() == "This part could not be read."
    assert not filled.inspector.properties.isVisible()


def test_many_chosen_parts_are_counted_and_copied(filled: PartsPage, settle: Settle) -> None:
    assert filled.status_text == "3 parts"
    filled.select_all()
    settle()
    assert filled.selected == 3
    assert filled.status_text == "3 of 3 selected"
    assert "3 parts" in filled.inspector._note.text()
    filled.copy_rows()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[0] == "Number"
    assert "Name" in lines[0].split("\t")
    assert lines[1].split("\t")[0] == "A004711"
    assert len(lines) == 4


def test_enter_and_the_button_ask_for_the_part(filled: PartsPage, settle: Settle) -> None:
    asked: list[str] = []
    filled.part_requested.connect(asked.append)
    QTest.keyClick(filled.search, Qt.Key.Key_Down)
    settle()
    assert filled.current_number == "A004711"
    QTest.keyClick(filled.table, Qt.Key.Key_Return)
    filled.step(1)
    settle()
    filled.inspector.open_button.click()
    assert asked == ["A004711", "A004712"]


def test_the_focus_follows_the_part_page_far_down_the_list(
    page: PartsPage, context: UiContext, settle: Settle
) -> None:
    with context.services.library.writing(who="Anna", act="fill") as write:
        write.insert(parts(6000))
    page.attach(context)
    settle()
    page.table.select_id(page.model.ids[5700])
    settle()
    page.model.cells(5700)
    settle()
    before = page.current_number
    follower = page.model.cells(5701)
    assert follower is not None
    page.select_number(follower.value.number)
    assert page.current_number == follower.value.number != before


def test_a_change_is_shown_and_the_place_kept(
    filled: PartsPage, context: UiContext, settle: Settle
) -> None:
    filled.table.select_id(filled.model.ids[1])
    settle()
    library = context.services.library
    with library.writing(who="Anna", act="rename") as write:
        write.update(replace(write.one(Part, number="A004712"), name="Latch, long"))
        write.insert([part("A000001", "First")])
    context.bus.publish(Changes.everything_of("part"))
    settle()
    filled.model.cells(0)
    settle()
    assert numbers(filled) == ["A000001", "A004711", "A004712", "A005126"]
    assert filled.current_number == "A004712"
    assert filled.table.selection().count == 1
    row = filled.model.cells(2)
    assert row is not None
    assert row.texts[4] == "Latch, long"


def test_a_hidden_page_asks_only_when_it_is_shown_again(
    filled: PartsPage, context: UiContext, settle: Settle
) -> None:
    filled.hide()
    with context.services.library.writing(who="Anna", act="add") as write:
        write.insert([part("A9", "Ninth")])
    context.bus.publish(Changes.everything_of("part"))
    settle()
    assert len(numbers(filled)) == 3
    filled.show()
    settle()
    assert len(numbers(filled)) == 4


def test_what_does_not_concern_the_page_leaves_it_alone(
    filled: PartsPage, context: UiContext
) -> None:
    context.bus.publish(Changes.everything_of("organisation"))
    assert context.jobs.active == ()


def test_trouble_is_said_beside_the_list_and_nothing_is_lost(
    filled: PartsPage, context: UiContext, settle: Settle
) -> None:
    database = context.services.library.path / "library.sqlite"
    away = database.with_suffix(".away")
    context.services.library.close()
    for path in (database, *database.parent.glob("library.sqlite-*")):
        if path != away:
            path.rename(path.with_name(path.name + ".away"))
    filled.refresh()
    settle()
    assert filled.strip.isVisible()
    assert numbers(filled) == ["A004711", "A004712", "A005126"]
    context.services.library.close()
    for path in database.parent.glob("*.away"):
        path.replace(path.with_name(path.name.removesuffix(".away")))
    filled.strip._action.click()
    settle()
    assert not filled.strip.isVisible()


def test_first_rows_are_there_before_any_library_is(page: PartsPage) -> None:
    rows = [PartListRow(id=7, number="A7", name="Cap", material="")]
    page.show_first_page(rows)
    assert numbers(page) == ["A7"]
    page.table.select_id(7)
    assert page.current_number == "A7"
    assert page.inspector._number.text() == "A7"


def test_pictures_come_for_what_is_seen(
    page: PartsPage, context: UiContext, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    stored = store_part(context.services.library, tmp_path, "A1")
    page.attach(context)
    settle()
    key = page.model.cells(0).marks[1]  # type: ignore[union-attr]
    assert key[0] == stored.sha256
    page.table.viewport().grab()
    qtbot.waitUntil(lambda: page.pictures.pixmap(key, 32) is not None)
    pixmap = page.pictures.pixmap(key, 32)
    assert pixmap is not None
    assert pixmap.width() == 32
    page.table.select_id(page.model.ids[0])
    settle()
    page.inspector.picture.grab()
    qtbot.waitUntil(lambda: page.pictures.page_picture(key) is not None)
    assert page.inspector.properties.texts["Size"] == "40.0 × 25.0 × 15.0 mm"


def test_a_picture_that_cannot_be_drawn_says_why_and_is_not_asked_for_again(
    page: PartsPage, context: UiContext, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    stored = store_part(context.services.library, tmp_path, "A1")
    context.services.library.objects.path_of(stored.sha256).unlink()
    page.attach(context)
    settle()
    page.table.select_id(page.model.ids[0])
    settle()
    page.inspector.picture.grab()
    qtbot.waitUntil(lambda: bool(page.inspector.picture._trouble))
    page.inspector.picture.grab()
    QApplication.processEvents()
    assert context.jobs.active == ()


def test_widths_are_kept_for_the_next_session(
    filled: PartsPage, context: UiContext, qtbot: QtBot
) -> None:
    filled.table.horizontalHeader().resizeSection(5, 201)
    filled.save_state()
    again = PartsPage(context.jobs, QSettings(context.state.fileName(), context.state.format()))
    qtbot.addWidget(again)
    again.resize(1600, 760)
    again.show()
    assert again.table.horizontalHeader().sectionSize(5) == 201


def test_letting_go_of_a_library_stops_listening(
    filled: PartsPage, context: UiContext, settle: Settle
) -> None:
    filled.detach(context)
    context.bus.publish(Changes.everything_of("part"))
    assert context.jobs.active == ()


def test_judged_parts_show_their_new_verdict(
    filled: PartsPage, context: UiContext, settle: Settle
) -> None:
    report = flag_spares(context.services.library, who="Anna", today=context.today())
    context.bus.publish(report.changes)
    settle()
    filled.model.cells(2)
    settle()
    row = filled.model.cells(2)
    assert row is not None
    assert by_key(filled, row.texts)["answer"] == "Unknown"


def test_the_page_is_drawn_in_both_themes(filled: PartsPage, theme: Theme, settle: Settle) -> None:
    filled.table.select_id(filled.model.ids[0])
    settle()
    picture = filled.grab().toImage()
    ratio = picture.devicePixelRatio()
    corner = picture.pixelColor(int(400 * ratio), int(700 * ratio))
    assert corner == theme.color("window")
