"""What was measured, as text."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .measure import Goal, Standing

_PLACES = {"wape": 4, "bias": 4, "pinball": 3, "coverage": 3, "seconds": 1}
_HEADINGS = ("method", "WAPE", "bias", "pinball", "coverage", "seconds")


def as_text(table: pd.DataFrame, ours: str) -> str:
    """A table a grain. Ours is marked with `>`; seconds with `*` are, in part, those of an earlier
    run; what a method does not tell is blank."""
    parts = []
    for grain, rows in table.groupby("grain", sort=False):
        cells = [[f"by {grain}", *_HEADINGS[1:]]]
        for row in rows.to_dict("records"):
            figures = [_figure(row[name], places) for name, places in _PLACES.items()]
            figures[-1] += "*" if row["from_earlier"] else " "
            mark = ">" if row["method"] == ours else " "
            cells.append([f"{mark} {row['method']}", *figures])
        parts.append("\n".join(_aligned(cells)))
    return "\n\n".join(parts)


def verdict(standing: Standing, goal: Goal | None) -> str:
    """Our WAPE against the best peer's, and whether that is what was aimed at."""
    said = f"ours / {standing.peer}: {standing.ratio:.3f}"
    if goal is None:
        return said
    reached = "reached" if standing.ratio <= goal.share else "not reached"
    return f"{said} (goal {goal.share:.3f}: {reached})"


def switched_off(table: pd.DataFrame, ours: str, without: Sequence[str]) -> str:
    """What our WAPE is without each part, and by how much that is worse."""
    wape = table[table["grain"] == "interval"].set_index("method")["wape"]
    cells = [["without", "WAPE", "worse by"]]
    for name in sorted((n for n in without if n in wape.index), key=lambda n: -wape[n]):
        cells.append([name, f"{wape[name]:.4f}", f"{wape[name] / wape[ours] - 1:+.1%}"])
    return "\n".join(_aligned(cells))


def _figure(value: float, places: int) -> str:
    return "" if pd.isna(value) else f"{value:.{places}f}"


def _aligned(cells: list[list[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
