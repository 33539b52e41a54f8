"""The window in German: Qt's own words too, keys as they are engraved, no clash of access keys."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base import i18n
from app.base.paths import resource_path
from app.cli.catalogue import compiled_catalogues
from app.ui.actions import ACTIONS, MENUS, Actions, WindowState, shortcut_text
from app.ui.frame.dialogs import KeySheet
from app.ui.start import translate_qt
from app.ui.widgets.small_marks import KeyHint


@pytest.fixture
def german(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    content = compiled_catalogues(resource_path("locale"))["de"]
    (folder / f"{i18n.DOMAIN}.mo").write_bytes(content)
    before = i18n.language()
    monkeypatch.setattr(i18n, "resource_path", tmp_path.joinpath)
    i18n.use_language("de")
    translate_qt(qapp)
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    monkeypatch.undo()
    i18n.use_language(before)


@pytest.mark.usefixtures("german")
def test_words_of_qt_are_german_too() -> None:
    assert QCoreApplication.translate("QShortcut", "Ctrl") == "Strg"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


@pytest.mark.usefixtures("german")
def test_no_access_key_stands_twice_in_a_menu() -> None:
    for menu, _title in MENUS:
        keys = Counter(
            key.lower()
            for spec in ACTIONS
            if spec.menu == menu
            for key in re.findall(r"&(.)", spec.text())
        )
        assert [key for key, count in keys.items() if count > 1] == [], menu
    titles = Counter(key for _menu, title in MENUS for key in re.findall(r"&(.)", title()))
    assert max(titles.values()) == 1


@pytest.mark.usefixtures("german")
def test_the_sheet_of_keys_shows_them_as_the_menus_do(qtbot: QtBot) -> None:
    parent = QObject()
    actions = Actions(parent)
    sheet = KeySheet(actions)
    qtbot.addWidget(sheet)
    shown = [hint.text() for hint in sheet.findChildren(KeyHint)]
    assert shortcut_text(actions["undo"]) in shown
    assert [text for text in shown if "Ctrl" in text] == []


@pytest.mark.usefixtures("german")
def test_undo_names_its_act_in_german_quotes() -> None:
    parent = QObject()
    actions = Actions(parent)
    actions.update_state(WindowState(ready=True, undo_act="Los buchen"))
    assert actions["undo"].text() == "&Rückgängig „Los buchen“"
