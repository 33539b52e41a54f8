"""What tests of the part page share: the page, parts in the library, and waiting for both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.catalog.part_page import PartPage
from app.ui.context import UiContext
from helpers.stored_parts import StoredPart, store_part


@pytest.fixture
def new_page(context: UiContext, qtbot: QtBot) -> Callable[[], PartPage]:
    """Make a part page in a window of its own, with OpenGL where there is any."""

    def make() -> PartPage:
        made = PartPage(context)
        qtbot.addWidget(made, before_close_func=lambda widget: widget.shut())
        made.resize(1232, 800)
        made.part_requested.connect(made.show_part)
        made.show()
        return made

    return make


@pytest.fixture
def page(new_page: Callable[[], PartPage], monkeypatch: pytest.MonkeyPatch) -> Iterator[PartPage]:
    """The part page, with pictures instead of OpenGL."""
    monkeypatch.setenv("EVERSPARE_3D", "pictures")
    yield new_page()


@pytest.fixture
def store(context: UiContext, tmp_path: Path) -> Callable[..., StoredPart]:
    """Store a part with a box as its file; takes what `store_part` takes."""

    def put(number: str, **more: object) -> StoredPart:
        return store_part(context.services.library, tmp_path, number, **more)  # type: ignore[arg-type]

    return put


@pytest.fixture
def show(page: PartPage, settle: Callable[[], None]) -> Callable[[str], None]:
    """Show a part and wait until nothing is being fetched any more."""

    def show_and_wait(number: str) -> None:
        page.show_part(number)
        settle()

    return show_and_wait
