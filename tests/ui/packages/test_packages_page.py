"""The page of packages: what it lists, what the inspector tells, its acts and its empty states."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.base.errors import StorageError
from app.domain.certificates.certificate import Lot
from app.services.catalog.release_revision import release_revision
from app.services.catalog.revise_part import revise_part
from app.services.packages.trusted_keys import trust_keys_of
from app.storage.library import Library
from app.ui.context import UiContext
from app.ui.packages import packages_page
from app.ui.packages.lot_dialog import LotDialog
from app.ui.packages.packages_page import PackagesPage
from helpers.chain import AUTHOR, KEY, NUMBER, Chain
from helpers.signed_samples import trusted

Settle = Callable[[], None]


@pytest.fixture
def chain(context: UiContext, tmp_path: Path) -> Chain:
    return Chain(context.services.library, context.services.workers, tmp_path)


@pytest.fixture
def page(context: UiContext, qtbot: QtBot) -> Iterator[PackagesPage]:
    made = PackagesPage(context)
    qtbot.addWidget(made)
    made.resize(1232, 760)
    yield made


@pytest.fixture
def shown(chain: Chain, page: PackagesPage, settle: Settle) -> PackagesPage:
    """Two packages and a trial; a lot was delivered under the first one."""
    chain.qualify()
    chain.export(10)
    chain.export(5)
    chain.export(3, trial=True)
    chain.deliver()
    page.show()
    settle()
    return page


def row_texts(page: PackagesPage, row: int) -> dict[str, str]:
    cells = page.listing.model.cells(row)
    assert cells is not None
    keys = [column.key for column in page.listing.model.columns]
    return dict(zip(keys, cells.texts, strict=True))


def listed_numbers(page: PackagesPage) -> list[str]:
    return [row_texts(page, row)["number"] for row in range(len(page.listing.model.ids))]


def trust(library: Library, tmp_path: Path) -> None:
    from app.services.packages.trusted_keys import hand_over_key

    hand_over_key(trusted(KEY), tmp_path / "key.toml")
    trust_keys_of(tmp_path / "key.toml")


def test_it_lists_the_newest_first_with_lots_and_standing(shown: PackagesPage) -> None:
    assert listed_numbers(shown) == ["P-2026-0003", "P-2026-0002", "P-2026-0001"]
    trial, second, first = (row_texts(shown, row) for row in range(3))
    assert (trial["standing"], trial["delivered"]) == ("Trial", "–")
    assert (second["standing"], second["delivered"]) == ("Qualified", "0 of 5")
    assert (first["part"], first["name"], first["definition"]) == (NUMBER, "Leg cap", "A · 1.0")
    assert (first["delivered"], first["provider"]) == ("3 of 10", "North Print Oy")
    assert shown.head.summary.text() == "3 packages left the house"
    assert shown.status_text == "3 packages"
    assert shown.current_number == NUMBER


def test_the_inspector_shows_licence_lots_and_manifest(shown: PackagesPage, settle: Settle) -> None:
    shown.show_subject("P-2026-0001")
    settle()
    text = shown.inspector.sheet.text
    assert shown.inspector.number.text() == "P-2026-0001"
    assert "North Print Oy" in text
    assert "10 pieces without an end" in text
    assert "L-1 3 pieces 2026-11-23" in text
    assert "model/ST-1002.3mf" in text
    assert "7 files" in text
    assert KEY.fingerprint in text
    assert shown.inspector.primary.text() == "Verify"


def test_segments_and_search_narrow_the_list_and_a_link_widens_it(
    shown: PackagesPage, settle: Settle, qtbot: QtBot
) -> None:
    shown.show_subject("only:awaiting")
    settle()
    assert listed_numbers(shown) == ["P-2026-0002"]
    assert shown.inspector.primary.text() == "Book lot…"
    shown.head.segments.setFocus()
    qtbot.keyClick(shown.head.segments, Qt.Key.Key_Right)
    settle()
    assert listed_numbers(shown) == ["P-2026-0003"]
    shown.focus_search()
    qtbot.keyClicks(shown.head.search, "nobody")
    qtbot.waitUntil(lambda: not shown.listed)
    assert "nobody" in shown.listing.empty.sentence
    assert shown.listing.empty.button.text() == "Clear the search"
    shown.listing.empty.button.click()
    qtbot.waitUntil(lambda: shown.listed)
    shown.show_subject("P-2026-0001")
    qtbot.waitUntil(lambda: shown.inspector.number.text() == "P-2026-0001")
    assert len(listed_numbers(shown)) == 3
    shown.show_subject("P-9")
    settle()
    assert "no package P-9" in shown.strip.text


def test_an_empty_choice_says_which_it_is(shown: PackagesPage, settle: Settle) -> None:
    shown.show_subject("only:recall")
    settle()
    assert "To call back" in shown.listing.empty.sentence
    shown.listing.empty.button.click()
    settle()
    assert shown.listed


def test_nothing_exported_yet(page: PackagesPage, settle: Settle) -> None:
    page.show()
    settle()
    assert "Export a print package" in page.listing.empty.sentence
    assert not page.inspector.isVisible()
    assert page.record_acts() == ()


def test_what_is_no_longer_current_is_to_be_called_back(
    shown: PackagesPage, chain: Chain, settle: Settle, qtbot: QtBot
) -> None:
    draft, changes = revise_part(chain.library, NUMBER, who=AUTHOR, why="stronger rib")
    release_revision(chain.library, draft.id, who=AUTHOR)
    shown.context.bus.publish(changes, None)
    qtbot.waitUntil(lambda: row_texts(shown, 2)["standing"] == "To call back")
    settle()
    assert "3 are no longer current" in shown.head.summary.text()
    shown.show_subject("P-2026-0001")
    settle()
    text = shown.inspector.sheet.text
    assert "Revision A in this package is obsolete." in text
    assert "Tell North Print Oy that the package must not be used any more." in text


def test_verify_tells_every_check_and_forgets_it_with_the_package(
    shown: PackagesPage, chain: Chain, settle: Settle, tmp_path: Path
) -> None:
    shown.show_subject("P-2026-0001")
    settle()
    shown.inspector.primary.click()
    settle()
    assert "Intact, but signed by an unknown key" in shown.inspector.sheet.text
    trust(chain.library, tmp_path)
    shown.inspector.primary.click()
    settle()
    text = shown.inspector.sheet.text
    assert "Genuine and current" in text
    assert "issued exactly this file as P-2026-0001" in text
    shown.step(-1)
    settle()
    assert "Genuine and current" not in shown.inspector.sheet.text


def test_a_damaged_copy_is_not_genuine(shown: PackagesPage, chain: Chain, settle: Settle) -> None:
    row = shown.listing.current
    with chain.library.reading() as read:
        from app.domain.packages.print_package import PrintPackage

        sha256 = read.one(PrintPackage, id=row.id).sha256
    path = chain.library.objects.path_of(sha256)
    path.write_bytes(path.read_bytes()[:-1])
    shown.inspector.primary.click()
    settle()
    assert "Not genuine" in shown.inspector.sheet.text


def test_the_file_is_copied_byte_for_byte_and_never_replaced(
    shown: PackagesPage,
    chain: Chain,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "again.everspare"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(out), ""))
    shown.show_subject("P-2026-0001")
    settle()
    acts = {act.key: act for act in shown.record_acts()}
    acts["copy_record"].run()
    settle()
    assert out.read_bytes() == (chain.folder / "out" / "P-2026-0001.everspare").read_bytes()
    assert "again.everspare is in" in shown.strip.text
    acts["copy_record"].run()
    settle()
    assert "again.everspare" in shown.strip.text and "exist" in shown.strip.text


def test_a_lot_is_booked_under_the_package(
    shown: PackagesPage, settle: Settle, chain: Chain
) -> None:
    shown.show_subject("P-2026-0002")
    settle()
    shown.inspector.primary.click()
    dialog = shown.acts.dialog
    assert isinstance(dialog, LotDialog)
    assert dialog.package.currentData() == "P-2026-0002"
    dialog.number.setText("L-2")
    dialog.quantity.setValue(5)
    dialog.run()
    settle()
    with chain.library.reading() as read:
        assert read.one(Lot, number="L-2").quantity == 5
    assert row_texts(shown, 1)["delivered"] == "5 of 5"
    assert shown.inspector.number.text() == "P-2026-0002"
    refusals = {act.key: act.refusal for act in shown.record_acts()}
    assert refusals["book_lot"] == "Every licensed piece has been delivered."


def test_a_trial_takes_no_lot(shown: PackagesPage) -> None:
    refusals = {act.key: act.refusal for act in shown.record_acts()}
    assert refusals["book_lot"] == "Parts made from a trial are not delivered."


def test_many_chosen_are_counted_and_copied(
    shown: PackagesPage, settle: Settle, qtbot: QtBot
) -> None:
    shown.listing.enter()
    shown.select_all()
    settle()
    assert "3 packages selected" in shown.inspector.note
    assert shown.status_text == "3 of 3 selected"
    qtbot.keyClick(shown.listing.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 4
    assert lines[1].startswith(f"P-2026-0003\t{NUMBER}")


def test_enter_opens_the_part_and_the_button_asks_for_any_file(
    shown: PackagesPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(shown.part_requested) as opened:
        qtbot.keyClick(shown.listing.table, Qt.Key.Key_Return)
    assert opened.args == [NUMBER]
    with qtbot.waitSignal(shown.act_requested) as asked:
        shown.head.verify.click()
    assert asked.args == ["verify_file"]


def test_an_error_says_so_and_the_list_stays(
    shown: PackagesPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise StorageError("The disk is gone.")

    monkeypatch.setattr(packages_page, "count_packages", broken)
    shown.refresh()
    settle()
    assert "The disk is gone." in shown.strip.text
    assert len(listed_numbers(shown)) == 3
    copy = [b for b in shown.strip.findChildren(QPushButton) if b.text() == "Copy details"]
    assert copy and copy[0].isVisible()


def test_narrow_tables_leave_columns_to_the_inspector(shown: PackagesPage, settle: Settle) -> None:
    keys = [column.key for column in shown.listing.model.columns]
    hidden = {key for n, key in enumerate(keys) if shown.listing.table.isColumnHidden(n)}
    assert hidden == {"who"}
    shown.resize(1040, 700)
    settle()
    hidden = {key for n, key in enumerate(keys) if shown.listing.table.isColumnHidden(n)}
    assert hidden == {"who", "definition", "part"}
