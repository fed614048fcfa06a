"""Settings chosen by trying: one coordinate after the other, a few values each."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def climb(
    likelihood: Callable[[Sequence[float]], float],
    start: Sequence[float],
    choices: Sequence[Sequence[float]],
    rounds: int = 2,
) -> tuple[float, ...]:
    """The best point found from `start` on by trying the `choices` of each coordinate in turn, at
    most `rounds` times over."""
    best, reached = tuple(start), likelihood(start)
    for _ in range(rounds):
        before = best
        for place, values in enumerate(choices):
            for value in values:
                tried = (*best[:place], value, *best[place + 1 :])
                if tried != best and (found := likelihood(tried)) > reached:
                    best, reached = tried, found
        if best == before:
            break
    return best
