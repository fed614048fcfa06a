"""The roster engine: the best legal week of one agent, and the searches around it."""

from pathlib import Path

from ...machine_code import kept_by_source

with kept_by_source(Path(__file__).resolve().parent):
    from .breaks_only import place_breaks_anew
    from .limit import SolveLimit
    from .solver import solve

__all__ = ["SolveLimit", "place_breaks_anew", "solve"]
