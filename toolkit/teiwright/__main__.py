"""The command: ``teiwright`` or ``python -m teiwright``."""

import atexit
import gc
import os
import signal
import sys

# Until the command listens to it itself, an interruption ends the process without a word.
interruption = signal.signal(signal.SIGINT, signal.SIG_DFL)
# Starting up makes many objects that all stay, and walking them again and again would cost a fifth of a short run.
gc.set_threshold(100_000, 20, 100)
atexit.register(gc.freeze)
# What was closed by whoever called is empty, or swallows what is said.
sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115, PTH123
sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115, PTH123
sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115, PTH123

from teiwright.cli import main  # noqa: E402

signal.signal(signal.SIGINT, interruption)

if __name__ == "__main__":
    main()
