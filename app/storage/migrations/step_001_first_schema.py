"""Schema 1: the tables as they stood before the first release."""

from alembic.operations import Operations
from sqlmodel import SQLModel

from app.storage import registry


def build_first_schema(operations: Operations) -> None:
    """Make all tables in an empty database."""
    wanted = [registry.table_of(kind) for kind in registry.ROW_OF]
    SQLModel.metadata.create_all(operations.get_bind(), tables=wanted)
