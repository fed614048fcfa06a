"""Compiles the engine, so that the first roster does not have to wait for it.

python -m shiftcast.scheduling.rostering.engine.warm_up
"""

from .solver import warm_up

if __name__ == "__main__":
    warm_up()
