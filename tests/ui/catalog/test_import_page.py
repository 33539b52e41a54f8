"""The import page on real files and lists: preview, decisions, import, outcome, undo, stopping."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.base.errors import DiskFull
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.geometry import Geometry, LengthUnit, UnitSource
from app.domain.catalog.part import Part
from app.domain.changes import Changes
from app.domain.lifecycle.product import Milestone, Product
from app.services.catalog.stored_mappings import load_mapping, mapping_names
from app.ui.catalog.error_lines import ErrorLine
from app.ui.catalog.import_desk import Phase
from app.ui.catalog.import_page import ImportPage
from app.ui.catalog.import_preview import PreviewRow
from app.ui.catalog.mapping_dialog import MappingDialog
from app.ui.catalog.sheet_table import SheetTable
from app.ui.context import UiContext
from helpers.boxes import write_box_stl

Settle = Callable[[], None]
LIST = (
    "Part number;Name;File;Production end\n"
    "ST-1;Ring;ring.stl;31.12.2026\n"
    "ST-2;Cap;;31.12.2026\n"
    "ST-3;Lever;lever.stl;31.02.2027\n"
)
PRODUCTS = "Product;End of service;Installed base\nPump K2;31.12.2034;1200\nPump K3;31.12.2036;90\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A list with a good row, one without a file and one with an impossible date; four files."""
    place = tmp_path / "drop"
    place.mkdir()
    (place / "list.csv").write_text(LIST, encoding="utf-8")
    for number, name in enumerate(("ring", "lever", "knob"), start=1):
        write_box_stl(place / f"{name}.stl", 10.0 * number)
    (place / "broken.stl").write_bytes(b"\0" * 90)
    return place


@pytest.fixture
def page(context: UiContext, qtbot: QtBot) -> Iterator[ImportPage]:
    made = ImportPage(context)
    qtbot.addWidget(made)
    made.resize(1232, 760)
    made.show()
    yield made


@pytest.fixture
def previewed(page: ImportPage, folder: Path, settle: Settle) -> ImportPage:
    page.begin([folder, folder / "list.csv"])
    settle()
    return page


def counts(page: ImportPage) -> dict[str, int]:
    return {group.key: group.count for group in page.groups.groups}


def stored_numbers(context: UiContext) -> list[str]:
    with context.services.library.reading() as read:
        return sorted(part.number for part in read.fetch(Part))


def sheet_of(page: ImportPage) -> SheetTable:
    assert page.sheet is not None
    return page.sheet


def rows_of(page: ImportPage) -> list[PreviewRow]:
    return list(sheet_of(page).source.rows(list(sheet_of(page).paged_model.ids)))


def outcomes(page: ImportPage) -> list[str]:
    """The outcome of each row that is shown, complaints left out."""
    model = sheet_of(page).paged_model
    place = next(n for n, column in enumerate(model.columns) if column.key == "outcome")
    texts = [str(model.index(row, place).data()) for row in range(model.rowCount())]
    return [text for text, row in zip(texts, rows_of(page), strict=True) if row.problem is None]


def complaint(page: ImportPage, settle: Settle) -> ErrorLine:
    """The first complaint, brought into sight by its key."""
    page._next_fault()
    settle()
    line = sheet_of(page).lines.line(sheet_of(page).current_id())
    assert line is not None
    return line


def press(page: ImportPage, key: Qt.Key, settle: Settle) -> None:
    QTest.keyClick(sheet_of(page), key)
    settle()


def test_folder_and_list_open_one_preview_that_changes_nothing(
    previewed: ImportPage, context: UiContext, settle: Settle
) -> None:
    assert counts(previewed) == {
        "all": 5,
        "matched": 1,
        "rows_without_file": 1,
        "files_without_row": 2,
        "refused_rows": 1,
        "refused_files": 1,
        "held_back": 1,
    }
    assert [row.row for row in rows_of(previewed)] == [2, 3, 4, 4, 0, 0]
    assert outcomes(previewed) == ["New", "New", "Fix date", "Unreadable", "New"]
    assert previewed.go_button.text() == "Import 3"
    assert previewed.happening.texts["New parts"] == "4"
    assert "1 row is not taken until it is fixed." in previewed.sentence.text()
    assert stored_numbers(context) == []


