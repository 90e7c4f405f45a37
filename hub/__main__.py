"""`python -m hub` is the command line."""

from hub.cli import main

main()
