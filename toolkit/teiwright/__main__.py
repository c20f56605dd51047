"""The command: ``teiwright`` or ``python -m teiwright``."""

import atexit
import gc
import os
import sys

# Starting up makes many objects that all stay, and walking them again and again would cost a fifth of a short run.
gc.set_threshold(100_000, 20, 100)
atexit.register(gc.freeze)
# What was closed by whoever called is empty, or swallows what is said.
sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115, PTH123
sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115, PTH123
sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115, PTH123

try:
    from teiwright.cli import main
except KeyboardInterrupt:  # from here on the command says so itself
    sys.exit(130)

if __name__ == "__main__":
    main()