def test_a_fault_is_told_under_its_row(previewed: ImportPage, settle: Settle) -> None:
    line = complaint(previewed, settle)
    assert line.text.text() == (
        "Row 4, column D: '31.02.2027' is no date. Expected DD.MM.YYYY. Fix here or skip the row."
    )
    assert line.field.text() == "28.02.2027"
    assert line.field.accessibleName() == "Row 4, column D, read as"


def test_a_fault_is_fixed_with_two_keys_and_the_list_stays(
    previewed: ImportPage, context: UiContext, folder: Path, settle: Settle, qtbot: QtBot
) -> None:
    before = (folder / "list.csv").read_bytes()
    previewed.activateWindow()
    press(previewed, Qt.Key.Key_F8, settle)
    line = complaint(previewed, settle)
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    settle()
    assert "refused_rows" not in counts(previewed)
    assert outcomes(previewed)[2] == "New"
    assert rows_of(previewed)[2].corrected == {3}
    previewed.run_import()
    settle()
    assert stored_numbers(context) == ["ST-1", "ST-2", "ST-3", "knob"]
    assert (folder / "list.csv").read_bytes() == before
    previewed.groups.choose("notes")
    settle()
    texts = [line.text for line in previewed.lines._lines.values()]
    assert any("'31.02.2027' was read as '28.02.2027'" in text for text in texts)
    with context.services.library.reading() as read:
        assert "2027-02-28" in {str(stone.on) for stone in read.fetch(Milestone)}


def test_a_correction_can_be_taken_back(previewed: ImportPage, settle: Settle) -> None:
    line = complaint(previewed, settle)
    line.field.setText("30.06.2027")
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    settle()
    assert "refused_rows" not in counts(previewed)
    assert previewed.rows_strip.restore.isVisible()
    previewed.rows_strip.restore.click()
    settle()
    assert counts(previewed)["refused_rows"] == 1


def test_escape_leaves_a_correction_and_not_the_page(previewed: ImportPage, settle: Settle) -> None:
    left: list[bool] = []
    previewed.closed.connect(lambda: left.append(True))
    line = complaint(previewed, settle)
    QTest.keyClick(line.field, Qt.Key.Key_Escape)
    assert left == []
    QTest.keyClick(sheet_of(previewed), Qt.Key.Key_Escape)
    assert left == [True]
    assert previewed.desk.phase is Phase.IDLE


def test_a_row_is_skipped_and_taken_in_again_with_a_key(
    previewed: ImportPage, context: UiContext, settle: Settle
) -> None:
    complaint(previewed, settle)
    press(previewed, Qt.Key.Key_Delete, settle)
    press(previewed, Qt.Key.Key_F2, settle)
    assert counts(previewed)["skipped"] == 1
    assert outcomes(previewed)[2] == "Skipped"
    assert previewed.sentence.text() == "One undo takes the whole import back."
    press(previewed, Qt.Key.Key_Delete, settle)
    assert counts(previewed)["refused_rows"] == 1
    sheet_of(previewed).select_id(2 * 64)
    press(previewed, Qt.Key.Key_Delete, settle)
    assert outcomes(previewed)[0] == "Skipped"
    previewed.run_import()
    settle()
    assert stored_numbers(context) == ["ST-2", "knob"]
    assert counts(previewed)["skipped"] == 1
    assert previewed.sentence.text() == "2 new, 0 updated, 0 unchanged, 2 refused, 1 skipped"


