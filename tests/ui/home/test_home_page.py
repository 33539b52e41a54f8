"""The first page on real libraries: counts, lines, the drill, its states."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base.progress import Progress
from app.base.settings import load_settings, save_settings
from app.domain.lifecycle.flag import Answer, Flag, Readiness
from app.domain.lifecycle.product import (
    Milestone,
    MilestoneKind,
    Product,
    WhereUsed,
    name_key,
)
from app.services.sample.create_sample import create_sample
from app.ui.context import UiContext
from app.ui.home.home_page import HomePage
from app.ui.home.tile_lines import TileLineButton
from app.ui.places import Place
from helpers.builders import parts


def _flag(part_id: int, today: date, **more: object) -> Flag:
    plain = Flag(part_id=part_id, answer=Answer.YES, assessed_for=today, horizon_months=24)
    return replace(plain, **more)  # type: ignore[arg-type]  # fields of the flag


@pytest.fixture
def page(qtbot: QtBot, context: UiContext) -> HomePage:
    made = HomePage(context)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    return made


def _show(page: HomePage, qtbot: QtBot, settle: Callable[[], None]) -> None:
    page.show()
    qtbot.waitExposed(page)
    settle()


def test_an_empty_library_offers_to_import(
    page: HomePage, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    _show(page, qtbot, settle)
    spy = QSignalSpy(page.import_requested)
    assert page.empty.isVisible()
    page.empty.action_triggered.emit()
    assert spy.count() == 1


def test_any_file_can_be_verified_from_the_heading(page: HomePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.act_requested) as asked:
        page.verify_button.click()
    assert asked.args == ["verify_file"]


def test_open_spares_are_counted_by_urgency(
    page: HomePage, context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    today = context.today()
    far = today.replace(year=today.year + 5)
    with context.services.library.writing(who="Anna", act="seed") as write:
        ids = write.insert(parts(5))
        write.replace_derived(
            Flag,
            [
                _flag(ids[0], today, last_safe_start=date(2020, 1, 1)),
                _flag(ids[1], today, last_safe_start=today),
                _flag(ids[2], today, last_safe_start=far),
                _flag(ids[3], today, readiness=Readiness.QUALIFIED, last_safe_start=today),
                _flag(ids[4], today, answer=Answer.UNKNOWN, missing=("stock",)),
            ],
            key="part_id",
        )
    _show(page, qtbot, settle)
    assert page.leaving.accessibleDescription() == (
        "3 parts in 0 products. 1 past its last safe start. 1 must start within 6 months."
    )
    assert page.unknown.summary == "1 part cannot be judged"
    [line] = page.unknown.lines
    assert "stock" in line.accessibleName()


def test_a_line_opens_its_part_by_key(
    page: HomePage, context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    today = context.today()
    with context.services.library.writing(who="Anna", act="seed") as write:
        [part_id] = write.insert(parts(1))
        write.replace_derived(Flag, [_flag(part_id, today, answer=Answer.UNKNOWN)], key="part_id")
    _show(page, qtbot, settle)
    spy = QSignalSpy(page.part_requested)
    [line] = page.unknown.lines
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Space)
    assert spy.at(0) == ["A00001"]


def test_links_lead_to_lists(
    page: HomePage, context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    _show(page, qtbot, settle)
    spy = QSignalSpy(page.place_requested)
    page.leaving.button.click()
    page.unknown.all_requested.emit()
    page.reviews.all_requested.emit()
    page.expiring.all_requested.emit()
    assert [spy.at(n)[0] for n in range(spy.count())] == [
        Place("worklist"),
        Place("worklist", "answer:unknown"),
        Place("qualification", "in_review"),
        Place("qualification", "expiring"),
    ]


def test_a_failed_job_is_listed_with_its_reason(
    page: HomePage, context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    from app.base.errors import AppError

    def fail(progress: Progress) -> None:
        raise AppError("The disk is full.")

    _show(page, qtbot, settle)
    context.jobs.start(fail, owner=page, failed=lambda error: None, title="Back up")
    settle()
    assert page.jobs_done.summary == "1 in this session"
    page.jobs_done.lines[0].click()
    assert "The disk is full." in page.strip.text


@pytest.mark.slow
def test_the_sample_fills_every_tile(
    page: HomePage, context: UiContext, qtbot: QtBot, settle: Callable[[], None], tmp_path: Path
) -> None:
    services = context.services
    create_sample(
        services.library, workers=services.workers, who=services.user, progress=Progress()
    )
    _show(page, qtbot, settle)
    for tile in (page.reviews, page.expiring, page.unknown):
        assert tile.lines, tile.accessibleName()
    assert "of 10 eternal spares" in page.drill.score
    QApplication.processEvents()
    assert all(line.accessibleName() for line in page.findChildren(TileLineButton))


def test_products_with_eternal_spares_stand_on_the_line_of_years(
    page: HomePage, context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    today = context.today()
    with context.services.library.writing(who="Anna", act="seed") as write:
        [part_id] = write.insert(parts(1))
        names = ("Mower R300", "Fan F2", "No dates")
        ids = write.insert([Product(name=name, name_key=name_key(name)) for name in names])
        write.insert(
            [
                Milestone(product_id=ids[0], kind=MilestoneKind.LAST_PLACED, on=date(2027, 1, 1)),
                Milestone(product_id=ids[1], kind=MilestoneKind.LAST_PLACED, on=date(2027, 1, 1)),
            ]
        )
        write.insert([WhereUsed(part_id=part_id, product_id=ids[0], quantity=1.0)])
        write.replace_derived(Flag, [_flag(part_id, today)], key="part_id")
    _show(page, qtbot, settle)
    [lane] = page.lanes.lanes
    assert "Mower R300" in lane.accessibleName()
    assert "2027-01-01" in lane.accessibleName()
    spy = QSignalSpy(page.place_requested)
    lane.setFocus()
    QTest.keyClick(lane, Qt.Key.Key_Space)
    assert spy.at(0)[0] == Place("products", "Mower R300")


def test_a_horizon_that_another_page_has_set_is_shown(
    page: HomePage, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    _show(page, qtbot, settle)
    page.hide()
    save_settings(replace(load_settings(), horizon_months=36))
    _show(page, qtbot, settle)
    assert page.leaving.horizon.months.value() == page.judge.months == 36
