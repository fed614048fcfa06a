"""The roster engine: the best legal week of one agent, and the searches around it."""

from .solver import SolveLimit, solve

__all__ = ["SolveLimit", "solve"]
