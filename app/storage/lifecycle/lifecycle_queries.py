"""Life-cycle questions over all parts at once."""

from __future__ import annotations

from sqlalchemy import Connection


class LifecycleQueries:
    """Column queries for the eternal-spare rule; made by `Reader.lifecycle`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
