"""The names of the acts that undo and redo would revert."""

from app.services.audit.name_acts import name_acts
from app.services.audit.redo_change import redo_change
from app.services.audit.undo_change import undo_change
from app.storage.library import Library
from helpers.builders import part


def test_nothing_was_done_yet(library: Library) -> None:
    assert name_acts(library) == ("", "")


def test_undo_and_redo_change_places(library: Library) -> None:
    for act in ("import list.xlsx", "set material"):
        with library.writing(who="Anna", act=act) as write:
            write.insert([part(act)])
    assert name_acts(library) == ("set material", "")
    undo_change(library, who="Anna")
    assert name_acts(library) == ("import list.xlsx", "set material")
    undo_change(library, who="Anna")
    assert name_acts(library) == ("", "import list.xlsx")
    redo_change(library, who="Anna")
    assert name_acts(library) == ("import list.xlsx", "set material")


def test_what_cannot_be_undone_is_not_named(library: Library) -> None:
    with library.writing(who="Anna", act="import") as write:
        write.insert([part("A1")])
    with library.writing(who="Anna", act="export", undoable=False) as write:
        write.insert([part("A2")])
    assert name_acts(library) == ("import", "")
