"""Compiles the simulation, so that the first plan does not have to wait for it.

python -m shiftcast.scheduling.simulation.warm_up
"""

import numpy as np

from .groups import AgentGroup, simulate_groups
from .queues import Patience, SimulatedQueue
from .routing import Pool

if __name__ == "__main__":
    queue = SimulatedQueue("queue", 60.0, Patience(60.0), within_s=20.0)
    agents = AgentGroup("agents", np.array([1]), Pool({"queue": 0}))
    simulate_groups([queue], np.ones((1, 1)), [agents], 3600.0, replications=1, seed=1)
