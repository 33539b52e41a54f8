"""Any text that can be kept comes back as it was; what cannot is refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.base.errors import RuleViolation
from app.base.progress import Progress
from app.domain.catalog.part import Part
from app.domain.inventory.part_list import PartFilter
from app.services.audit.undo_change import undo_change
from app.storage.library import Library
from app.storage.opening import create_library
from helpers.builders import part


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One library for many texts; at the end it checks clean."""
    library = create_library(tmp_path_factory.mktemp("odd") / "library")
    yield library
    assert library.check(Progress()).problems == ()
    library.close()


KEPT = {
    "long": "x" * 1_000_000,
    "right to left": "جزء\u202eevil",
    "combining": "e\u0301" * 50,
    "beyond the plane": "𝕭𝖔𝖑𝖙 🔩",
    "no character": "\ufffe\uffff",
    "controls": "\x01\x1b[31m\t\r\n\x7f\x85",
    "an escape typed out": "\\u0000 and \\ud800",
    "quotes": "'; DROP TABLE part; -- \" `",
}
REFUSED = ["\0", "Leg\0cap", "\ud800", "cap\udcff", "a" * 200 + "\udfff"]


@pytest.mark.parametrize("name", KEPT)
def test_text_is_kept_searched_checked_and_undone(library: Library, name: str) -> None:
    text = KEPT[name]
    with library.writing(who="Anna", act="add", why=text) as write:
        [part_id] = write.insert([part("A1", text, note=text)])
    with library.writing(who=text[:100], act=text[:100]) as write:
        write.update(replace(write.one(Part, id=part_id), name="plain"))
    undo_change(library, who="Ben")
    with library.reading() as read:
        assert read.one(Part, id=part_id).name == text
        if name != "long":
            read.parts.ids(PartFilter(text=text))
    assert library.check(Progress()).problems == ()


@pytest.mark.parametrize("text", REFUSED)
def test_text_that_cannot_be_kept_is_refused_in_words(library: Library, text: str) -> None:
    with library.writing(who="Anna", act="add") as write:
        [part_id] = write.insert([part("A1", "Leg cap")])

    def refused() -> object:
        return pytest.raises(RuleViolation, match="cannot be kept")

    with refused(), library.writing(who="Anna", act="add") as write:  # type: ignore[attr-defined]
        write.insert([part("A2", note=text)])
    with refused(), library.writing(who="Anna", act="edit") as write:  # type: ignore[attr-defined]
        write.update(replace(write.one(Part, id=part_id), material=text))
    for act in ({"who": text}, {"act": text}, {"why": text}):
        named = {"who": "Anna", "act": "add", **act}
        with refused(), library.writing(**named) as write:  # type: ignore[attr-defined, arg-type]
            write.insert([part("A3")])
    with library.reading() as read:
        assert [p.number for p in read.fetch(Part)] == ["A1"]
    assert library.check(Progress()).problems == ()


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_reads_back(text: str, shared: Library) -> None:
    with shared.writing(who="Anna", act="add") as write:
        [part_id] = write.insert([part(f"P{write.change_set_id}", text)])
    with shared.reading() as read:
        assert read.one(Part, id=part_id).name == text
