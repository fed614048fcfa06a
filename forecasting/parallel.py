"""Work on many queues, spread over processes where that pays."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Protocol

_WORTH_A_PROCESS = 8  # queues: starting Python and Prophet again takes seconds
_LARGEST_CHUNK = 4


class Mapper(Protocol):
    """`map` of a function over items, in this process or in several; the order is kept."""

    def __call__(self, function: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]: ...


def in_process(function: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
    """A `Mapper` that stays in this process."""
    return [function(item) for item in items]


@contextmanager
def spread(
    queues: int, workers: int | None = None, worth: int = _WORTH_A_PROCESS
) -> Iterator[Mapper]:
    """A `Mapper` over `workers` processes (None: one a core) from `worth` queues on."""
    count = min(workers or os.cpu_count() or 1, queues)
    if queues < worth or count < 2:
        yield in_process
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:

        def mapped(function: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
            chunk = max(1, min(_LARGEST_CHUNK, len(items) // count))
            return list(pool.map(function, items, chunksize=chunk))

        yield mapped
