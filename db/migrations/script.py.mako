"""${message}"""

from kamtui.store.migration import run_script

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}

SCRIPT = """
"""


def upgrade() -> None:
    run_script(SCRIPT)
