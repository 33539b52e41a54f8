"""The import page on real files and lists: preview, import, outcome, undo, stopping."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.base.errors import DiskFull
from app.domain.catalog.geometry import Geometry, LengthUnit, UnitSource
from app.domain.catalog.part import Part
from app.domain.changes import Changes
from app.domain.lifecycle.product import Product
from app.ui.catalog.import_page import ImportPage
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
    return {group.key: len(group.lines) for group in page.groups.groups}


def stored_numbers(context: UiContext) -> list[str]:
    with context.services.library.reading() as read:
        return sorted(part.number for part in read.fetch(Part))


def test_the_preview_tells_what_would_happen_and_changes_nothing(
    previewed: ImportPage, context: UiContext
) -> None:
    assert counts(previewed) == {
        "matched": 1,
        "rows_without_file": 1,
        "files_without_row": 2,
        "refused_rows": 1,
        "held_back": 1,
    }
    assert previewed.go_button.text() == "Import 4"
    assert stored_numbers(context) == []


def test_a_refused_row_names_row_column_found_and_expected(
    previewed: ImportPage, settle: Settle
) -> None:
    previewed.groups.choose("refused_rows")
    settle()
    previewed.table.select_id(1)
    assert "Row 4, column D" in previewed.detail.text()
    assert "31.02.2027" in previewed.detail.text()
    assert "DD.MM.YYYY" in previewed.detail.text()


def test_importing_catalogues_the_good_and_reports_the_rest(
    previewed: ImportPage, context: UiContext, settle: Settle
) -> None:
    heard: list[Changes] = []
    context.bus.changed.connect(lambda changes, _who: heard.append(changes))
    previewed.go_button.click()
    settle()
    assert stored_numbers(context) == ["ST-1", "ST-2", "knob"]
    report = counts(previewed)
    assert report["created"] == 3
    assert report["refused_rows"] == 1
    assert report["refused_files"] == 1
    assert previewed._sentence.text() == "3 new, 0 updated, 0 unchanged, 2 refused"
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
    assert counts(page) == {"products": 2}
    assert page.go_button.text() == "Import 2"
    page.go_button.click()
    settle()
    assert counts(page) == {"created": 0, "products_created": 2}
    with context.services.library.reading() as read:
        assert {item.name for item in read.fetch(Product)} == {"Pump K2", "Pump K3"}


def test_a_row_with_two_faults_is_one_refused_row(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(
        "Part number;Name;Production end;Stock\nST-1;Ring;31.02.2027;many\n", encoding="utf-8"
    )
    page.begin([bad])
    settle()
    assert counts(page)["refused_rows"] == 1
    page.table.select_id(1)
    assert "31.02.2027" in page.detail.text()
    assert "many" in page.detail.text()


def test_what_was_finished_before_a_failure_is_told(
    previewed: ImportPage, context: UiContext, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Changes] = []
    context.bus.changed.connect(lambda changes, _who: heard.append(changes))

    def fill_disk(*_what: object, **_more: object) -> None:
        raise DiskFull("The disk is full.")

    monkeypatch.setattr("app.services.catalog.import_inventory.import_inventory", fill_disk)
    previewed.run_import()
    settle()
    assert previewed.strip.text == "The disk is full."
    assert not previewed.busy
    assert [changes.touches("part") for changes in heard] == [True]


def test_importing_again_updates_instead_of_doubling(
    previewed: ImportPage, context: UiContext, folder: Path, settle: Settle
) -> None:
    previewed.run_import()
    settle()
    (folder / "list.csv").write_text(LIST.replace("Ring", "Ring, large"), encoding="utf-8")
    previewed.begin([folder, folder / "list.csv"])
    settle()
    previewed.run_import()
    settle()
    assert counts(previewed)["updated"] == 1
    assert stored_numbers(context) == ["ST-1", "ST-2", "knob"]


def test_a_new_part_opens_from_the_outcome(previewed: ImportPage, settle: Settle) -> None:
    asked: list[str] = []
    previewed.part_requested.connect(asked.append)
    previewed.table.select_id(1)
    QTest.keyClick(previewed.table, Qt.Key.Key_Return)
    assert asked == [], "in the preview the part does not exist yet"
    previewed.run_import()
    settle()
    previewed.groups.choose("created")
    settle()
    previewed.table.select_id(1)
    QTest.keyClick(previewed.table, Qt.Key.Key_Return)
    assert asked == ["ST-1"]


def test_nothing_to_import_is_a_sentence(page: ImportPage, tmp_path: Path, settle: Settle) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    page.begin([empty])
    settle()
    assert page.go_button.text() == "Import 0"
    assert not page.go_button.isEnabled()


def test_a_list_that_cannot_be_read_is_a_sentence_with_details(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"this is no spreadsheet")
    page.begin([bad])
    settle()
    assert page.strip.isVisible()
    assert "'bad'" in page.strip.text
    assert "Expected a heading" in page.strip.text
    assert page.plan is None
    assert not page.busy


@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
def test_stopping_keeps_what_is_finished_and_says_so(
    page: ImportPage, context: UiContext, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    place = tmp_path / "many"
    place.mkdir()
    for number in range(240):  # far more than are read before the page is told to stop
        write_box_stl(place / f"box{number:03}.stl", 5.0 + number)
    page.begin([place])
    settle()
    page.run_import()
    assert page.busy
    assert page.cancel_button.text() == "Stop"
    qtbot.waitUntil(lambda: page._bar._share > 0.35, timeout=20_000)
    page.stop()
    settle()
    kept = len(stored_numbers(context))
    assert 0 < kept < 240
    assert page.report is not None
    assert page.report.cancelled
    assert f"{kept} parts that were finished are kept" in page.strip.text
    page.undo()
    settle()
    assert stored_numbers(context) == []


@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
def test_dropping_again_while_busy_changes_nothing(
    page: ImportPage, context: UiContext, folder: Path, settle: Settle, qtbot: QtBot
) -> None:
    held = threading.Event()
    context.jobs.start(lambda progress: held.wait(10), owner=page, lane="write")
    page.begin([folder])
    qtbot.waitUntil(lambda: not page.busy, timeout=20_000)
    page.run_import()
    page.begin([folder / "list.csv"])
    assert "under way" in page.strip.text
    held.set()
    settle()
    assert page.report is not None


def test_cancelling_a_preview_leaves_the_page(previewed: ImportPage) -> None:
    left: list[bool] = []
    previewed.closed.connect(lambda: left.append(True))
    previewed.cancel_button.click()
    assert left == [True]


def test_the_unit_of_files_that_state_none_is_asked_once(
    page: ImportPage, context: UiContext, folder: Path, settle: Settle
) -> None:
    page.begin([folder / "knob.stl"])
    settle()
    page.unit.choose("inch")
    page.run_import()
    settle()
    with context.services.library.reading() as read:
        [geometry] = read.fetch(Geometry)
    assert geometry.unit is LengthUnit.INCH
    assert geometry.unit_source is UnitSource.USER
