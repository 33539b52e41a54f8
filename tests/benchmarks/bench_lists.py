"""The list of parts: search, filters, orders, a page far down, and Ctrl+A.

Run: QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_lists.py [PARTS or LIBRARY]

Times are the best of several in this process, from the question to finished lines; the limits are
those of the goals: 100 ms on the screen for a search, a page at 90 % at most 1.1 times the first
page, 0.2 s for Ctrl+A.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.bootstrap import open_services
from app.domain.inventory.part_list import (
    BY_NUMBER,
    PartFilter,
    PartOrder,
    PartSort,
    QualificationFilter,
    StartFilter,
)
from app.domain.lifecycle.product_stage import LifeCycleStage
from app.domain.lifecycle.verdict import Answer
from app.services.catalog.page_parts import page_parts
from app.storage.library import Library

PAGE, ROUNDS = 256, 5
SEARCHES = ("le", "hinge", "hinge upper", "A0000123", "316L rear hinge", "nothing like it")
FILTERS = {
    "eternal: yes": PartFilter(answer=Answer.YES),
    "not qualified": PartFilter(qualification=QualificationFilter.NOT_QUALIFIED),
    "expired": PartFilter(qualification=QualificationFilter.EXPIRED),
    "supply: phase-out": PartFilter(stage=LifeCycleStage.PHASE_OUT),
    "supply: discontinued": PartFilter(stage=LifeCycleStage.DISCONTINUED),
    "last safe start past": PartFilter(start=StartFilter.PAST),
    "no geometry": PartFilter(without_geometry=True),
    "product": PartFilter(product="Series 0000000"),
}


def best_ms(work: Callable[[], object]) -> float:
    """Return the least of several times."""
    times = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times) * 1000


def tell(name: str, milliseconds: float, limit: str = "") -> None:
    print(f"{name:<40}{milliseconds:>10.1f} ms  {limit}", flush=True)


def time_lists(library: Library, today: date) -> None:
    """Time the first page of every search, filter and order."""
    for text in SEARCHES:
        pages = page_parts(library, PartFilter(text=text), today=today)
        tell(f"search “{text}”", best_ms(lambda p=pages: p.first_rows(PAGE)), "≤ 100")
    for name, part_filter in FILTERS.items():
        pages = page_parts(library, part_filter, today=today)
        tell(f"filter {name}", best_ms(lambda p=pages: p.first_rows(PAGE)), "≤ 100")
    for sort in PartSort:
        pages = page_parts(library, PartFilter(), today=today, order=(PartOrder(sort),))
        tell(f"order by {sort}", best_ms(lambda p=pages: p.first_rows(PAGE)))


def time_pages(library: Library, today: date) -> None:
    """Time a page at the beginning and one far down."""
    pages = page_parts(library, PartFilter(), today=today, order=BY_NUMBER)
    started = time.perf_counter()
    ids = [part_id for chunk in pages.id_chunks(2000) for part_id in chunk]
    tell(f"all {len(ids):,} ids in order", (time.perf_counter() - started) * 1000)
    first = best_ms(lambda: pages.rows(ids[:PAGE]))
    far = len(ids) * 9 // 10
    late = best_ms(lambda: pages.rows(ids[far : far + PAGE]))
    tell("rows of the first page", first)
    tell("rows of the page at 90 %", late, f"{late / first:.2f} times the first, ≤ 1.10")


def time_choice(library: Library) -> None:
    """Time Ctrl+A with the table and the gallery on the screen."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from app.bootstrap import Services
    from app.ui.catalog.part_filters import GALLERY
    from app.ui.catalog.parts_page import PartsPage
    from app.ui.change_bus import ChangeBus
    from app.ui.context import UiContext
    from app.ui.jobs import JobRunner, ThreadedExecutors
    from app.ui.theme import current_theme

    app = QApplication.instance() or QApplication([])
    services = open_services(path=library.path)
    runner = JobRunner(ThreadedExecutors(), on_crash=print)
    with tempfile.TemporaryDirectory() as folder:
        state = QSettings(str(Path(folder) / "state.ini"), QSettings.Format.IniFormat)
        page = PartsPage(runner, state)
        page.resize(1232, 800)
        page.show()
        assert isinstance(services, Services)
        page.attach(UiContext(services, runner, ChangeBus(), current_theme(), state))
        while not page.model.complete or runner.active:
            app.processEvents()
        for view in ("table", GALLERY):
            page.listing.show_view(view)
            app.processEvents()
            page.table.clearSelection()
            started = time.perf_counter()
            page.select_all()
            page.listing.shape.repaint()
            took = (time.perf_counter() - started) * 1000
            tell(f"Ctrl+A in the {view}, {page.selected:,} rows", took, "≤ 200")
        runner.close()
    services.close()


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "1000000"
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("EVERSPARE_HOME", str(Path(folder) / "home"))
        where = Path(wanted)
        if wanted.isdigit():
            where = Path(folder) / "library"
            seed = ["-m", "app", "--library", str(where), "dev", "seed", "--parts", wanted]
            subprocess.run([sys.executable, *seed], check=True, capture_output=True)
        services = open_services(path=where)
        time_lists(services.library, date.today())
        time_pages(services.library, date.today())
        time_choice(services.library)
        services.close()


if __name__ == "__main__":
    main()
