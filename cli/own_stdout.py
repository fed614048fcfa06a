"""Standard output for one JSON object and nothing else, whatever libraries print."""

from __future__ import annotations

import os
import sys

STDOUT, STDERR = 1, 2


def keep_stdout_apart() -> None:
    """From here on to the end of the process, what is written to descriptor 1 goes to standard
    error; only Python's own `sys.stdout` goes where it went.

    Libraries in C and C++ print there when it pleases them: HiGHS tells of bases that it cannot
    factor, with its output switched off. Where Python's standard output is something else (in
    tests, in notebooks), and where there is no standard error, everything stays.
    """
    try:
        if sys.stdout.fileno() != STDOUT:
            return
        sys.stdout.flush()
        own = os.dup(STDOUT)
        os.dup2(STDERR, STDOUT)
    except (OSError, ValueError):
        return
    encoding, errors = sys.stdout.encoding, sys.stdout.errors
    sys.stdout = os.fdopen(own, "w", encoding=encoding, errors=errors)
