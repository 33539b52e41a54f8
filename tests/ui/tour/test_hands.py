"""Keys pressed without a person take the way they take in Qt."""

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.base.errors import NotFound
from app.ui.tour.hands import Hands, spoken_name


class Form(QMainWindow):
    """A window with a field, a choice, a button, and an action on F5."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.box, self.button = QLineEdit("old"), QComboBox(), QPushButton("&Go")
        self.box.addItems(["one", "two", "three"])
        self.field.setAccessibleName("Name")
        self.box.setAccessibleName("Count")
        self.heard: list[str] = []
        self.button.clicked.connect(lambda: self.heard.append("go"))
        action = QAction("Refresh", self)
        action.setShortcut(QKeySequence("F5"))
        action.triggered.connect(lambda: self.heard.append("refresh"))
        self.addAction(action)
        self.act = action
        inside = QWidget()
        layout = QVBoxLayout(inside)
        for widget in (self.field, self.box, self.button):
            layout.addWidget(widget)
        self.setCentralWidget(inside)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_field_is_filled_letter_by_letter(form: Form) -> None:
    typed: list[str] = []
    form.field.textEdited.connect(typed.append)
    Hands(form).fill("Name", "Ünit 7°")
    assert form.field.text() == "Ünit 7°"
    assert typed[-2:] == ["Ünit 7", "Ünit 7°"]


def test_a_choice_is_taken_by_its_words(form: Form) -> None:
    Hands(form).choose("Count", "three")
    assert form.box.currentText() == "three"
    with pytest.raises(NotFound, match="offers no “four”"):
        Hands(form).choose("Count", "four")


def test_a_button_is_pushed_and_one_that_is_grey_is_not_found(form: Form) -> None:
    Hands(form).push("Go")
    assert form.heard == ["go"]
    form.button.setEnabled(False)
    with pytest.raises(NotFound, match="Nothing called “Go”"):
        Hands(form).push("Go")


def test_a_shortcut_answers_unless_it_is_disabled(form: Form) -> None:
    Hands(form).press("F5")
    form.act.setEnabled(False)
    Hands(form).press("F5")
    assert form.heard == ["refresh"]


def test_a_field_claims_its_letters_before_a_shortcut(form: Form) -> None:
    shortcut = QShortcut(QKeySequence("J"), form)
    shortcut.activated.connect(lambda: form.heard.append("J"))
    form.field.setFocus()
    Hands(form).type("j")
    assert (form.field.text(), form.heard) == ("oldj", [])
    form.button.setFocus()
    Hands(form).type("j")
    assert form.heard == ["J"]


def test_names_are_those_of_assistive_tools(form: Form) -> None:
    assert [spoken_name(item) for item in (form.field, form.box, form.button)] == [
        "Name",
        "Count",
        "Go",
    ]
