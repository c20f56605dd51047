"""What a bundle says of where it comes from: one processing instruction before its root, so that the parts can be given back.

``<?teiwright-bundle {…}?>`` holds JSON; ``<?teiwright-part N?>`` stands before a part (and before the comments and
instructions that its file begins with) and ``<?teiwright-record N?>`` before each record that was copied.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from lxml import etree

ACCOUNT, PART, RECORD = "teiwright-bundle", "teiwright-part", "teiwright-record"


@dataclass
class Changes:
    """What was changed in one piece of a bundle. ``pointers``: what each was, by what it is; a list, one for each time it
    stands there in document order, where they were not all the same. ``ids``: what each was, by what it is.
    """

    pointers: dict[str, list[str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, said: Any) -> Changes:
        """The same from JSON. Raises ValueError."""
        pointers = {_text(now): _texts(before) for now, before in _table(said["pointers"]).items()}
        if not all(pointers.values()):
            raise ValueError
        return cls(pointers, {_text(now): _text(before) for now, before in _table(said["ids"]).items()})


@dataclass
class Frame:
    """What a file has around its root, as it stands there, and the namespaces that its root declares: prefix ("" for none)
    and name.
    """

    before: str
    behind: str
    namespaces: list[list[str]]

    @classmethod
    def read(cls, said: Any) -> Frame:
        """The same from JSON. Raises ValueError."""
        namespaces = [_texts(one) for one in said["namespaces"]]
        if not all(len(one) == 2 for one in namespaces):
            raise ValueError
        return cls(_text(said["before"]), _text(said["behind"]), namespaces)


@dataclass
class Part:
    """Something that was included: the path of its file, the ``xi:include`` as it stood, the attributes of its outermost
    element that came with the inclusion by what they were in the file (None: were not), the frame of the file (None: only a
    piece of it was included), and how many comments and instructions of the file stand behind it.
    """

    path: str
    include: str
    attributes: dict[str, str | None]
    frame: Frame | None
    behind: int = 0
    changes: Changes = field(default_factory=Changes)

    @classmethod
    def read(cls, said: Any) -> Part:
        """The same from JSON. Raises ValueError."""
        attributes = {
            _text(name): None if was is None else _text(was) for name, was in _table(said["attributes"]).items()
        }
        frame = None if said["frame"] is None else Frame.read(said["frame"])
        behind = int(said["behind"])
        return cls(
            _text(said["path"]), _text(said["include"]), attributes, frame, behind, Changes.read(said["changes"])
        )


@dataclass
class Record:
    """A record that was copied: the path of its file."""

    path: str
    changes: Changes = field(default_factory=Changes)

    @classmethod
    def read(cls, said: Any) -> Record:
        """The same from JSON. Raises ValueError."""
        return cls(_text(said["path"]), Changes.read(said["changes"]))


@dataclass
class Account:
    """The whole: the path of the file that was bundled, its frame, what was changed in it, its parts and records. Paths
    are from the folder that all of these files have in common.
    """

    path: str
    frame: Frame
    changes: Changes = field(default_factory=Changes)
    parts: list[Part] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)

    def instruction(self) -> etree._Element:
        """Itself as an instruction."""
        said = json.dumps(asdict(self), ensure_ascii=True, separators=(",", ":"))
        return etree.ProcessingInstruction(ACCOUNT, said.replace("?>", "?\\u003e"))

    @classmethod
    def read(cls, text: str) -> Account:
        """What an instruction says. Raises ValueError where that is no account."""
        try:
            said = json.loads(text)
            parts, records = [Part.read(one) for one in said["parts"]], [Record.read(one) for one in said["records"]]
            return cls(_text(said["path"]), Frame.read(said["frame"]), Changes.read(said["changes"]), parts, records)
        except (TypeError, KeyError, RecursionError, OverflowError):
            raise ValueError from None


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise ValueError
    return said


def _texts(said: Any) -> list[str]:
    if not isinstance(said, list):
        raise ValueError
    return [_text(one) for one in said]


def _table(said: Any) -> dict[Any, Any]:
    if not isinstance(said, dict):
        raise ValueError
    return said
