"""Words: one gettext catalogue for window, command line and documents.

English is the source. `use_language` may be called at any time; `_` looks the catalogue up on each
call, so modules may import it before the language is known.
"""

from __future__ import annotations

import gettext as _gettext
import locale
import os

from app.base.paths import resource_path

DOMAIN = "everspare"
LANGUAGES = ("en", "de")
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # as gettext looks at them

_current: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def _(text: str) -> str:
    """Translate `text` into the chosen language."""
    return _current.gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate with the plural form that `count` needs."""
    return _current.ngettext(singular, plural, count)


def pgettext(context: str, text: str) -> str:
    """Translate a word whose meaning depends on `context`."""
    return _current.pgettext(context, text)


def language() -> str:
    """Return the language in use, as its two-letter code."""
    return _language


def system_language() -> str:
    """Return the best language we have for this user's system."""
    named = next(filter(None, map(os.environ.get, _VARIABLES)), "") or locale.getlocale()[0] or ""
    wished = (name[:2].lower() for name in named.split(":"))
    return next((code for code in wished if code in LANGUAGES), "en")


def use_language(code: str) -> None:
    """Switch all words to `code` ("" means the system's language)."""
    global _current, _language  # noqa: PLW0603  # one catalogue for the whole program, by design
    _language = code if code in LANGUAGES else system_language()
    _current = _gettext.translation(
        DOMAIN,
        localedir=str(resource_path("locale")),
        languages=[_language],
        fallback=True,
    )
