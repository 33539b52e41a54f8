"""Reverting a group of change sets by a new one, row by row and only where nothing came between."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import text

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.domain.audit.change_set import ChangeDetail, ChangeSet
from app.domain.catalog.stored_file import StoredFile
from app.storage.registry import RECORDED, recorded_kind, table_of
from app.storage.rows import from_plain, plain_row, row_of
from app.storage.writer import Writer

SHOWN = 3  # conflicts named in the sentence; the rest is counted
# Files stay: they are named by their hash, harm nobody and may be wanted by a redo.
_KEPT = frozenset({table_of(StoredFile).name})


@dataclass(slots=True)
class _Net:
    """What a group did to one row, first state to last.

    Attributes:
        whole: the row before the group, if the group removed it.
        before, after: changed fields (or the whole row that came) before and after the group.
    """

    kind: type[Any]
    row_id: int
    came: bool = False
    gone: bool = False
    whole: dict[str, Any] | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def revert_group(write: Writer, group: list[ChangeSet]) -> None:
    """Revert the change sets of a group inside the open transaction.

    Raises:
        RuleViolation: records have changed since; names them.
    """
    # Rows go in any order; the references are judged at the end of the transaction.
    write.connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    nets = _net_effects(write, group)
    current = _current_rows(write, nets)
    _refuse_conflicts(write, nets, current)
    _revert(write, nets, current)


def _net_effects(write: Writer, group: list[ChangeSet]) -> list[_Net]:
    recorded = {table_of(kind).name for kind in RECORDED} - _KEPT
    nets: dict[tuple[str, int], _Net] = {}
    for change_set in group:
        for detail in write.audit.details(change_set.id):
            if detail.table in recorded:
                key = (detail.table, detail.row_id)
                net = nets.get(key)
                if net is None:
                    net = nets[key] = _Net(recorded_kind(detail.table), detail.row_id)
                _fold(net, detail)
    return list(nets.values())


def _current_rows(write: Writer, nets: list[_Net]) -> dict[tuple[type[Any], int], Any]:
    """Return the rows that the group touched, as they are now, by kind and id."""
    wanted: defaultdict[type[Any], list[int]] = defaultdict(list)
    for net in nets:
        wanted[net.kind].append(net.row_id)
    return {
        (kind, value.id): value
        for kind, ids in wanted.items()
        for value in write.fetch(kind, id=ids)
    }


def _fold(net: _Net, detail: ChangeDetail) -> None:
    """Add one detail to the net effect; details come in the order they happened."""
    if detail.field:
        net.before.setdefault(detail.field, json.loads(detail.old))
        net.after[detail.field] = json.loads(detail.new)
    elif detail.old:
        net.whole = net.whole or json.loads(detail.old)
        net.gone = True
    else:
        net.came = net.whole is None
        net.gone = False
        net.after.update(json.loads(detail.new))


def _refuse_conflicts(
    write: Writer, nets: list[_Net], current: dict[tuple[type[Any], int], Any]
) -> None:
    changed = [net for net in nets if _changed_since(net, current.get((net.kind, net.row_id)))]
    conflicts = [_conflict_words(write, net) for net in changed[:SHOWN]]
    if conflicts:
        shown = " ".join(conflicts)
        more = len(changed) - SHOWN
        rest = " " + _("And {count} more.").format(count=more) if more > 0 else ""
        raise RuleViolation(_("This cannot be undone any more.") + " " + shown + rest)


def _changed_since(net: _Net, current: Any | None) -> bool:
    """Say whether a row no longer is as the group left it; the version may differ, as an undo and
    a redo in between leave the same content under a new version."""
    if current is None or net.gone:
        return (current is None) != net.gone
    found = plain_row(row_of(current))
    return any(found[name] != value for name, value in net.after.items() if name != "version")


def _conflict_words(write: Writer, net: _Net) -> str:
    name = table_of(net.kind).name
    last = write.audit.last_change(name, net.row_id)
    words = _("{kind} {id} was changed by {who} at {time} (“{act}”).")
    return words.format(
        kind=name.replace("_", " "),
        id=net.row_id,
        who=last.who if last else "?",
        time=last.at.strftime("%Y-%m-%d %H:%M") if last else "?",
        act=last.act if last else "?",
    )


def _revert(write: Writer, nets: list[_Net], current: dict[tuple[type[Any], int], Any]) -> None:
    leaving: defaultdict[type[Any], list[int]] = defaultdict(list)
    returning: defaultdict[type[Any], list[Any]] = defaultdict(list)
    changing: defaultdict[type[Any], list[Any]] = defaultdict(list)
    for net in nets:
        if net.came and not net.gone:
            leaving[net.kind].append(net.row_id)
        elif net.gone and not net.came and net.whole is not None:
            columns = from_plain(net.kind, {**net.whole, **net.before})
            returning[net.kind].append(net.kind(**columns))
        elif net.before and not net.came:
            found = current[net.kind, net.row_id]
            changing[net.kind].append(replace(found, **from_plain(net.kind, net.before)))
    for kind, ids in leaving.items():
        write.delete(kind, ids)
    for values in returning.values():
        write.insert_as_given(values)
    for values in changing.values():
        write.update_all(values)
