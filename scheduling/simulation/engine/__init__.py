"""The event loop of the simulation, compiled, and the world it plays in."""

from pathlib import Path

from ...machine_code import kept_by_source

with kept_by_source(Path(__file__).resolve().parent):
    from .loop import run

__all__ = ["run"]
