"""`python -m shiftcast.cli`"""

from .app import main

main()
