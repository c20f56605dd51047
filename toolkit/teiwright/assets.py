"""Where the toolkit's own stylesheets and schemas are: beside the modules in a wheel, at the top in a checkout."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def folder(kind: str, here: Path = HERE) -> Path:
    """The folder of one kind of data files ("xslt", "schemas"): ``data/`` beside the modules where it exists,
    else two folders up, where a checkout and an editable install have it.

    >>> folder("xslt").name
    'xslt'
    """
    packed = here / "data" / kind
    return packed if packed.is_dir() else here.parents[1] / kind
