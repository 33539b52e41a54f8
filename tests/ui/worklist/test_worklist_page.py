"""The worklist page: ranks, reasons, horizon, copying, and what it says when there is nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.base.errors import StorageError
from app.base.settings import load_settings, save_settings
from app.domain.catalog.part import Part
from app.domain.changes import Changes
from app.domain.lifecycle.flag import Answer, Flag, Readiness
from app.domain.lifecycle.product import Milestone, MilestoneKind, Product, WhereUsed, name_key
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.services.lifecycle.flag_spares import flag_spares
from app.storage.library import Library
from app.ui.context import UiContext
from app.ui.jobs import JobRunner
from app.ui.worklist import horizon_judge
from app.ui.worklist.worklist_page import WorklistPage
from app.ui.worklist.worklist_source import WorklistSource
from helpers.builders import part

TODAY = date(2026, 11, 23)
Open = Callable[..., None]
Settle = Callable[[], None]


@pytest.fixture
def page(context: UiContext, qtbot: QtBot) -> Iterator[WorklistPage]:
    made = WorklistPage(context)
    qtbot.addWidget(made)
    made.resize(1232, 800)
    yield made


def _flag(part_id: int, answer: Answer = Answer.YES, **more: object) -> Flag:
    defaults: dict[str, object] = {
        "reasons": (f"Reason of {part_id}.", "And another one."),
        "need_until": date(2034, 12, 31),
        "need_source": "end of service of Mk1",
        "supply_until": date(2027, 4, 19),
        "last_safe_start": TODAY + timedelta(days=20),
        "readiness": Readiness.PRINTABLE,
        "next_action": "Start the qualification.",
        "assessed_for": TODAY,
        "horizon_months": 24,
    }
    return Flag(part_id=part_id, answer=answer, **{**defaults, **more})  # type: ignore[arg-type]


def _store(library: Library, *flags: Flag) -> None:
    """Store as many parts as flags, P1, P2, …, with these verdicts."""
    with library.writing(who="Anna Tester", act="import") as write:
        ids = write.insert([part(f"P{n}", f"Part {n}") for n in range(1, len(flags) + 1)])
        write.replace_derived(
            Flag,
            [replace(flag, part_id=ids[flag.part_id - 1]) for flag in flags],
            key="part_id",
        )


def _spring(library: Library) -> None:
    """A part whose stock ends in 40 months, so that only a far horizon makes it eternal."""
    with library.writing(who="Anna Tester", act="import") as write:
        [part_id] = write.insert([part("ST-1004", "Spring")])
        [product_id] = write.insert(
            [Product(name="Mk1", name_key=name_key("Mk1"), installed_base=4000)]
        )
        write.insert([WhereUsed(part_id=part_id, product_id=product_id)])
        write.insert(
            [
                Milestone(
                    product_id=product_id, kind=MilestoneKind.LAST_PRODUCED, on=date(2024, 12, 31)
                ),
                Milestone(
                    product_id=product_id, kind=MilestoneKind.END_OF_SERVICE, on=date(2034, 12, 31)
                ),
            ]
        )
        write.insert([SupplyPosition(part_id=part_id, stock=120.0, as_of=TODAY)])
        write.insert(
            [SupplySource(part_id=part_id, supplier="Feder AG", last_order_on=date(2026, 6, 30))]
        )
        write.insert(
            [DemandHistory(part_id=part_id, first_month=date(2025, 11, 1), quantities=(3.0,) * 12)]
        )


@pytest.fixture
def open_with(page: WorklistPage, context: UiContext, settle: Settle) -> Open:
    """Store parts with these verdicts and open the page."""

    def store_and_show(*flags: Flag) -> None:
        if flags:
            _store(context.services.library, *flags)
        page.show()
        settle()

    return store_and_show


@pytest.fixture
def judged_spring(context: UiContext, open_with: Open) -> Library:
    """The spring, judged for 24 months, and the page opened."""
    library = context.services.library
    _spring(library)
    flag_spares(library, who="Anna Tester", today=TODAY, horizon_months=24)
    open_with()
    return library


def _texts(page: WorklistPage, row: int) -> dict[str, str]:
    cells = page.model.cells(row)
    assert cells is not None
    return {column.key: text for column, text in zip(page.model.columns, cells.texts, strict=True)}


def test_ranked_rows_say_why_by_when_and_what_next(page: WorklistPage, open_with: Open) -> None:
    overdue = _flag(2, rank=9.0, urgency=2.0, exposure=4.5, last_safe_start=date(2025, 6, 15))
    open_with(_flag(1, rank=3.0, urgency=1.0, exposure=3.0), overdue)
    first = _texts(page, 0)
    assert (first["place"], first["number"], first["why"]) == ("1", "P2", "Reason of 2.")
    assert first["start"] == "Past 2025-06-15"
    assert first["readiness"] == "Printable"
    assert first["next"] == "Start the qualification."
    cells = page.model.cells(0)
    assert cells is not None
    marks = dict(zip((c.key for c in page.model.columns), cells.marks, strict=True))
    assert (marks["start"], marks["urgency"], marks["exposure"]) == ("past", 0.5, 0.45)
    assert _texts(page, 1)["number"] == "P1"
    assert page.head.count.text() == "2 parts need an eternal spare"


def test_the_chosen_row_is_shown_in_full(page: WorklistPage, open_with: Open) -> None:
    flag = _flag(1, rank=1009.0, urgency=2.0, exposure=4.5, breach=True)
    open_with(replace(flag, last_safe_start=date(2025, 6, 15)))
    for words in (
        "Reason of 1.",
        "And another one.",
        "overdue, 17 months ago",
        "2034-12-31",
        "end of service of Mk1",
        "urgency 2.00 × exposure 4.50, breach of duty first",
    ):
        assert words in page.panel.text


def test_the_first_row_is_chosen_without_taking_the_focus(
    page: WorklistPage, context: UiContext, open_with: Open, qtbot: QtBot
) -> None:
    open_with()
    page.head.horizon.months.setFocus()
    _store(context.services.library, _flag(1, rank=1.0), _flag(2, rank=2.0))
    context.bus.publish(Changes.everything_of("flag"))
    qtbot.waitUntil(lambda: page.listed)
    assert (page.current_number, page.selected) == ("P2", 1)
    assert page.panel.title.text() == "P2  Part 2"
    assert page.focusWidget() is page.head.horizon.months


def test_after_a_row_went_the_one_in_its_place_is_chosen(
    page: WorklistPage, context: UiContext, open_with: Open, settle: Settle, qtbot: QtBot
) -> None:
    open_with(_flag(1, rank=3.0), _flag(2, rank=2.0), _flag(3, rank=1.0))
    gone = page.ids[1]
    page.table.select_id(gone)
    with context.services.library.writing(who="Ben", act="judge") as write:
        write.drop_derived(Flag, part_id=[gone])
    context.bus.publish(Changes.of("flag", [gone]))
    qtbot.waitUntil(lambda: len(page.ids) == 2)
    settle()
    assert page.current_number == "P3"
    assert page.panel.title.text() == "P3  Part 3"


def test_unknown_parts_stand_in_a_list_of_their_own(
    page: WorklistPage, open_with: Open, settle: Settle, qtbot: QtBot
) -> None:
    unknown = _flag(2, Answer.UNKNOWN, missing=("end of service of Mk1",), last_safe_start=None)
    open_with(_flag(1, rank=3.0), unknown)
    assert [_texts(page, 0)["number"], len(page.ids)] == ["P1", 1]
    qtbot.keyClick(page.head.answers, Qt.Key.Key_Right)
    settle()
    row = _texts(page, 0)
    assert (row["place"], row["number"]) == ("", "P2")
    assert row["why"] == "Missing: end of service of Mk1"
    assert "Missing: end of service of Mk1" in page.panel.text
    assert "not known" not in page.panel.text.split("Dates")[0]


def test_enter_opens_the_part_and_its_list_can_be_walked(
    page: WorklistPage, open_with: Open, qtbot: QtBot
) -> None:
    open_with(_flag(1, rank=1.0), _flag(2, rank=2.0))
    page.table.select_id(page.ids[1])
    with qtbot.waitSignal(page.part_requested) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == ["P1"]
    assert page.current_number == "P1"
    page.step(-1)
    assert page.current_number == "P2"


def test_many_chosen_rows_are_counted_and_copied_as_cells(
    page: WorklistPage, open_with: Open, settle: Settle, qtbot: QtBot
) -> None:
    overdue = _flag(1, rank=3.0, last_safe_start=date(2025, 6, 15))
    open_with(overdue, _flag(2, rank=2.0), _flag(3, rank=1.0))
    page.select_all()
    settle()
    assert page.panel.title.text() == "3 parts chosen"
    assert "1 of them is overdue." in page.panel.text
    assert page.status_text == "3 of 3 selected"
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["#", "Number", "Name"]
    assert lines[1].split("\t")[1] == "P1"
    assert len(lines) == 4


@pytest.mark.usefixtures("judged_spring")
def test_keys_move_the_horizon_and_judge_anew(
    page: WorklistPage, context: UiContext, settle: Settle, qtbot: QtBot
) -> None:
    assert page.empty.isVisible()
    assert "within 24 months" in page.empty.sentence
    for _press in range(4):
        qtbot.keyClick(page, Qt.Key.Key_BracketRight)
    with qtbot.waitSignal(context.bus.changed):
        pass
    settle()
    assert page.head.horizon.months.value() == 48
    assert load_settings().horizon_months == 48
    assert [_texts(page, 0)["number"], page.listed] == ["ST-1004", True]
    assert "48 months" in page.strip.text
    qtbot.keyClick(page, Qt.Key.Key_BracketLeft)
    qtbot.waitUntil(lambda: load_settings().horizon_months == 42)


def test_a_horizon_that_another_page_has_set_is_shown(
    page: WorklistPage, settle: Callable[[], None]
) -> None:
    page.show()
    settle()
    page.hide()
    save_settings(replace(load_settings(), horizon_months=36))
    page.show()
    settle()
    assert page.head.horizon.months.value() == page.judge.months == 36


@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
def test_a_cancelled_judgement_changes_nothing(
    page: WorklistPage, judged_spring: Library, jobs: JobRunner, settle: Settle
) -> None:
    page.head.horizon.show_months(60)
    page.judge.judge(60)
    for job in jobs.active:
        job.cancel()
    settle()
    assert not page.judge.busy
    assert page.head.horizon.months.value() == load_settings().horizon_months == 24
    with judged_spring.reading() as read:
        assert [flag.answer for flag in read.fetch(Flag)] == [Answer.NO]


@pytest.mark.usefixtures("judged_spring")
def test_a_judgement_that_failed_can_be_tried_again(
    page: WorklistPage, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_what: object, **_more: object) -> object:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as while_full:
        while_full.setattr(horizon_judge, "flag_spares", broken)
        page.head.horizon.show_months(54)
        page.judge.judge(54)
        settle()
    assert page.strip.text == "The disk is full."
    assert page.head.horizon.months.value() == load_settings().horizon_months == 24
    [again] = [
        button for button in page.strip.findChildren(QPushButton) if "again" in button.text()
    ]
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    settle()
    assert page.head.horizon.months.value() == load_settings().horizon_months == 54
    assert _texts(page, 0)["number"] == "ST-1004"


def test_an_empty_library_and_an_unjudged_one_say_what_to_do(
    page: WorklistPage, context: UiContext, open_with: Open, settle: Settle, qtbot: QtBot
) -> None:
    open_with()
    assert "Import" in page.empty.sentence
    _spring(context.services.library)
    context.bus.publish(Changes.everything_of("part"))
    qtbot.waitUntil(lambda: "1 part waits" in page.empty.sentence)
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    settle()
    assert "within 24 months" in page.empty.sentence


def test_nothing_to_do_leads_to_what_is_unknown(
    page: WorklistPage, open_with: Open, settle: Settle, qtbot: QtBot
) -> None:
    open_with(_flag(1, Answer.UNKNOWN, missing=("stock",)))
    assert page.empty.button.text() == "Show 1 unknown"
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    settle()
    assert page.answer is Answer.UNKNOWN
    assert page.listed


def test_a_change_elsewhere_reloads_and_keeps_the_place(
    page: WorklistPage, context: UiContext, open_with: Open, qtbot: QtBot
) -> None:
    library = context.services.library
    open_with(_flag(1, rank=3.0), _flag(2, rank=2.0))
    page.table.select_id(page.ids[1])
    with library.writing(who="Ben", act="edit") as write:
        found = write.find(Part, number="P2")
        assert found is not None
        write.update(replace(found, name="Renamed"))
    context.bus.publish(Changes.of("part", [found.id]))
    qtbot.waitUntil(lambda: _texts(page, 1)["name"] == "Renamed")
    assert page.current_number == "P2"


def test_trouble_with_the_library_is_a_sentence_and_the_list_stays(
    page: WorklistPage, open_with: Open, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_with(_flag(1, rank=3.0))

    def broken(self: WorklistSource, size: int) -> object:
        raise StorageError("The disk is gone.", hint="Plug it in.")

    monkeypatch.setattr(WorklistSource, "id_chunks", broken)
    page.refresh()
    settle()
    assert page.strip.text == "The disk is gone. Plug it in."
    assert page.ids
