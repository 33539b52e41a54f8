"""What a screen reader finds in a window, through Qt's own bridge to assistive tools."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QWidget

R = QAccessible.Role
INTERACTIVE = {
    R.Button,
    R.ButtonDropDown,
    R.ButtonMenu,
    R.CheckBox,
    R.ComboBox,
    R.Dial,
    R.EditableText,
    R.Link,
    R.List,
    R.MenuItem,
    R.PageTab,
    R.RadioButton,
    R.Slider,
    R.SpinBox,
    R.Table,
    R.Tree,
}


def interfaces(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Yield everything below a widget that a screen reader can come to now."""
    waiting = [QAccessible.queryAccessibleInterface(widget)]
    while waiting:
        found = waiting.pop()
        if found is None or not found.isValid() or found.state().invisible:
            continue
        yield found
        if found.role() in (R.Table, R.Tree, R.List):
            continue  # their rows are records, not controls
        waiting.extend(found.child(place) for place in range(found.childCount()))


def nameless(widget: QWidget) -> list[str]:
    """Return the controls below a widget that have no name, each with where it stands."""
    return [
        f"{found.role().name} {_kind(found.object())}"
        for found in interfaces(widget)
        if (found.role() in INTERACTIVE or _takes_focus(found)) and not _name(found)
    ]


def _takes_focus(found: QAccessibleInterface) -> bool:
    thing = found.object()
    return isinstance(thing, QWidget) and bool(thing.focusPolicy()) and thing.isEnabled()


def _name(found: QAccessibleInterface) -> str:
    thing = found.object()
    if isinstance(thing, QLineEdit) and isinstance(thing.parent(), QAbstractSpinBox | QComboBox):
        thing = thing.parent()  # the box speaks for the field inside it
    if isinstance(thing, QComboBox):
        return thing.accessibleName()  # on Linux its text is what is chosen
    spoken = found.text(QAccessible.Text.Name)
    if not spoken and isinstance(thing, QAbstractSpinBox):
        return thing.accessibleName()
    return spoken


def _kind(thing: object) -> str:
    names = []
    while isinstance(thing, QWidget) and len(names) < 4:
        names.append(f"{type(thing).__name__}({thing.objectName()})".replace("()", ""))
        thing = thing.parent()
    return " in ".join(names)
