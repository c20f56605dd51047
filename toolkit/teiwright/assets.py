"""Where things are that no document brings along: the toolkit's own stylesheets and schemas, beside the modules in a
wheel, at the top in a checkout; and the schemas that a user keeps.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
STORE = "TEIWRIGHT_STORE"
SCHEMA_ENDINGS = (".rng", ".rnc", ".sch", ".isosch", ".xsd")  # in the order in which a bare name is tried with them


def folder(kind: str, here: Path = HERE) -> Path:
    """The folder of one kind of data files ("xslt", "schemas"): ``data/`` beside the modules where it exists,
    else two folders up, where a checkout and an editable install have it.

    >>> folder("xslt").name
    'xslt'
    """
    packed = here / "data" / kind
    return packed if packed.is_dir() else here.parents[1] / kind


def user_schemas(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path | None:
    """Where a user's schemas are kept (XDG Base Directory Specification; the usual places of macOS and Windows); None
    for a user without a home.
    """
    if named := environment.get(STORE):
        return Path(named)
    shared = Path(environment.get("XDG_DATA_HOME", ""))
    if not shared.is_absolute():  # a relative one has to be ignored
        home = _home(environment.get("USERPROFILE" if platform == "win32" else "HOME", ""))
        local = environment.get("LOCALAPPDATA", "") if platform == "win32" else ""
        if not home and not local:
            return None
        places = {"darwin": "Library/Application Support", "win32": "AppData/Local"}
        shared = Path(local or f"{home}/{places.get(platform, '.local/share')}")
    return shared / "teiwright" / "schemas"


def _home(named: str) -> str:
    if named:
        return named
    try:
        return str(Path.home())
    except RuntimeError:
        return ""
