"""The steps from one schema to the next, in order; step n leads to schema n + 1.

A step never changes once it has been released.
"""

from collections.abc import Callable

from alembic.operations import Operations

from app.storage.migrations.step_001_first_schema import build_first_schema

STEPS: tuple[Callable[[Operations], None], ...] = (build_first_schema,)
