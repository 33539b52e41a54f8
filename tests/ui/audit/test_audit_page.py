"""The audit page: what it lists and says, its filters, checks, undo, states and keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.base.clock import FixedClock
from app.base.errors import StorageError
from app.domain.audit.trail import ActState, TrailFilter
from app.domain.catalog.part import Part, RevisionState
from app.domain.changes import Changes
from app.domain.qualification.network import Provider
from app.services.catalog.revise_part import revise_part
from app.storage.library import Library
from app.ui.audit.audit_page import CHECK, UNDOABLE, VERIFY, AuditPage
from app.ui.audit.check_dialog import CheckDialog
from app.ui.context import UiContext
from app.ui.jobs import JobState
from helpers.builders import part, revision

Settle = Callable[[], None]
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def trail(library: Library, clock: FixedClock) -> Library:
    """Four acts of two people: two parts and a revision, a new revision, a provider, a name."""
    clock.set(NOON)
    with library.writing(who="Anna", act="import list", why="SAP of week 47") as write:
        ids = write.insert([part("A-1", "Leg cap"), part("B-1")])
        write.insert([revision(ids[0], "A", state=RevisionState.RELEASED)])
    clock.set(NOON + timedelta(days=1))
    revise_part(library, "A-1", who="Ben", why="other gate", label="B")
    clock.set(NOON + timedelta(days=2))
    with library.writing(who="Anna", act="register", undoable=False) as write:
        write.insert([Provider(code="P1", name="Nordlicht")])
    clock.set(NOON + timedelta(days=3))
    with library.writing(who="Ben", act="rename") as write:
        write.update_all(
            [replace(p, name="Bolt", note="short") for p in write.fetch(Part, number="B-1")]
        )
    return library


@pytest.fixture
def page(context: UiContext, qtbot: QtBot) -> Iterator[AuditPage]:
    made = AuditPage(context)
    qtbot.addWidget(made)
    made.resize(1232, 800)
    yield made


@pytest.fixture
def shown(trail: Library, page: AuditPage, settle: Settle) -> AuditPage:
    page.show()
    settle()
    return page


def _acts(page: AuditPage) -> list[int]:
    return list(page.listing.model.ids)


def _texts(page: AuditPage, row: int) -> dict[str, str]:
    cells = page.listing.model.cells(row)
    assert cells is not None
    names = [column.key for column in page.listing.model.columns]
    return dict(zip(names, cells.texts, strict=True))


def _changes(page: AuditPage) -> list[tuple[str, ...]]:
    model = page.panel.model
    rows = (model.cells(row) for row in range(model.rowCount()))
    return [row.texts for row in rows if row is not None]


def _choose(page: AuditPage, act_id: int, settle: Settle) -> None:
    assert page.listing.table.select_id(act_id)
    settle()


def test_acts_are_listed_newest_first_with_their_summary(shown: AuditPage) -> None:
    assert _acts(shown) == [4, 3, 2, 1]
    assert shown.head.summary.text() == "4 entries by 2 people"
    assert shown.status_text == "4 entries"
    assert _texts(shown, 0) == {
        "entry": "4",
        "when": "2026-11-23 12:00",
        "who": "Ben",
        "act": "Rename",
        "part": "B-1",
        "why": "",
        "changes": "2",
        "state": "",
    }
    assert _texts(shown, 1)["state"] == "Final"
    assert _texts(shown, 3)["part"] == "A-1 + 1"


def test_the_chosen_act_is_told_in_full(shown: AuditPage, settle: Settle) -> None:
    assert _changes(shown) == [
        ("Part B-1", "B-1", "changed", "Name", "empty", "Bolt"),
        ("Part B-1", "B-1", "changed", "Note", "empty", "short"),
    ]
    assert shown.panel.count.text() == "2 changes"
    _choose(shown, 1, settle)
    for words in ("Import list", "entry 1", "2026-11-20 12:00 +0000", "SAP of week 47"):
        assert words in shown.panel.sheet.text
    first = _changes(shown)[0]
    assert first[:4] == ("Part A-1", "A-1", "added", "")
    assert "Name: Leg cap" in first[5]
    assert "Version" not in first[5]
    shown.panel.table.select_id(shown.panel.model.ids[0])
    assert "Chosen change" in shown.panel.sheet.text
    assert "Name: Leg cap" in shown.panel.sheet.text
    _choose(shown, 3, settle)
    assert "Chosen change" not in shown.panel.sheet.text
    assert _changes(shown)[0][:3] == ("Provider Nordlicht", "", "added")
    assert not shown.panel.open.isVisibleTo(shown)
    assert not shown.panel.undo.isVisibleTo(shown)


def test_filters_narrow_the_list_and_offer_what_occurs(shown: AuditPage, settle: Settle) -> None:
    who, table = shown.filters.who, shown.filters.table
    assert [who.itemText(n) for n in range(who.count())] == ["Everybody", "Anna", "Ben"]
    kinds = [table.itemText(n) for n in range(table.count())]
    assert kinds == ["All records", "Part", "Provider", "Revision"]
    who.setCurrentIndex(who.findData("Anna"))
    settle()
    assert _acts(shown) == [3, 1]
    table.setCurrentIndex(table.findData("part"))
    settle()
    assert _acts(shown) == [1]
    shown.filters.clear.click()
    settle()
    assert _acts(shown) == [4, 3, 2, 1]
    assert not shown.filters.clear.isVisibleTo(shown)


def test_days_filter_once_they_are_whole(shown: AuditPage, settle: Settle, qtbot: QtBot) -> None:
    first = shown.filters.first_day
    first.setText("2026-11-2")
    assert first.property("missing") is True
    assert "YYYY-MM-DD" in first.accessibleDescription()
    qtbot.keyClicks(first, "2")
    assert first.property("missing") is False
    qtbot.waitUntil(lambda: _acts(shown) == [4, 3], timeout=5000)
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(_acts(shown)) == 4, timeout=5000)
    shown.filters.last_day.setText("2026-11-20")
    qtbot.keyClick(shown.filters.last_day, Qt.Key.Key_Down)
    settle()
    assert _acts(shown) == [1]
    assert shown.listing.table.hasFocus() or not shown.isActiveWindow()


def test_typing_searches_acts_reasons_and_parts(
    shown: AuditPage, qtbot: QtBot, settle: Settle
) -> None:
    qtbot.keyClicks(shown.filters.search, "a-1")
    qtbot.waitUntil(lambda: _acts(shown) == [2, 1], timeout=5000)
    settle()
    shown.filters.search.setText("gate a-1")
    qtbot.waitUntil(lambda: _acts(shown) == [2], timeout=5000)


def test_no_match_names_the_filters_and_one_click_clears_them(
    shown: AuditPage, settle: Settle
) -> None:
    shown.filters.show_filter(
        TrailFilter(text="zzz", who="Anna", first_day=NOON.date(), state=ActState.UNDONE)
    )
    shown._list()
    settle()
    empty = shown.listing.empty
    assert empty.isVisibleTo(shown)
    assert empty.sentence == "No act matches “zzz”, Anna, Undone, from 2026-11-20."
    assert not shown.panel.isVisibleTo(shown)
    empty.button.click()
    settle()
    assert _acts(shown) == [4, 3, 2, 1]
    assert shown.panel.isVisibleTo(shown)


def test_an_empty_trail_says_so(page: AuditPage, settle: Settle) -> None:
    page.show()
    settle()
    assert page.listing.empty.isVisibleTo(page)
    assert "recorded here" in page.listing.empty.sentence
    assert page.head.summary.text() == "0 entries by 0 people"


def test_enter_opens_the_part_from_either_table(
    shown: AuditPage, qtbot: QtBot, settle: Settle
) -> None:
    with qtbot.waitSignal(shown.part_requested) as asked:
        qtbot.keyClick(shown.listing.table, Qt.Key.Key_Return)
    assert asked.args == ["B-1"]
    assert shown.current_number == "B-1"
    _choose(shown, 1, settle)
    changes = shown.panel.table
    changes.select_id(shown.panel.model.ids[1])
    with qtbot.waitSignal(shown.part_requested) as asked:
        qtbot.keyClick(changes, Qt.Key.Key_Return)
    assert asked.args == ["B-1"]
    with qtbot.waitSignal(shown.part_requested) as asked:
        shown.panel.open.click()
    assert asked.args == ["A-1"]
    _choose(shown, 3, settle)
    with qtbot.assertNotEmitted(shown.part_requested):
        qtbot.keyClick(shown.listing.table, Qt.Key.Key_Return)


def test_many_chosen_acts_are_counted_and_copied(shown: AuditPage, settle: Settle) -> None:
    shown.select_all()
    settle()
    assert shown.selected == 4
    assert shown.status_text == "4 of 4 selected"
    assert shown.panel.count.text() == "4 entries chosen"
    shown.copy_rows()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:4] == ["Entry", "When", "Who", "Act"]
    assert len(lines) == 5


def test_an_intact_chain_is_verified_as_a_job(
    shown: AuditPage, context: UiContext, settle: Settle
) -> None:
    shown.head.verify.click()
    [job] = [job for job in context.jobs.active if job.title]
    assert job.title == "Verify the audit trail"
    assert not shown.head.verify.isEnabled()
    settle()
    assert shown.strip.text == "The chain is intact: 4 entries, each linked to the one before."
    assert shown.head.verify.isEnabled()
    assert job.outcome_text == shown.strip.text


def test_the_first_broken_entry_is_named_and_shown(
    shown: AuditPage, trail: Library, settle: Settle
) -> None:
    _tamper(trail, "UPDATE change_set SET who = 'Mallory' WHERE id = 2")
    shown.filters.show_filter(TrailFilter(who="Anna"))
    shown._list()
    settle()
    shown.show_subject(VERIFY)
    settle()
    assert "breaks at entry 2" in shown.strip.text
    _strip_button(shown.strip, "Show the entry").click()
    settle()
    assert shown.listing.table.current_id() == 2


def _tamper(library: Library, statement: str) -> None:
    with closing(sqlite3.connect(library.path / "library.sqlite")) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'change%'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute(statement)
        database.commit()


def _strip_button(strip: QWidget, text: str) -> QPushButton:
    return next(button for button in strip.findChildren(QPushButton) if button.text() == text)


@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
def test_a_check_can_be_stopped(
    shown: AuditPage, context: UiContext, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.ui.audit import trail_check

    def endless(library: Library, *, progress):  # type: ignore[no-untyped-def]
        while True:
            progress.check()

    monkeypatch.setattr(trail_check, "verify_trail", endless)
    shown.head.verify.click()
    [job] = [job for job in context.jobs.active if job.title]
    shown.check.verify_chain()  # a second one is not started
    assert [job] == [job for job in context.jobs.active if job.title]
    _strip_button(shown.strip, "Stop").click()
    settle()
    assert job.state is JobState.CANCELLED
    assert shown.strip.text == "The check was stopped; it says nothing."
    assert shown.head.verify.isEnabled()


def test_a_failing_check_can_be_tried_again(
    shown: AuditPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.ui.audit import trail_check

    def fail(library: Library, *, progress):  # type: ignore[no-untyped-def]
        raise StorageError("The disk is gone.")

    with monkeypatch.context() as patched:
        patched.setattr(trail_check, "verify_trail", fail)
        shown.head.verify.click()
        settle()
    assert shown.strip.text == "The disk is gone."
    _strip_button(shown.strip, "Try again").click()
    settle()
    assert shown.strip.text.startswith("The chain is intact")


def test_the_whole_library_is_checked(shown: AuditPage, settle: Settle) -> None:
    shown.show_subject(CHECK)
    settle()
    assert shown.strip.text.startswith("The library is intact. 0 files")


def test_problems_are_listed_with_their_cures_and_the_index_can_be_made_anew(
    shown: AuditPage, trail: Library, context: UiContext, settle: Settle
) -> None:
    with closing(sqlite3.connect(trail.path / "library.sqlite")) as database:
        database.execute("DELETE FROM part_search")
        database.commit()
    (trail.path / "objects" / "ab").mkdir(parents=True)
    (trail.path / "objects" / "ab" / ("c" * 62)).write_bytes(b"?")
    shown.head.check.click()
    settle()
    assert shown.strip.text.startswith("2 problems found.")
    _strip_button(shown.strip, "Show problems…").click()
    settle()
    [dialog] = shown.findChildren(CheckDialog)
    kinds = [dialog.model.cells(row).texts[0] for row in range(2)]  # type: ignore[union-attr]
    assert sorted(kinds) == ["Search index", "Unknown file"]
    assert "Rebuild the search index here" in dialog.cures.text
    dialog.copy_report()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 2
    assert dialog.verb_button.isVisibleTo(dialog)
    dialog.run()
    settle()
    assert "made anew" in dialog.strip.text
    dialog.reject()
    shown.head.check.click()
    settle()
    assert shown.strip.text.startswith("1 problem found.")


def test_an_act_is_undone_from_here(
    shown: AuditPage, trail: Library, context: UiContext, settle: Settle
) -> None:
    told: list[Changes] = []
    context.bus.changed.connect(lambda changes, _initiator: told.append(changes))
    _choose(shown, 2, settle)
    shown.panel.undo.click()
    settle()
    assert shown.strip.text == "Undone: new revision."
    assert told[0].touches("part_revision")
    assert _acts(shown) == [5, 4, 3, 2, 1]
    _choose(shown, 2, settle)
    assert _texts(shown, 3)["state"] == "Undone"
    assert not shown.panel.undo.isVisibleTo(shown)


def test_an_act_whose_records_changed_since_says_why_it_stays(
    shown: AuditPage, settle: Settle
) -> None:
    _choose(shown, 1, settle)
    shown.panel.undo.click()
    settle()
    assert "B-1" in shown.strip.text or "changed" in shown.strip.text
    assert len(_acts(shown)) == 4


def test_links_choose_what_is_listed(shown: AuditPage, settle: Settle) -> None:
    shown.show_subject(UNDOABLE)
    settle()
    assert _acts(shown) == [4, 2, 1]
    shown.show_subject("register")
    settle()
    assert _acts(shown) == [3]
    assert shown.filters.search.text() == "register"
    shown.show_subject("")
    settle()
    assert len(_acts(shown)) == 4


def test_acts_of_others_appear_by_themselves(
    shown: AuditPage, trail: Library, context: UiContext, settle: Settle, qtbot: QtBot
) -> None:
    with trail.writing(who="Cleo", act="add") as write:
        write.insert([part("C-1")])
    context.bus.publish(write.changes)
    qtbot.waitUntil(lambda: _acts(shown)[0] == 5, timeout=5000)
    settle()
    assert shown.filters.who.findData("Cleo") > 0
    assert shown.head.summary.text() == "5 entries by 3 people"


def test_an_error_leaves_the_list_and_offers_another_try(
    shown: AuditPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.services.audit.page_trail import TrailPages

    def fail(*_arguments: object) -> None:
        raise StorageError("The library is locked.")

    with monkeypatch.context() as patched:
        patched.setattr(TrailPages, "first_rows", fail)
        shown.filters.state.setCurrentIndex(2)
        settle()
    assert shown.strip.text == "The library is locked."
    assert _acts(shown) == [4, 3, 2, 1]
    _strip_button(shown.strip, "Try again").click()
    settle()
    assert shown.strip.text == ""


def test_layout_is_kept_for_the_next_session(
    shown: AuditPage, context: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    shown.listing.table.setColumnWidth(3, 321)
    shown.save_state()
    again = AuditPage(context)
    qtbot.addWidget(again)
    assert again.listing.table.columnWidth(3) == 321


def test_every_control_has_a_name(shown: AuditPage) -> None:
    for kind in (shown.filters.who, shown.filters.table, shown.filters.state):
        assert kind.accessibleName()
    for widget in shown.findChildren(QWidget):
        if widget.focusPolicy() and widget.isVisibleTo(shown) and not widget.focusProxy():
            named = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            assert named, widget
