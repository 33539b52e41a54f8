"""The rows of a dialog that ask for the signing key; passphrases may be pasted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.base.i18n import _
from app.documents.signing.signature import SigningKey
from app.ui.context import UiContext
from app.ui.packages.signing_key import (
    KeyFound,
    KeyState,
    OpenKey,
    look_for_key,
    make_key,
    open_found_key,
)
from app.ui.widgets.act_dialog import ActDialog, text_field
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.labels import RoleLabel

Row = tuple[QLabel, QWidget]


class KeyFields:
    """Says which key signs and shows only the fields that it needs.

    Args:
        dialog: gets the rows, at the place where this is made.
    """

    def __init__(self, context: UiContext, dialog: ActDialog) -> None:
        self._context, self._dialog = context, dialog
        self.found: KeyFound | None = None
        self.which = RoleLabel(_("Looking for the key…"), wrap=True).selectable()
        self._which_row: Row = (dialog.add_row(_("Signed with"), self.which), self.which)
        self._wanted, self._needed = True, tuple[Row, ...]()
        self.name = text_field(context.user)
        self.passphrase = _secret()
        self.again = _secret()
        self.keep = CheckField(_("Keep the passphrase in the system's keyring"))
        self._name_row: Row = (dialog.add_row(_("Name of the key"), self.name), self.name)
        self._pass_row: Row = (dialog.add_row(_("Passphrase"), self.passphrase), self.passphrase)
        self._again_row: Row = (dialog.add_row(_("Once more"), self.again), self.again)
        self._keep_row: Row = (dialog.add_row("", self.keep), self.keep)
        self._show_rows(())
        self.look_again()

    def opener(self) -> OpenKey:
        """Read the fields and return what opens (or makes) the key; it takes its time."""
        found = self.found
        library, clock = self._context.services.library, self._context.services.library.clock
        name, passphrase, again = self.name.text(), self.passphrase.text(), self.again.text()
        keep = self.keep.isChecked()

        def open_key() -> SigningKey:
            known = found or look_for_key(library)
            if known.state is KeyState.MISSING:
                return make_key(name, passphrase, again, clock=clock, keep=keep)
            return open_found_key(library, known, passphrase, keep=keep)

        return open_key

    def look_again(self) -> None:
        """Find out which key there is; again after an act that failed when it had made one."""
        library = self._context.services.library
        self._dialog.read(lambda progress: look_for_key(library), self._take)

    def _take(self, found: KeyFound) -> None:
        self.found = found
        self.which.setText(_described(found))
        if found.state is KeyState.LOCKED:
            self._show_rows((self._pass_row, self._keep_row))
        elif found.state is KeyState.MISSING:
            self._show_rows((self._name_row, self._pass_row, self._again_row, self._keep_row))
        else:
            self._show_rows(())

    def want(self, wanted: bool) -> None:
        """Show the fields, or none of them where nothing is to be signed."""
        self._wanted = wanted
        self._show_rows(self._needed)

    def _show_rows(self, needed: Sequence[Row]) -> None:
        self._needed = tuple(needed)
        shown = (self._which_row, *needed) if self._wanted else ()
        rows = (self._name_row, self._pass_row, self._again_row, self._keep_row)
        for row in (self._which_row, *rows):
            for widget in row:
                widget.setVisible(row in shown)


def _described(found: KeyFound) -> str:
    if found.state is KeyState.MISSING:
        return _("There is no key yet: it is made now, from a name and a passphrase.")
    if found.state is KeyState.DEMONSTRATION:
        return _("The demonstration key of this sample; trust in it proves nothing.")
    return f"{found.name}, {found.fingerprint}"


def _secret() -> QLineEdit:
    editor = QLineEdit()
    editor.setEchoMode(QLineEdit.EchoMode.Password)
    return editor
