"""What a proof is: a few kinds that everybody names alike, or any other that somebody typed.

A known kind is stored in English, so that everybody reads it in his own language.
"""

from app.base.told import mark, tell

KINDS = (
    mark("test report"),
    mark("material certificate"),
    mark("inspection record"),
    mark("photo"),
)


def evidence_kind_word(kind: str) -> str:
    """Return a stored kind in the language in use; one that somebody typed stays as it is."""
    return tell(kind) if kind in KINDS else kind


def evidence_kind_of(typed: str) -> str:
    """Return the kind to store for a word in the language in use."""
    wanted = typed.strip()
    for kind in KINDS:
        if wanted.casefold() in (kind.casefold(), tell(kind).casefold()):
            return kind
    return wanted
