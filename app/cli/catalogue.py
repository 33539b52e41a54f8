"""Keeps the catalogue of words in step with the code (Babel; developers only)."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.i18n import DOMAIN, LANGUAGES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

# How many arguments of each function are sentences; the first one of pgettext is the context.
_SENTENCES = {"_": 1, "ngettext": 2, "pgettext": 2, "mark": 1, "tell": 1, "tell_count": 2}
# These take sentences that were marked before, too.
_TAKES_MARKED = ("tell",)
_MAYBE_MARKED = (ast.Name, ast.Attribute, ast.Subscript, ast.IfExp)
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

    template = Catalog(domain=DOMAIN, project="Everspare", charset="utf-8")
    for path in sorted(source.rglob("*.py")):
        for function, texts in _marked(path):
            if function == "pgettext":
                template.add(texts[1], context=texts[0])
            else:
                template.add(texts[0] if len(texts) == 1 else tuple(texts))
    return template


def _marked(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield function and texts of each marked sentence.

    Read from the syntax tree, because Babel's own extractor sees nothing inside an f-string before
    Python 3.12.

    Raises:
        ValueError: something other than a plain text is marked, so nobody could translate it.
    """
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        wanted = _SENTENCES.get(node.func.id)
        if wanted is None:
            continue
        if node.func.id in _TAKES_MARKED and isinstance(node.args[0], _MAYBE_MARKED):
            continue
        given = [a.value for a in node.args[:wanted] if isinstance(a, ast.Constant)]
        texts = [text for text in given if isinstance(text, str)]
        if len(texts) != wanted:
            raise ValueError(f"{path}, line {node.lineno}: only a plain text can be translated")
        yield node.func.id, texts


def _path(folder: Path, language: str, suffix: str) -> Path:
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.{suffix}"


def _id(message_id: str | Sequence[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _translated(string: str | Sequence[str] | None) -> bool:
    return bool(string) if isinstance(string, str) or string is None else all(string)
