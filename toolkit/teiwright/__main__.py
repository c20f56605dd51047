"""The command: ``teiwright`` or ``python -m teiwright``."""

import atexit
import gc

# Starting up makes many objects that all stay, and walking them again and again would cost a fifth of a short run.
gc.set_threshold(100_000, 20, 100)
atexit.register(gc.freeze)

from teiwright.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
