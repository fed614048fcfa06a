"""Column generation: bounds that mean something, and rosters put together from columns.

A column is one agent's complete legal roster. A linear programme chooses a mixture of columns for
each agent (`master`) against what all agents together cost (`coupling`); the kernel finds the
columns that would improve it (`oracle`, `generation`). Its value bounds every roster from below,
the more so once totals that are whole numbers in any roster are made whole (`whole`). Rosters come
out of it by fixing day after day of the mixture while the kernel goes on giving columns (`dive`),
and by choosing columns for a few agents at a time (`choice`, `neighbourhoods`). On a long horizon
prices of people and totals give the bound (`ascent`) and the roster, made two weeks at a time
(`opening`) before what comes after them (`ahead`), is improved window by window (`window`,
`rolling`).
"""

from pathlib import Path

from ....machine_code import kept_by_source

with kept_by_source(Path(__file__).resolve().parents[1]):
    from . import oracle, window

__all__ = ["oracle", "window"]
