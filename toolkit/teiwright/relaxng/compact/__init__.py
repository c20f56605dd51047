"""RELAX NG's compact syntax (OASIS Committee Specification of 21 November 2002; ISO/IEC 19757-2:2008, annex C).

A schema in it is translated to the XML syntax as the specification's appendix A says, line by line, so that whatever
reads the XML syntax reads both, and names the lines of the file that was written.
"""

from __future__ import annotations


def is_compact(data: bytes) -> bool:
    """Whether a schema that is RELAX NG is in compact syntax, by its characters as UTF-8: XML begins with "<", and no
    token of this syntax does.

    >>> is_compact(b"element p { text }"), is_compact(b'<element name="p"><text/></element>')
    (True, False)
    """
    begun = data.lstrip()
    return bool(begun) and not begun.startswith(b"<")


def as_xml(text: str, source: str) -> str:
    """A schema in compact syntax as one in XML syntax whose elements stand on the same lines; ``source`` is the file's
    name. Raises SchemaError, with line and column, where the text is not in compact syntax.

    >>> as_xml("element p { text }", "p.rnc").partition("<name")[2]
    '>p</name><text></text></element>'
    """
    from teiwright.relaxng.compact.nodes import written  # only who reads this syntax pays for its tables
    from teiwright.relaxng.compact.parser import Parser

    return written(Parser(text, source).schema())
