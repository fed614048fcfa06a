"""Compiles the engine, so that the first roster does not have to wait for it.

python -m shiftcast.scheduling.rostering.engine.warm_up
"""

import numpy as np

from .limit import SolveLimit
from .solver import solve, tiny

if __name__ == "__main__":
    # So few agents that columns are looked for too: nothing is left to compile but rare paths.
    solve(tiny(), SolveLimit(seconds=1.0), np.random.default_rng(1))
