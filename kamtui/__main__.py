"""`python -m kamtui` is the same as `kamtui`."""

from kamtui.cli.main import main

main()
