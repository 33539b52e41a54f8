"""Compares how tables and indexes are defined with what the migration steps make.

A definition is text inside the database: without a constraint that was taken out of it, records
could be stored that break what every other check relies on.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from app.base.i18n import _
from app.domain.audit.check_report import Problem, ProblemKind
from app.storage.catalog.part_search import SEARCH_TABLE
from app.storage.migrating import empty_schema

# SQLite keeps its own tables by itself, and the search index is judged by a check of its own.
_LEFT_OUT = ("sqlite_", SEARCH_TABLE)
_QUOTES = '"`[]'


def schema_problems(connection: Connection) -> Iterator[Problem]:
    """Name each table, index and view that is not defined as a new library defines it."""
    with empty_schema() as model:
        wanted = _definitions(model)
    found = _definitions(connection)
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) == found.get(name):
            continue
        if name not in found:
            words = _("The table or index {name} is missing from the database.")
        elif name not in wanted:
            words = _("The database holds {name}, which Everspare did not make.")
        else:
            words = _("The definition of {name} in the database was changed.")
        yield Problem(ProblemKind.DATABASE, name, words.format(name=name))


def _definitions(connection: Connection) -> dict[str, str]:
    """Return name -> definition, without what may differ between versions of our libraries."""
    query = text("SELECT name, sql FROM sqlite_master WHERE type <> 'trigger' AND sql IS NOT NULL")
    return {
        row.name: "".join(
            letter for letter in row.sql if letter not in _QUOTES and not letter.isspace()
        )
        for row in connection.execute(query)
        if not row.name.startswith(_LEFT_OUT)
    }
