"""The composition root: which library, who acts, and what is closed again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.base.errors import StorageError
from app.base.settings import Settings, save_settings
from app.bootstrap import (
    first_page,
    is_library,
    library_path,
    make_workers,
    open_services,
    user_name,
)
from app.domain.catalog.part import Part
from app.storage.library import Library
from helpers.builders import parts


def test_the_library_named_comes_before_the_last_and_the_default(home: Path) -> None:
    last = replace(Settings(), library_path="/last/one")
    assert library_path(last, Path("/named")) == Path("/named")
    assert library_path(last) == Path("/last/one")
    assert library_path(Settings()).is_relative_to(home)


@pytest.mark.parametrize(
    ("named", "stored", "expected"),
    [
        (" Ben ", "Anna", "Ben"),
        (None, "Anna ", "Anna"),
        ("  ", "Anna", "Anna"),
        ("", "", "account"),
    ],
)
def test_who_acts(
    monkeypatch: pytest.MonkeyPatch, named: str | None, stored: str, expected: str
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "account")
    assert user_name(replace(Settings(), user_name=stored), named) == expected


def test_services_open_what_is_there_and_make_what_is_missing(tmp_path: Path) -> None:
    save_settings(replace(Settings(), user_name="Anna"))
    with pytest.raises(StorageError, match="There is no library"):
        open_services(path=tmp_path / "new")
    assert not is_library(tmp_path / "new")
    services = open_services(path=tmp_path / "new", create_if_missing=True)
    assert services.user == "Anna"
    with services.library.writing(who=services.user, act="add") as write:
        write.insert(parts(2))
    services.close()
    again = open_services(path=tmp_path / "new", user="Ben", create_if_missing=True)
    with again.library.reading() as read:
        assert read.count(Part) == 2
    assert again.user == "Ben"
    again.close()


def test_workers_get_the_limits_of_the_settings() -> None:
    settings = replace(Settings(), worker_memory_mb=300, worker_deadline_s=7)
    with make_workers(settings) as pool:
        assert (pool.limits.memory_mb, pool.limits.deadline_s) == (300, 7.0)


def test_the_first_page_needs_no_open_library(library: Library) -> None:
    with library.writing(who="Anna", act="add") as write:
        write.insert(parts(3))
    library.close()
    page = first_page(library.path)
    assert page.complete
    assert [row.number for row in page.rows] == ["A00001", "A00002", "A00003"]
