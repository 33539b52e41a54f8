"""Four eyes: whoever wrote something cannot approve it."""

import re
import unicodedata

from app.base.errors import RuleViolation
from app.base.i18n import _


def person_key(name: str) -> str:
    """Return the form of a person's name used to tell two people apart.

    Spelling variants that a hurried person types must not count as a second person: letter case,
    accents, spaces, points and hyphens do not matter.
    """
    # Upper case first: the dotless i and the long s fall together with their common forms.
    folded = unicodedata.normalize("NFKD", name).upper().casefold()
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", "", plain)


def same_person(one: str, other: str) -> bool:
    """Say whether two names mean the same person."""
    return person_key(one) == person_key(other)


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
