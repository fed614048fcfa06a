"""`python -m shiftcast`: the same as the command `shiftcast`."""

from __future__ import annotations

# By its full name: installed, this file lies beside `shiftcast/cli/`, not in it.
from shiftcast.cli.app import main

main()
