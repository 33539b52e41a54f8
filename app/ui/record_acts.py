"""What can be done with the chosen record of a page: one list for menu, buttons and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu


@dataclass(frozen=True, slots=True)
class RecordAct:
    """One act.

    Attributes:
        key: names it among the actions of the window.
        text: the verb, as a button shows it.
        refusal: why it cannot be done now; "" if it can.
    """

    key: str
    text: str
    run: Callable[[], object]
    refusal: str = ""


def fill_menu(menu: QMenu, acts: Sequence[RecordAct | None]) -> None:
    """Put acts into a menu; None is a separator. What cannot be done says why."""
    menu.clear()
    menu.setToolTipsVisible(True)
    for act in acts:
        if act is None:
            menu.addSeparator()
            continue
        entry = menu.addAction(act.text)
        entry.setEnabled(not act.refusal)
        entry.setToolTip(act.refusal or act.text.rstrip("…"))
        entry.triggered.connect(lambda _checked=False, run=act.run: run())
