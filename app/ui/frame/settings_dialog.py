"""What the user may set: name, language, colours, horizon, single keys; and the library's place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.base.i18n import LANGUAGES, _
from app.base.progress import Progress
from app.base.settings import Settings, limits_of, load_settings, save_settings
from app.bootstrap import user_name
from app.domain.changes import Changes
from app.ui.change_bus import ChangeBus
from app.ui.jobs import JobRunner
from app.ui.widgets.act_dialog import ActDialog, Work, choice, count_field, text_field
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.panels import row

# In their own words, so that whoever reads no other finds theirs.
_NAMES = {"en": "English", "de": "Deutsch"}


class SettingsDialog(ActDialog):
    """All settings of the person on one sheet; nothing holds before it is saved.

    Args:
        library: folder of the open library; None while there is none.
        named: who acts in this session by the command line; "" for the name set here.

    Signals:
        owner_requested, folder_requested, backup_requested: buttons beside the library.
    """

    owner_requested = Signal()
    folder_requested = Signal()
    backup_requested = Signal()

    def __init__(
        self,
        jobs: JobRunner,
        bus: ChangeBus,
        settings: Settings,
        *,
        library: Path | None,
        named: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(jobs, bus, _("Settings"), _("Save"), parent)
        self.before = settings
        self._add_person(settings, named)
        self._add_window(settings)
        self._add_library(library)

    def prepare(self) -> Work:
        """Read the fields and return what stores them, and only what differs."""
        before, wanted = self.before, self.wanted
        changed = {
            name: getattr(wanted, name)
            for name in ("user_name", "language", "theme", "horizon_months", "single_key_shortcuts")
            if getattr(wanted, name) != getattr(before, name)
        }

        def work(progress: Progress) -> Settings:
            stored = load_settings()  # others may have stored something since
            after = replace(stored, **changed)
            if after != stored:
                save_settings(after)
            return after

        return work

    def changes_of(self, outcome: Any) -> Changes:
        """Return that no record changed."""
        return Changes()

    @property
    def wanted(self) -> Settings:
        """The settings as the fields have them."""
        return replace(
            self.before,
            user_name=self.name.text().strip(),
            language=self.language.currentData(),
            theme=self.colours.currentData(),
            horizon_months=self.horizon.value(),
            single_key_shortcuts=self.letters.isChecked(),
        )

    def _add_person(self, settings: Settings, named: str) -> None:
        account = user_name(replace(settings, user_name=""))
        self.name = text_field(settings.user_name, account)
        hint = _("Stands in the history beside everything you do, and on what you sign.")
        if named:
            hint = _("This session was started in the name of {name}.").format(name=named)
        self.add_row(_("Your name"), self.name, hint)
        languages = [(_("As the system has it"), ""), *((_NAMES[code], code) for code in LANGUAGES)]
        self.language = choice(languages, settings.language)
        self.add_row(_("Language"), self.language, _("Holds from the next start of Everspare."))

    def _add_window(self, settings: Settings) -> None:
        self.colours = choice(
            [
                (_("As the system has them"), "system"),
                (_("Light"), "light"),
                (_("Dark"), "dark"),
            ],
            settings.theme,
        )
        self.add_row(_("Colours"), self.colours)
        limits = limits_of("horizon_months")
        assert limits.minimum is not None and limits.maximum is not None
        self.horizon = count_field(limits.maximum)
        self.horizon.setMinimum(limits.minimum)
        self.horizon.setValue(settings.horizon_months)
        self.add_row(
            _("Horizon in months"),
            self.horizon,
            _("How far ahead a gap in supply makes a part an eternal spare."),
        )
        self.letters = CheckField(_("Single letters act as shortcuts in lists and on parts"))
        self.letters.setChecked(settings.single_key_shortcuts)
        self.add_row(
            _("Keys"),
            self.letters,
            _("Switch them off if you speak your input or strike keys by accident."),
        )

    def _add_library(self, library: Path | None) -> None:
        self.library = ElidedLabel(str(library) if library else _("No library is open."))
        self.add_row(_("Library"), self.library)
        self.owner = _button(_("Owner…"))
        self.folder = _button(_("Open folder"))
        self.backup = _button(_("Back up…"))
        self.owner.clicked.connect(self.owner_requested)
        self.folder.clicked.connect(self.folder_requested)
        self.backup.clicked.connect(self.backup_requested)
        buttons = QWidget()
        buttons.setLayout(row(self.owner, self.folder, self.backup, None))
        buttons.setFocusProxy(self.owner)
        buttons.setEnabled(library is not None)
        buttons.setAccessibleName(_("Acts on the library"))
        self.add_row("", buttons)


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    return button
