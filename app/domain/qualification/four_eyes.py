"""Four eyes: whoever wrote something cannot approve it."""

import re
import unicodedata

from app.base.errors import RuleViolation
from app.base.i18n import _

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "AE", "Ö": "OE", "Ü": "UE"})


def person_key(name: str) -> str:
    """Return the form of a person's name used to tell two people apart.

    Spelling variants that a hurried person types must not count as a second person: letter case,
    accents, spaces, points and hyphens do not matter.
    """
    return "".join(_words(name))


def same_person(one: str, other: str) -> bool:
    """Say whether two names mean the same person.

    Beside the spelling, "Müller" and "Mueller" are one name, and so are "Anna Maier" and
    "Maier, Anna".
    """
    return not _keys(one).isdisjoint(_keys(other))


def _keys(name: str) -> frozenset[str]:
    spelled = unicodedata.normalize("NFC", name)
    variants = (_words(spelled), _words(spelled.translate(_UMLAUTS)))
    return frozenset("".join(words) for found in variants for words in (found, sorted(found)))


def _words(name: str) -> list[str]:
    # Upper case first: the dotless i and the long s fall together with their common forms.
    folded = unicodedata.normalize("NFKD", name).upper().casefold()
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", plain)


def check_four_eyes(author: str, approver: str) -> None:
    """Refuse an approval by the author, or by nobody.

    Raises:
        RuleViolation: the approver is the author, or one of the names is missing.
    """
    if not person_key(author):
        raise RuleViolation(_("The author has no name, so four eyes cannot be shown."))
    if not person_key(approver):
        raise RuleViolation(_("An approval needs the name of the person who approves."))
    if same_person(author, approver):
        raise RuleViolation(
            _("{approver} is the author and cannot approve as well.").format(approver=approver),
            hint=_("Ask a second person to approve."),
        )
