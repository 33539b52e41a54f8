"""Sentences that are kept: told in the language of who reads them, not of who wrote them.

What is kept is the English sentence of the catalogue and the values of its placeholders, as plain
lists and dictionaries. A text that nobody marked, such as one that a user typed, stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.base import i18n
from app.base.figures import figure

Value = str | int | float
_MOST_DECIMALS = 6
# Names only: a sentence that was kept elsewhere must not reach into objects as str.format would.
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Told(str):
    """A sentence in the language in use that can be told again in another one.

    It is an ordinary text wherever it is shown. Copied to another process it speaks the language
    that is in use there.

    Attributes:
        source: the English sentence with named placeholders, as in the catalogue.
        values: what stands for the placeholders; a text among them may be told itself, and a number
            is written as the language writes it.
        plural: the English plural; "" where there is one form, else `values["count"]` decides.
    """

    __slots__ = ("plural", "source", "values")

    source: str
    values: Mapping[str, Value]
    plural: str

    def __new__(cls, source: str, values: Mapping[str, Value], plural: str = "") -> Told:
        text = i18n.ngettext(source, plural, int(values["count"])) if plural else i18n._(source)
        # int() also makes plain numbers of those of numpy.
        plain = {n: v if isinstance(v, str | float) else int(v) for n, v in values.items()}
        told = super().__new__(cls, _PLACEHOLDER.sub(lambda found: _shown(plain[found[1]]), text))
        told.source, told.values, told.plural = source, plain, plural
        return told

    def kept(self) -> list[Any]:
        """Return what `retell` makes the sentence from: [source, values] or [.., .., plural]."""
        values = {name: _plain(value) for name, value in self.values.items()}
        return [self.source, values, self.plural] if self.plural else [self.source, values]

    def __reduce__(self) -> tuple[Any, ...]:
        return retell, (self.kept(),)


def mark(text: str) -> str:
    """Put `text` into the catalogue and return it in English, for `tell`."""
    return text


def tell(text: str, /, **values: Value) -> Told:
    """Tell an English sentence with named placeholders: a plain text, or one that is marked."""
    return Told(text, values)


def tell_count(singular: str, plural: str, count: int, /, **values: Value) -> Told:
    """Tell a sentence with the plural form that `count` needs; "{count}" may stand in it."""
    return Told(singular, {"count": count, **values}, plural)


def tell_list(separator: str, texts: Sequence[str]) -> str:
    """Join texts, each of which may be told."""
    if not any(isinstance(text, Told) for text in texts):
        return separator.join(texts)
    values = {f"text{place}": text for place, text in enumerate(texts)}
    return Told(separator.join(f"{{{name}}}" for name in values), values)


def retell(kept: object) -> str:
    """Tell in the language in use what `Told.kept` returned; a text is returned as it is.

    Raises:
        ValueError: `kept` is neither.
    """
    match kept:
        case str(text):
            return text
        case [str(source), dict(values)] if source:
            plural = ""
        case [str(source), dict(values), str(plural)] if source:
            pass
        case _:
            raise ValueError(f"no sentence: {kept!r}")
    try:
        return Told(source, {name: _value(value) for name, value in values.items()}, plural)
    except (LookupError, TypeError, OverflowError) as error:
        raise ValueError(f"no sentence: {kept!r}") from error


def keep_told(text: str) -> Any:
    """Return what `retell` makes the text from."""
    return text.kept() if isinstance(text, Told) else text


def keep_text(text: str) -> str:
    """Return one text for `read_text`: itself, or JSON where it is told or looks like JSON."""
    if isinstance(text, Told) or text.startswith(("[", '"')):
        return json.dumps(keep_told(text), ensure_ascii=False, separators=(",", ":"))
    return text


def read_text(kept: str) -> str:
    """Undo `keep_text`, in the language in use; what is damaged is shown as it was kept."""
    if not kept.startswith(("[", '"')):
        return kept
    try:
        return retell(json.loads(kept))
    except ValueError:
        return kept


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else figure(value, _MOST_DECIMALS)


def _plain(value: Value) -> Any:
    return value.kept() if isinstance(value, Told) else value


def _value(value: object) -> Value:
    return value if isinstance(value, int | float) else retell(value)
