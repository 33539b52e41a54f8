"""The words of the audit page for acts, records and what became of them."""

from __future__ import annotations

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.audit.check_report import ProblemKind
from app.domain.audit.trail import ActState, TrailChange, TrailRow
from app.ui.record_words import field_word, record_word, recorded_words


def entries_text(count: int) -> str:
    """Return such as "1,204 entries"."""
    return ngettext("{count} entry", "{count} entries", count).format(count=figure(count))


def changes_text(count: int) -> str:
    """Return such as "3 changes"."""
    return ngettext("{count} change", "{count} changes", count).format(count=figure(count))


def state_word(state: ActState) -> str:
    """Return what became of an act; "" where nothing did."""
    return {
        ActState.OPEN: "",
        ActState.UNDONE: _("Undone"),
        ActState.UNDO: _("Undo"),
        ActState.FINAL: _("Final"),
    }[state]


def state_mark(state: ActState) -> str:
    """Return the name of the glyph beside that word."""
    return {
        ActState.OPEN: "",
        ActState.UNDONE: "discontinued",
        ActState.UNDO: "none",
        ActState.FINAL: "covered",
    }[state]


def state_sentence(state: ActState) -> str:
    """Return what can still be done about an act."""
    return {
        ActState.OPEN: _("Can be undone, unless its records have changed since."),
        ActState.UNDONE: _("Was undone later."),
        ActState.UNDO: _("Reverted another act."),
        ActState.FINAL: _("Is never undone, only superseded or withdrawn."),
    }[state]


def state_choice_word(state: ActState) -> str:
    """Return how a filter names the acts in a state."""
    return {
        ActState.OPEN: _("Can be undone"),
        ActState.UNDONE: _("Undone"),
        ActState.UNDO: _("Undo"),
        ActState.FINAL: _("Final"),
    }[state]


def act_of(row: TrailRow) -> str:
    """Return the act as a line of its own begins."""
    return row.act[:1].upper() + row.act[1:]


def parts_of(row: TrailRow) -> str:
    """Return which parts an act touched, as a line has room for it."""
    numbers = row.part_numbers
    if not numbers:
        return ""
    if row.more:
        return _("{number} and more").format(number=numbers[0])
    if len(numbers) == 1:
        return numbers[0]
    return _("{number} + {count}").format(number=numbers[0], count=len(numbers) - 1)


def record_of(change: TrailChange) -> str:
    """Return the kind of a changed record, with its name if it has one."""
    kind = record_word(change.table)
    return f"{kind} {change.record}".strip()


def field_of(change: TrailChange) -> str:
    """Return the name of a changed field; "" for a whole record."""
    return field_word(change.field) if change.field else ""


def old_of(change: TrailChange) -> str:
    """Return what there was before."""
    return recorded_words(change.old, change.table, change.field)


def new_of(change: TrailChange) -> str:
    """Return what there is since."""
    return recorded_words(change.new, change.table, change.field)


def what_of(change: TrailChange) -> str:
    """Return what became of the record."""
    if change.field:
        return _("changed")
    return _("added") if change.new else _("removed")


def problem_word(kind: ProblemKind) -> str:
    """Return what a check stumbled over."""
    return {
        ProblemKind.DATABASE: _("Database"),
        ProblemKind.SEARCH: _("Search index"),
        ProblemKind.FILE_MISSING: _("File missing"),
        ProblemKind.FILE_CHANGED: _("File changed"),
        ProblemKind.FILE_SURPLUS: _("Unknown file"),
        ProblemKind.ROW_CHANGED: _("Record changed"),
        ProblemKind.ROW_MISSING: _("Record missing"),
        ProblemKind.ROW_SURPLUS: _("Record added"),
        ProblemKind.CHAIN_BROKEN: _("Chain broken"),
        ProblemKind.ROLLED_BACK: _("Older copy"),
        ProblemKind.LOCK_MISSING: _("Guard missing"),
    }[kind]


def problem_mark(kind: ProblemKind) -> str:
    """Return the name of the glyph beside that word."""
    harmless = kind in (ProblemKind.SEARCH, ProblemKind.FILE_SURPLUS)
    return "warning" if harmless else "danger"


def cure_sentence(kind: ProblemKind) -> str:
    """Return what to do about such a problem."""
    another_program = _(
        "Another program wrote to the database. Compare with a backup and restore it if in doubt."
    )
    restore = _("Restore the newest backup that is whole: everspare restore FILE --into FOLDER.")
    return {
        ProblemKind.DATABASE: restore,
        ProblemKind.SEARCH: _("Rebuild the search index here; no record changes by it."),
        ProblemKind.FILE_MISSING: _(
            "Put the file back from a backup, or import the original once more."
        ),
        ProblemKind.FILE_CHANGED: _(
            "Do not print from it. Put the file back from a backup, or import the original."
        ),
        ProblemKind.FILE_SURPLUS: _(
            "No record refers to it. It does no harm; whoever knows it may delete it."
        ),
        ProblemKind.ROW_CHANGED: another_program,
        ProblemKind.ROW_MISSING: another_program,
        ProblemKind.ROW_SURPLUS: another_program,
        ProblemKind.CHAIN_BROKEN: _(
            "From this entry on the history proves nothing. Restore a backup from before."
        ),
        ProblemKind.ROLLED_BACK: _(
            "Find out who put an older copy back; restore the newest backup if it was an accident."
        ),
        ProblemKind.LOCK_MISSING: _(
            "Locked records could be changed. Compare with a backup and restore it if in doubt."
        ),
    }[kind]
