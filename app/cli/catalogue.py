"""Keeps the catalogue of words in step with the code (Babel; developers only)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.i18n import DOMAIN, LANGUAGES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_SOURCE_LANGUAGE = "en"


def update_catalogue(source: Path, folder: Path, *, write: bool) -> list[str]:
    """Compare the sentences in the code with each catalogue.

    Args:
        source: the package whose sentences are collected.
        folder: holds `<language>/LC_MESSAGES/everspare.po`.
        write: whether to bring the catalogues up to date.

    Returns:
        The sentences that some language lacks.
    """
    from babel.messages.pofile import read_po, write_po

    template = _collect(source)
    missing: set[str] = set()
    for language in LANGUAGES:
        if language == _SOURCE_LANGUAGE:
            continue
        path = _path(folder, language, "po")
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=language, domain=DOMAIN)
        catalogue.update(template, no_fuzzy_matching=True)
        missing |= {_id(m.id) for m in catalogue if m.id and not _translated(m.string)}
        if write:
            with path.open("wb") as stream:
                write_po(
                    stream,
                    catalogue,
                    sort_output=True,
                    no_location=True,
                    ignore_obsolete=True,
                    width=100,
                )
    return sorted(missing)


def compile_catalogue(folder: Path) -> None:
    """Write the binary form that the program reads beside each catalogue."""
    for language, content in compiled_catalogues(folder).items():
        _path(folder, language, "mo").write_bytes(content)


def compiled_catalogues(folder: Path) -> dict[str, bytes]:
    """Return language -> binary form of each catalogue."""
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = {}
    for language in LANGUAGES:
        path = _path(folder, language, "po")
        if path.exists():
            with path.open("rb") as stream:
                catalogue = read_po(stream, locale=language, domain=DOMAIN)
            target = BytesIO()
            write_mo(target, catalogue)
            compiled[language] = target.getvalue()
    return compiled


def _collect(source: Path) -> Catalog:
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    template = Catalog(domain=DOMAIN, project="Everspare", charset="utf-8")
    found = extract_from_dir(str(source), [("**.py", "python")], keywords=_KEYWORDS)
    for _file, _line, message, comments, context in found:
        template.add(message, None, auto_comments=comments, context=context)
    return template


def _path(folder: Path, language: str, suffix: str) -> Path:
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.{suffix}"


def _id(message_id: str | Sequence[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _translated(string: str | Sequence[str] | None) -> bool:
    return bool(string) if isinstance(string, str) or string is None else all(string)
