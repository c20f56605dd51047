"""What a bundle says of where it comes from: one processing instruction before its root, so that the parts can be given back.

``<?teiwright-bundle {…}?>`` holds JSON; ``<?teiwright-part N?>`` stands before the first element of a part and
``<?teiwright-record N?>`` before each record that was copied.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from lxml import etree

ACCOUNT, PART, RECORD = "teiwright-bundle", "teiwright-part", "teiwright-record"


@dataclass
class Account:
    """``main``: the name of the file that was bundled. ``parts``: of each part its file, relative to it, and the identifier
    that the inclusion asked for ("": the whole file). ``records``: of each copied record its file and identifier there.
    ``pointers``: for each file ("" is the main one) what its pointers were, by what they are. ``ids``: identifiers that were
    changed, by file: what they were, by what they are.
    """

    main: str
    parts: list[list[str]] = field(default_factory=list)
    records: list[list[str]] = field(default_factory=list)
    pointers: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def instruction(self) -> etree._Element:
        """Itself as an instruction."""
        said = json.dumps(asdict(self), ensure_ascii=True, separators=(",", ":"))
        return etree.ProcessingInstruction(ACCOUNT, said.replace("?>", "?\\u003e"))

    @classmethod
    def read(cls, text: str) -> Account:
        """What an instruction says. Raises ValueError where that is no account."""
        try:
            said = json.loads(text)
            made = cls(str(said["main"]), said["parts"], said["records"], said["pointers"], said["ids"])
        except (TypeError, KeyError, RecursionError):
            raise ValueError from None
        pairs = [*made.parts, *made.records]
        is_sound = all(
            isinstance(one, list) and len(one) == 2 and all(isinstance(s, str) for s in one) for one in pairs
        )
        tables = [made.pointers, made.ids]
        is_sound = is_sound and all(isinstance(one, dict) for table in tables for one in table.values())
        if not is_sound:
            raise ValueError
        return made
