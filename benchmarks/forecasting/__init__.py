"""Forecasts against the field: real series, rolling origins, every method in one run.

`python -m benchmarks.forecasting --help` says what can be asked for.
"""

import os

# Before anything loads a numeric library: a method takes one core unless it says otherwise.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")
