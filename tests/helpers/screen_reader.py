"""Reads a running Everspare as a screen reader does: through AT-SPI, from another process.

Run in a session bus of its own: dbus-run-session -- python tests/helpers/screen_reader.py LIBRARY.
It starts the program, walks the pages through the entries of its menu, and prints what it found as
JSON: for each page how many objects and controls there are and which controls have no name.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator

PATIENCE_S = 40.0
FOCUSABLE, SHOWING = 11, 25  # AtspiStateType
LABELLED_BY = 2  # AtspiRelationType
RECORDS = ("table", "tree table", "tree", "list", "list box")
CONTROLS = (
    *("push button", "button", "toggle button", "check box", "radio button", "combo box"),
    *("text", "entry", "password text", "spin button", "slider", "page tab", "menu item"),
    *("check menu item", "link", *RECORDS),
)

_lib = ctypes.CDLL("libatspi.so.0")
_free = ctypes.CDLL("libglib-2.0.so.0").g_free


def _function(name: str, result: object, *arguments: object) -> ctypes._FuncPointer:  # type: ignore[name-defined]
    function = getattr(_lib, f"atspi_{name}")
    function.restype, function.argtypes = result, arguments
    return function


_P, _I = ctypes.c_void_p, ctypes.c_int
_init = _function("init", _I)
_desktop = _function("get_desktop", _P, _I)
_count = _function("accessible_get_child_count", _I, _P, _P)
_child = _function("accessible_get_child_at_index", _P, _P, _I, _P)
_name = _function("accessible_get_name", _P, _P, _P)
_role = _function("accessible_get_role_name", _P, _P, _P)
_states = _function("accessible_get_state_set", _P, _P)
_contains = _function("state_set_contains", _I, _P, _I)
_relations = _function("accessible_get_relation_set", _P, _P, _P)
_relation_type = _function("relation_get_relation_type", _I, _P)
_do_action = _function("action_do_action", _I, _P, _I, _P)
_clear_cache = _function("accessible_clear_cache", None, _P)


class _Array(ctypes.Structure):
    _fields_ = (("items", ctypes.POINTER(_P)), ("length", ctypes.c_uint))


class Accessible:
    """One object of a program, as the bus tells of it."""

    def __init__(self, pointer: int) -> None:
        self.pointer = pointer

    @property
    def name(self) -> str:
        return _text(_name(self.pointer, None))

    @property
    def role(self) -> str:
        return _text(_role(self.pointer, None))

    def has(self, state: int) -> bool:
        states = _states(self.pointer)
        return bool(states and _contains(states, state))

    def labelled(self) -> bool:
        """Say whether a label beside it speaks for it."""
        found = _relations(self.pointer, None)
        if not found:
            return False
        array = ctypes.cast(found, ctypes.POINTER(_Array)).contents
        return any(
            _relation_type(array.items[place]) == LABELLED_BY for place in range(array.length)
        )

    def children(self) -> Iterator[Accessible]:
        for place in range(_count(self.pointer, None)):
            child = _child(self.pointer, place, None)
            if child:
                yield Accessible(child)

    def below(self) -> Iterator[Accessible]:
        """Yield what is shown below this; the rows of a table are records, not controls."""
        for child in self.children():
            if not child.has(SHOWING):
                continue
            yield child
            if child.role not in RECORDS:
                yield from child.below()


def _text(pointer: int | None) -> str:
    if not pointer:
        return ""
    text = ctypes.string_at(pointer).decode("utf-8", "replace")
    _free(ctypes.c_void_p(pointer))
    return text


def find_program() -> Accessible:
    """Wait until the program is on the bus with its window and its library open."""
    given_up_at = time.monotonic() + PATIENCE_S
    while time.monotonic() < given_up_at:
        for program in Accessible(_desktop(0)).children():
            if program.name == "Everspare" and any(
                item.name.endswith("– Everspare") for item in program.children()
            ):
                return program
        time.sleep(0.2)
    raise SystemExit("Everspare does not come to the bus")


def entries(program: Accessible, menu: str) -> list[Accessible]:
    """Return the entries of a menu, which need not be open."""
    for window in program.children():
        for bar in window.children():
            if bar.role == "menu bar":
                for item in bar.children():
                    if item.name == menu:
                        return [entry for popup in item.children() for entry in popup.children()]
    raise SystemExit(f"there is no menu {menu}")


def look_at(window: Accessible) -> dict[str, object]:
    """Count what is shown and name the controls that have no name."""
    seen = list(window.below())
    controls = [item for item in seen if item.role in CONTROLS or item.has(FOCUSABLE)]
    nameless = [item.role for item in controls if not item.name and not item.labelled()]
    return {"objects": len(seen), "controls": len(controls), "nameless": nameless}


def read_pages(program: Accessible, pages: list[str]) -> dict[str, dict[str, object]]:
    found = {}
    for page in pages:
        entry = next(item for item in entries(program, "View") if item.name == page)
        _do_action(entry.pointer, 0, None)
        given_up_at = time.monotonic() + PATIENCE_S
        while not any(item.name == f"{page} – Everspare" for item in program.children()):
            if time.monotonic() > given_up_at:
                raise SystemExit(f"the page {page} is not shown")
            time.sleep(0.1)
        time.sleep(1.0)  # what the page asks of the library arrives meanwhile
        _clear_cache(program.pointer)
        window = next(item for item in program.children() if item.name.startswith(page))
        found[page] = look_at(window)
    return found


def main() -> int:
    environ = os.environ | {"QT_ACCESSIBILITY": "1", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    library, pages = sys.argv[1], sys.argv[2:]
    command = [sys.executable, "-m", "app", "--library", library, "--user", "Ines Kolb"]
    with subprocess.Popen(command, env=environ) as program:
        try:
            _init()
            print(json.dumps(read_pages(find_program(), pages)))
        finally:
            program.terminate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
