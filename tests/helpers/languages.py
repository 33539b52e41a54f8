"""Switches between the languages of the program, with words compiled just now."""

from pathlib import Path

import pytest

from app.base import i18n
from app.base.paths import resource_path
from app.cli.catalogue import compiled_catalogues


def provide_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the program compiled catalogues in `folder`, as the checkout holds none; afterwards the
    language is as before."""
    for language, content in compiled_catalogues(resource_path("locale")).items():
        words = folder / "locale" / language / "LC_MESSAGES"
        words.mkdir(parents=True)
        (words / f"{i18n.DOMAIN}.mo").write_bytes(content)
    monkeypatch.setattr(i18n, "resource_path", folder.joinpath)
    monkeypatch.setattr(i18n, "_current", i18n._current)
    monkeypatch.setattr(i18n, "_language", i18n.language())
