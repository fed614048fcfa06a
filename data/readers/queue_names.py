"""The queue names of an export → the queues of the centre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..cleaning_report import Finding, FindingKind, finding
from ..errors import Problems
from .cells import Cells
from .values import plain, suggestion


@dataclass(frozen=True)
class QueueNames:
    """`code` (one a row) numbers the distinct names of the file; `source`, `name` and `kept` (one
    a distinct name) hold the name in the file, ours, and whether its rows are wanted."""

    code: NDArray[np.int64]
    source: NDArray[np.object_]
    name: NDArray[np.object_]
    kept: NDArray[np.bool_]
    queues: tuple[str, ...]
    notes: tuple[Finding, ...]


def name_queues(
    cells: Cells,
    mapping: Mapping[str, str],
    queues: Sequence[str] | None,
    problems: Problems,
) -> QueueNames:
    """The queue of each row. Rows of queues that the centre does not have are left out with a
    note; a queue of the centre without any row is told as an error."""
    if "queue" not in cells.fields:
        only = list(queues or [""])
        code = np.zeros(len(cells), dtype=np.int64)
        names = np.array(only, dtype=object)
        return QueueNames(code, names, names, np.array([True]), tuple(only), ())
    codes, distinct = pd.factorize(cells.texts("queue"))
    code = np.asarray(codes, dtype=np.int64)
    source = np.array([plain(name) for name in distinct], dtype=object)
    blank = np.array([not name for name in source], dtype=bool)
    cells.tell("input.blank_cell", blank[code], "queue")
    ours = _our_names(source, mapping, queues)
    if queues is None:
        kept = ~blank
        return QueueNames(code, source, ours, kept, tuple(dict.fromkeys(ours[kept])), ())
    kept = np.isin(ours, list(queues))
    counts = np.bincount(code, minlength=len(source))
    notes = [
        finding(FindingKind.UNKNOWN_QUEUE, source[i], amount=float(counts[i]))
        for i in np.flatnonzero(~kept & ~blank)
    ]
    others = [str(name) for name in source[~kept & ~blank]]
    for queue in queues:
        if queue not in set(ours[kept]):
            problems.add(
                "input.queue_without_rows",
                file=cells.table.file,
                column=cells.fields.heading["queue"],
                queue=queue,
                found=suggestion(queue, others) or ", ".join(others[:12]) or "—",
            )
    return QueueNames(code, source, ours, kept, tuple(queues), tuple(notes))


def _our_names(
    source: NDArray[np.object_], mapping: Mapping[str, str], queues: Sequence[str] | None
) -> NDArray[np.object_]:
    """The planner's mapping first, then the same name in any case."""
    mapped = {plain(name).casefold(): queue for name, queue in mapping.items()}
    by_fold = {queue.casefold(): queue for queue in queues or ()}
    folded = [str(name).casefold() for name in source]
    names = [
        mapped.get(fold, by_fold.get(fold, name)) for fold, name in zip(folded, source, strict=True)
    ]
    return np.array(names, dtype=object)
