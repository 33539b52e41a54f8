"""The window in German: Qt's own words too, keys as they are engraved, no clash of access keys."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base import i18n
from app.domain.qualification.print_definition import Binding, DefinitionField
from app.ui.action_spec import WindowState
from app.ui.actions import ACTIONS, MENUS, Actions, shortcut_text
from app.ui.frame.key_sheet import KeySheet
from app.ui.part_words import field_value, price_text, size_text
from app.ui.start import translate_qt
from app.ui.widgets.act_dialog import count_field
from app.ui.widgets.small_marks import KeyHint
from app.ui.words import parts_text
from helpers.languages import provide_words


@pytest.fixture
def german(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    provide_words(tmp_path, monkeypatch)
    i18n.use_language("de")
    translate_qt(qapp)
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


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
    sheet = KeySheet(actions, "Teile", ())
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


@pytest.mark.usefixtures("german")
def test_figures_have_points_between_thousands_and_decimal_commas(qtbot: QtBot) -> None:
    assert parts_text(12_340) == "12.340 Teile"
    assert size_text(12_345) == "12,3 kB"
    assert price_text("12.50", 1000, "EUR") == "12,50 EUR für 1.000"
    height = DefinitionField(
        definition_id=1,
        name="layer_height_mm",
        binding=Binding.RANGE,
        minimum=0.125,
        maximum=0.2,
        value="0.15",
    )
    assert field_value(height) == "0,125 bis 0,2, Nennwert 0,15 mm"
    assert field_value(replace(height, name="firmware", binding=Binding.KEY)) == "0.15"
    pieces = count_field(100_000)
    qtbot.addWidget(pieces)
    pieces.setValue(12_340)
    assert pieces.text() == "12.340"