def test_another_meaning_of_a_column_reads_the_list_anew_in_its_place(
    previewed: ImportPage, settle: Settle
) -> None:
    sheet = sheet_of(previewed)
    header = sheet.mapping()
    assert header is not None
    box = header.box_of(2)
    assert box is not None
    assert box.currentText() == "File"
    assert box.accessibleName() == "Meaning of column C, File"
    sheet.select_id(3 * 64)
    box.setCurrentIndex(box.findText("Leave out"))
    box.activated.emit(box.currentIndex())
    settle()
    assert sheet_of(previewed) is sheet
    assert sheet.current_id() == 3 * 64
    assert counts(previewed)["files_without_row"] == 3, "ring.stl is found by its row's name"
    assert "held_back" not in counts(previewed)
    assert previewed.head.mapping.currentText() == "Your choice"


def test_a_choice_stands_over_each_column_however_far_right(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    wide = tmp_path / "wide.csv"
    headings = ["Part no", *(f"Spare {n}" for n in range(30))]
    wide.write_text(";".join(headings) + "\nA1" + ";x" * 30 + "\n", encoding="utf-8")
    page.begin([wide])
    settle()
    header = sheet_of(page).mapping()
    assert header is not None
    assert header.box_of(30) is None, "made when it is first seen"
    bar = sheet_of(page).horizontalScrollBar()
    bar.setValue(bar.maximum())
    box = header.box_of(30)
    assert box is not None
    assert box.isVisible()
    assert box.currentText() == "Leave out"
    section = header.sectionViewportPosition(header.count() - 1)
    assert section < box.x() < header.viewport().width()


def test_each_file_has_its_picture_before_it_is_imported(
    previewed: ImportPage, settle: Settle, qtbot: QtBot
) -> None:
    key = previewed._pictures.key("ring.stl")
    assert key is not None
    qtbot.waitUntil(lambda: previewed._pictures.pixmap(key, 24) is not None, timeout=20_000)
    assert previewed._pictures.key("no such file") is None


def test_the_page_tells_its_keys(page: ImportPage) -> None:
    told = page.keys()
    assert [key for _what, key in told] == ["Enter", "Esc", "F8", "F2", "Del"]


def test_a_meaning_belongs_to_one_column(previewed: ImportPage, settle: Settle) -> None:
    previewed.decisions.choose_field(2, ColumnField.NAME)
    settle()
    view = previewed.view()
    assert view is not None
    fields = [use.field for use in view.columns]
    assert fields == [
        ColumnField.NUMBER, ColumnField.IGNORED, ColumnField.NAME, ColumnField.PRODUCTION_END
    ]  # fmt: skip


def test_without_a_part_number_nothing_is_taken_and_the_rest_is_remembered(
    previewed: ImportPage, settle: Settle
) -> None:
    previewed.decisions.choose_field(0, ColumnField.IGNORED)
    settle()
    assert "Choose the row of the headings" in previewed.strip.text
    assert not previewed.go_button.isEnabled()
    previewed.decisions.choose_field(0, ColumnField.NUMBER)
    settle()
    assert previewed.strip.isHidden()
    assert counts(previewed)["matched"] == 1


def test_a_list_of_unknown_headings_is_understood_by_hand(
    page: ImportPage, context: UiContext, tmp_path: Path, settle: Settle
) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("Our stock\nFoo;Bar\nA1;Cap\nA2;Ring\n", encoding="utf-8")
    page.begin([odd])
    settle()
    assert "No row of headings with a part number" in page.strip.text
    page.decisions.choose_heading(2)
    settle()
    page.decisions.choose_field(0, ColumnField.NUMBER)
    settle()
    page.decisions.choose_field(1, ColumnField.NAME)
    settle()
    assert outcomes(page) == ["New", "New"]
    page.run_import()
    settle()
    with context.services.library.reading() as read:
        assert {part.name for part in read.fetch(Part)} == {"Cap", "Ring"}


def test_a_mapping_is_saved_by_name_and_proposed_for_the_next_list(
    previewed: ImportPage, folder: Path, settle: Settle
) -> None:
    previewed.decisions.choose_field(2, ColumnField.IGNORED)
    settle()
    previewed.mappings.save()
    dialog = previewed.findChild(MappingDialog)
    assert dialog is not None
    dialog.name.setText("SAP weekly")
    dialog.run()
    settle()
    assert mapping_names() == ["SAP weekly"]
    assert previewed.head.mapping.currentText() == "SAP weekly"
    rules = {rule.heading: rule.field for rule in load_mapping("SAP weekly").rules}
    assert rules["File"] is ColumnField.IGNORED
    previewed.begin([folder, folder / "list.csv"])
    settle()
    assert previewed.head.mapping.currentText() == "SAP weekly"
    assert counts(previewed)["files_without_row"] == 3
    previewed.mappings.choose("")
    settle()
    assert previewed.head.mapping.currentText() == "As proposed"
    assert counts(previewed)["files_without_row"] == 2


def test_a_changed_mapping_says_so_under_its_name(previewed: ImportPage, settle: Settle) -> None:
    previewed.mappings.save()
    dialog = previewed.findChild(MappingDialog)
    assert dialog is not None
    dialog.name.setText("Weekly")
    dialog.run()
    settle()
    previewed.decisions.choose_field(1, ColumnField.IGNORED)
    settle()
    assert previewed.head.mapping.currentText() == "Weekly, changed"


def test_enter_imports_catalogues_the_good_and_reports_the_rest(
    previewed: ImportPage, context: UiContext, settle: Settle
) -> None:
    heard: list[Changes] = []
    context.bus.changed.connect(lambda changes, _who: heard.append(changes))
    press(previewed, Qt.Key.Key_Return, settle)
    assert stored_numbers(context) == ["ST-1", "ST-2", "knob"]
    report = counts(previewed)
    assert report["created"] == 3
    assert report["refused_rows"] == 1
    assert report["refused_files"] == 1
    assert previewed.sentence.text() == "3 new, 0 updated, 0 unchanged, 2 refused"
    assert heard
    assert heard[0].touches("part")


def test_one_undo_takes_the_whole_import_back(
    previewed: ImportPage, context: UiContext, settle: Settle
) -> None:
    previewed.run_import()
    settle()
    previewed.undo_button.click()
    settle()
    assert stored_numbers(context) == []
    assert previewed.strip.text == "The import was undone."
    assert previewed.undo_button.isHidden()


def test_a_list_of_products_alone_can_be_imported(
    page: ImportPage, context: UiContext, tmp_path: Path, settle: Settle
) -> None:
    products = tmp_path / "products.csv"
    products.write_text(PRODUCTS, encoding="utf-8")
    page.begin([products])
    settle()
    assert counts(page) == {"all": 2, "products": 2}
    assert page.go_button.text() == "Import 2"
    page.go_button.click()
    settle()
    assert counts(page) == {"created": 0, "products_created": 2}
    with context.services.library.reading() as read:
        assert {item.name for item in read.fetch(Product)} == {"Pump K2", "Pump K3"}


def test_a_row_with_two_faults_has_a_line_for_each(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(
        "Part number;Name;Production end;Stock\nST-1;Ring;31.02.2027;many\n", encoding="utf-8"
    )
    page.begin([bad])
    settle()
    assert counts(page)["refused_rows"] == 1
    found = [row.problem.found for row in rows_of(page) if row.problem is not None]
    assert found == ["31.02.2027", "many"]


def test_what_was_finished_before_a_failure_is_told(
    previewed: ImportPage, context: UiContext, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Changes] = []
    context.bus.changed.connect(lambda changes, _who: heard.append(changes))

    def fill_disk(*_what: object, **_more: object) -> None:
        raise DiskFull("The disk is full.")

    monkeypatch.setattr("app.services.catalog.carry_out_import.carry_out_import", fill_disk)
    previewed.run_import()
    settle()
    assert previewed.strip.text == "The disk is full."
    assert not previewed.busy
    assert previewed.desk.phase is Phase.PREVIEW
    assert [changes.touches("part") for changes in heard] == [True]


def test_importing_again_updates_instead_of_doubling(
    previewed: ImportPage, context: UiContext, folder: Path, settle: Settle
) -> None:
    previewed.run_import()
    settle()
    (folder / "list.csv").write_text(LIST.replace("Ring", "Ring, large"), encoding="utf-8")
    previewed.begin([folder, folder / "list.csv"])
    settle()
    assert outcomes(previewed)[:2] == ["Updates", "Unchanged"]
    assert counts(previewed)["unchanged"] == 2
    previewed.run_import()
    settle()
    assert counts(previewed)["updated"] == 1
    assert stored_numbers(context) == ["ST-1", "ST-2", "knob"]


def test_a_new_part_opens_from_the_outcome(previewed: ImportPage, settle: Settle) -> None:
    asked: list[str] = []
    previewed.part_requested.connect(asked.append)
    previewed.run_import()
    settle()
    previewed.groups.choose("created")
    settle()
    previewed.lines.table.select_id(1)
    QTest.keyClick(previewed.lines.table, Qt.Key.Key_Return)
    assert asked == ["ST-1"]


def test_nothing_to_import_is_a_sentence(page: ImportPage, tmp_path: Path, settle: Settle) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    page.begin([empty])
    settle()
    assert page.go_button.text() == "Import 0"
    assert not page.go_button.isEnabled()


def test_a_file_that_is_no_list_is_a_sentence(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"this is no spreadsheet")
    page.begin([bad])
    settle()
    assert "'bad'" in page.strip.text
    assert "Expected a heading" in page.strip.text
    assert not page.go_button.isEnabled()
    assert not page.busy


def test_two_lists_at_once_are_refused_with_details(
    page: ImportPage, folder: Path, settle: Settle
) -> None:
    (folder / "other.csv").write_text(LIST, encoding="utf-8")
    page.begin([folder / "list.csv", folder / "other.csv"])
    settle()
    assert "Two tables cannot be imported together" in page.strip.text
    assert page.desk.preview is None
    assert page.desk.phase is Phase.IDLE


def test_a_workbook_shows_each_of_its_sheets(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    parts = book.active
    assert parts is not None
    parts.title = "Parts"
    for line in (("Part no", "Product"), ("A1", "Pump K2")):
        parts.append(line)
    products = book.create_sheet("Machines")
    for line in (("Product", "Installed base"), ("Pump K2", 12)):
        products.append(line)
    book.save(tmp_path / "book.xlsx")
    page.begin([tmp_path / "book.xlsx"])
    settle()
    assert [page.question.sheet.itemText(n) for n in range(2)] == ["Parts", "Machines"]
    page.choose_sheet("Machines")
    settle()
    assert outcomes(page) == ["Product"]
    header = sheet_of(page).mapping()
    assert header is not None
    box = header.box_of(1)
    assert box is not None
    assert box.currentText() == "Installed base"


@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
def test_stopping_keeps_what_is_finished_and_says_so(
    page: ImportPage, context: UiContext, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    place = tmp_path / "many"
    place.mkdir()
    for number in range(240):  # far more than are read before the page is told to stop
        write_box_stl(place / f"box{number:03}.stl", 5.0 + number)
    page.begin([place])
    qtbot.waitUntil(page.go_button.isEnabled, timeout=20_000)
    shares: list[float] = []
    page.desk.progressed.connect(lambda share, _text: shares.append(share))
    page.run_import()
    assert page.busy
    assert page.cancel_button.text() == "Stop"
    qtbot.waitUntil(lambda: bool(shares) and shares[-1] > 0.35, timeout=20_000)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    settle()
    kept = len(stored_numbers(context))
    assert 0 < kept < 240
    assert page.desk.report is not None
    assert page.desk.report.cancelled
    assert f"{kept} parts that were finished are kept" in page.strip.text
    page.desk.undo()
    settle()
    assert stored_numbers(context) == []


@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
def test_dropping_again_while_busy_changes_nothing(
    page: ImportPage, context: UiContext, folder: Path, settle: Settle, qtbot: QtBot
) -> None:
    held = threading.Event()
    context.jobs.start(lambda progress: held.wait(10), owner=page, lane="write")
    page.begin([folder])
    qtbot.waitUntil(page.go_button.isEnabled, timeout=20_000)
    page.run_import()
    page.begin([folder / "list.csv"])
    assert "under way" in page.strip.text
    held.set()
    settle()
    assert page.desk.report is not None


def test_cancelling_a_preview_leaves_the_page(previewed: ImportPage) -> None:
    left: list[bool] = []
    previewed.closed.connect(lambda: left.append(True))
    previewed.cancel_button.click()
    assert left == [True]


def test_enter_on_a_button_presses_that_button(previewed: ImportPage, settle: Settle) -> None:
    left: list[bool] = []
    previewed.closed.connect(lambda: left.append(True))
    previewed.activateWindow()
    previewed.cancel_button.setFocus()
    QTest.keyClick(previewed.cancel_button, Qt.Key.Key_Return)
    settle()
    assert left == [True]


# units


@pytest.fixture
def doubted(page: ImportPage, tmp_path: Path, settle: Settle) -> ImportPage:
    """Files of no stated unit: one of a usual size, one that looks like inches."""
    place = tmp_path / "units"
    place.mkdir()
    write_box_stl(place / "cap.stl", 40.0)
    write_box_stl(place / "clip.stl", 1.5, 1.0, 0.5)
    page.begin([place])
    settle()
    return page


def units(context: UiContext) -> dict[str, tuple[LengthUnit, UnitSource]]:
    with context.services.library.reading() as read:
        return {item.file_name: (item.unit, item.unit_source) for item in read.fetch(Geometry)}


def test_a_file_of_an_odd_size_is_doubted_and_converted_with_one_click(
    doubted: ImportPage, context: UiContext, settle: Settle
) -> None:
    assert doubted.question.doubt.text == "1 file looks like inches"
    assert counts(doubted)["units"] == 1
    assert outcomes(doubted) == ["New", "Unit?"]
    assert doubted.desk.outlook.size_text("clip.stl") == "1.5 × 1 × 0.5 mm"
    doubted.question.convert.click()
    settle()
    assert doubted.question.doubt.isHidden()
    assert doubted.desk.outlook.size_text("clip.stl") == "38.1 × 25.4 × 12.7 mm"
    doubted.run_import()
    settle()
    assert units(context) == {
        "cap.stl": (LengthUnit.MM, UnitSource.ASSUMED),
        "clip.stl": (LengthUnit.INCH, UnitSource.USER),
    }


def test_the_unit_of_all_files_is_answered_once(
    doubted: ImportPage, context: UiContext, settle: Settle
) -> None:
    QTest.keyClick(doubted.question.unit, Qt.Key.Key_Right)
    settle()
    assert doubted.desk.units.batch is LengthUnit.INCH
    assert doubted.question.doubt.isHidden()
    doubted.run_import()
    settle()
    assert set(units(context).values()) == {(LengthUnit.INCH, UnitSource.USER)}


def test_a_single_file_may_have_another_unit(
    doubted: ImportPage, context: UiContext, settle: Settle
) -> None:
    sheet_of(doubted).selectRow(0)
    strip = doubted.rows_strip
    assert strip.text.text() == "cap · cap.stl: 40 × 25 × 15 mm"
    strip.unit.chosen.emit("cm")
    settle()
    assert strip.text.text() == "cap · cap.stl: 400 × 250 × 150 mm"
    assert strip.unit.current == "cm"
    doubted.run_import()
    settle()
    assert units(context)["cap.stl"] == (LengthUnit.CM, UnitSource.USER)


def test_a_unit_that_was_answered_before_is_not_asked_again(
    doubted: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    doubted.question.convert.click()
    settle()
    doubted.run_import()
    settle()
    doubted.begin([tmp_path / "units"])
    settle()
    assert "units" not in counts(doubted)
    assert outcomes(doubted) == ["Unchanged", "Unchanged"]
    assert doubted.desk.outlook.size_text("clip.stl") == "38.1 × 25.4 × 12.7 mm"
