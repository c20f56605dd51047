"""The commands, one module each, imported only when it is called.

Words to objects, one call, objects to words: decisions live in the library.
"""

from __future__ import annotations

from pathlib import Path

import click

FILES = click.Path(path_type=Path, readable=False)  # who reads it says why it cannot be read
