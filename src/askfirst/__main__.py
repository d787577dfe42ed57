"""`python -m askfirst` is the same as the `askfirst` command."""

from askfirst.cli import main

main()
