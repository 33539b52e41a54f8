"""Reading the library: one snapshot, values of the domain in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Select, false, func, or_, select

from app.base.errors import NotFound
from app.base.i18n import _
from app.storage.audit.audit_queries import AuditQueries
from app.storage.catalog.part_queries import PartQueries
from app.storage.certificates.certificate_queries import CertificateQueries
from app.storage.damage import read_as_written
from app.storage.lifecycle.lifecycle_queries import LifecycleQueries
from app.storage.lifecycle.product_queries import ProductQueries
from app.storage.overview.overview_queries import OverviewQueries
from app.storage.packages.package_queries import PackageQueries
from app.storage.qualification.qualification_queries import QualificationQueries
from app.storage.record_search import RecordSearch
from app.storage.registry import field_names, table_of
from app.storage.rows import values_of

V = TypeVar("V")
IN_LIMIT = 900  # SQLite's historic ceiling of parameters in one statement is 999


def batches(items: Iterable[Any], size: int = IN_LIMIT) -> Iterator[list[Any]]:
    """Yield lists of at most `size` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


class Reader:
    """A consistent view of the library. Made by `Library.reading`.

    Keyword arguments of the methods name columns: a plain value must be equal, a list, tuple, set
    or frozenset must contain the column's value, None means "not set".
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @cached_property
    def parts(self) -> PartQueries:
        return PartQueries(self.connection)

    @cached_property
    def lifecycle(self) -> LifecycleQueries:
        return LifecycleQueries(self.connection)

    @cached_property
    def products(self) -> ProductQueries:
        return ProductQueries(self.connection)

    @cached_property
    def audit(self) -> AuditQueries:
        return AuditQueries(self.connection)

    @cached_property
    def records(self) -> RecordSearch:
        return RecordSearch(self.connection)

    @cached_property
    def packages(self) -> PackageQueries:
        return PackageQueries(self.connection)

    @cached_property
    def qualifications(self) -> QualificationQueries:
        return QualificationQueries(self.connection)

    @cached_property
    def certificates(self) -> CertificateQueries:
        return CertificateQueries(self.connection)

    @cached_property
    def overview(self) -> OverviewQueries:
        return OverviewQueries(self.connection)

    def fetch(self, kind: type[V], **where: object) -> list[V]:
        """Return the values that match, ordered by id."""
        table = table_of(kind)
        columns = [table.c[name] for name in field_names(kind)]
        query = select(*columns).order_by(table.c.id)
        long = next((n for n, v in where.items() if _is_many(v) and len(v) > IN_LIMIT), None)  # type: ignore[arg-type]  # _is_many narrows
        if long is None:
            return self._values(kind, query.where(*_conditions(kind, where)))
        found: list[V] = []
        for batch in batches(sorted(set(where[long]))):  # type: ignore[call-overload]  # narrowed above
            found += self.fetch(kind, **{**where, long: batch})
        return sorted(found, key=lambda value: value.id)  # type: ignore[attr-defined]  # all values have an id

    def find(self, kind: type[V], **where: object) -> V | None:
        """Return the first value that matches, or None."""
        table = table_of(kind)
        columns = [table.c[name] for name in field_names(kind)]
        query = select(*columns).where(*_conditions(kind, where)).order_by(table.c.id).limit(1)
        return next(iter(self._values(kind, query)), None)

    def _values(self, kind: type[V], query: Select[Any]) -> list[V]:
        rows = self.connection.execute(query)
        with read_as_written():
            return values_of(kind, rows)

    def one(self, kind: type[V], **where: object) -> V:
        """Return the first value that matches.

        Raises:
            NotFound: there is none.
        """
        found = self.find(kind, **where)
        if found is None:
            asked = ", ".join(f"{name} {value}" for name, value in where.items())
            raise NotFound(
                _("The library holds no {kind} with {asked}.").format(
                    kind=table_of(kind).name.replace("_", " "), asked=asked
                )
            )
        return found

    def count(self, kind: type[Any], **where: object) -> int:
        """Return how many rows match."""
        table = table_of(kind)
        query = select(func.count()).select_from(table).where(*_conditions(kind, where))
        return int(self.connection.execute(query).scalar_one())


def _is_many(value: object) -> bool:
    return isinstance(value, (list, tuple, set, frozenset))


def _conditions(kind: type[Any], where: dict[str, object]) -> list[ColumnElement[bool]]:
    table = table_of(kind)
    return [_condition(table.c[name], value) for name, value in where.items()]


def _condition(column: Column[Any], value: object) -> ColumnElement[bool]:
    if value is None:
        return column.is_(None)
    if isinstance(value, (list, tuple, set, frozenset)):
        known = [item for item in value if item is not None]
        condition = column.in_(known) if known else false()
        return or_(condition, column.is_(None)) if len(known) < len(value) else condition
    return column == value
