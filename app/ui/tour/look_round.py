"""The manager's part of the tour: every page and its states, an import, what outlives supply."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton

from app.base.i18n import _
from app.base.progress import Progress
from app.services.lifecycle.fetch_worklist import fetch_worklist
from app.services.lifecycle.flags_table import flags_table
from app.services.sample.tour_story import LIST, MANAGER, PART, SHAPE, lay_out_incoming
from app.ui.places import IMPORT, PAGES, PARTS, WORKLIST
from app.ui.tour.desk import Desk
from app.ui.tour.player import Step

FLAGS = "flags.csv"


def look_round(desk: Desk) -> Iterator[Step]:
    """Yield the steps of the manager, who starts the program for the first time."""
    yield Step(
        _("{user} starts the program for the first time; it makes a sample").format(user=MANAGER),
        lambda: desk.sit_down(MANAGER),
        lambda: bool(desk.window.undo_acts.undo_act),
    )
    yield from _pages(desk)
    yield from _states(desk)
    yield from _import(desk)
    yield from _flags(desk)


def _pages(desk: Desk) -> Iterator[Step]:
    for number, page in enumerate(PAGES, start=1):
        yield Step(
            _("Page {page} ({keys})").format(page=page.title(), keys=page.keys),
            partial(desk.hands.press, page.keys),
            lambda key=page.key: desk.window.pages.here.page == key,  # type: ignore[misc]
            picture=page.key,
            both=True,
        )
        if number == 1:
            yield from _colours(desk)


def _colours(desk: Desk) -> Iterator[Step]:
    window = desk.window
    for key, name in (("theme_dark", _("Dark colours")), ("theme_light", _("Light colours"))):
        yield Step(name, window.actions_[key].trigger, window.actions_[key].isChecked)


def _states(desk: Desk) -> Iterator[Step]:
    hands, window = desk.hands, desk.window
    parts = window.pages.parts
    yield Step(_("Choose all parts"), partial(_go_and_choose_all, desk), picture="parts-chosen")
    yield Step(
        _("Search for what is not there"),
        partial(_search, desk, "zzz"),
        lambda: not parts.ids,
        picture="no-match",
    )
    yield Step(_("Clear the search"), partial(hands.press, "Esc"), lambda: bool(parts.ids))
    yield Step(_("What was done: the list of jobs"), partial(hands.press, "Ctrl+J"), picture="jobs")
    yield Step(_("Close it"), partial(hands.press, "Ctrl+J"))
    yield Step(_("Find or do"), partial(_ask_palette, desk, "valve"), picture="palette")
    yield Step(_("Leave it"), partial(hands.press, "Esc"))


def _go_and_choose_all(desk: Desk) -> None:
    desk.hands.press(next(page.keys for page in PAGES if page.key == PARTS))
    desk.hands.press("Ctrl+A")


def _search(desk: Desk, words: str) -> None:
    desk.hands.press("Ctrl+F")
    desk.hands.type(words)


def _ask_palette(desk: Desk, words: str) -> None:
    desk.hands.press("Ctrl+K")
    desk.hands.type(words)


def _import(desk: Desk) -> Iterator[Step]:
    hands, window = desk.hands, desk.window
    lay_out_incoming(desk.incoming)
    yield Step(
        _("Import files"),
        partial(hands.press, "Ctrl+I"),
        lambda: isinstance(hands.front, QFileDialog),
        picture="files",
    )
    yield Step(
        _("Name it: a new part and its list, in which one date is impossible"),
        partial(_name_files, desk),
        lambda: window.pages.here.page == IMPORT and _primary(desk).isEnabled(),
        picture="import-preview",
        both=True,
    )
    before = window.undo_acts.undo_act
    yield Step(
        _("Import what can be imported"),
        partial(_push_primary, desk),
        lambda: window.undo_acts.undo_act != before and _primary(desk).isEnabled(),
        picture="import-report",
    )


def _name_files(desk: Desk) -> None:
    """Go to the folder in Qt's file dialog, then name both files."""
    for words in (str(desk.incoming), f'"{SHAPE}" "{LIST}"'):
        desk.hands.press("Ctrl+A")
        desk.hands.type(words)
        desk.hands.press("Return")


def _primary(desk: Desk) -> QPushButton:
    """Return the one primary button of the page that is shown."""
    buttons = desk.window.pages.shown.findChildren(QPushButton)
    return next(item for item in buttons if item.property("primary") and item.isVisible())


def _push_primary(desk: Desk) -> None:
    _primary(desk).setFocus()
    desk.hands.press("Space")


def _flags(desk: Desk) -> Iterator[Step]:
    hands, window = desk.hands, desk.window
    keys = next(page.keys for page in PAGES if page.key == WORKLIST)
    yield Step(
        _("The new part outlives its supply: it is on the worklist"),
        partial(hands.press, keys),
        lambda: window.pages.here.page == WORKLIST and bool(window.pages.listing),
        picture="worklist-with-the-new-part",
    )

    def copy() -> None:
        hands.press("Ctrl+A")
        hands.press("Ctrl+C")

    yield Step(_("Copy the worklist"), copy, lambda: PART in QGuiApplication.clipboard().text())
    yield Step(
        _("Keep it as a table for other systems"),
        partial(_write_flags, desk),
        (desk.out / FLAGS).exists,
    )


def _write_flags(desk: Desk) -> None:
    context = desk.window.context
    assert context is not None
    library, file = context.services.library, desk.out / FLAGS

    def write(progress: Progress) -> None:
        file.write_text(flags_table(fetch_worklist(library).rows), encoding="utf-8")

    context.jobs.start(write, owner=desk.window)
