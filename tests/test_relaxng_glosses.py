"""What a schema's documentation calls elements: found where it stands, kept in tables, said in messages."""

from pathlib import Path

import pytest

from places import SHARED, needs_shared
from teiwright.cache import Cache
from teiwright.relaxng import Grammar, compilation
from teiwright.relaxng.gloss import LONGEST, gloss_in
from teiwright.source import Source
from test_relaxng_laws import RNG
from test_relaxng_tables import recalled

ANNOTATIONS = 'xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"'
SCHEMA = f"""<grammar {RNG} {ANNOTATIONS}><start><element name="r"><a:documentation>(the <x/>root
    of all) holds</a:documentation><a:documentation> the rest.</a:documentation>
    <zeroOrMore><choice><ref name="p"/><ref name="date"/></choice></zeroOrMore></element></start>
  <define name="p"><a:documentation>(definition) is no element.</a:documentation>
    <choice>
      <element><a:documentation>marks paragraphs.</a:documentation><choice><name>p</name><name>q</name></choice><text/></element>
      <element><a:documentation>(paragraph) marks them.</a:documentation><choice><name>p</name><name>q</name></choice>
        <attribute name="k"><a:documentation>(key) of it.</a:documentation></attribute></element>
      <element name="p"><a:documentation>(another) one.</a:documentation><attribute name="l"/></element>
    </choice></define>
  <define name="date"><element name="date"><a:documentation>(Date) contains a date.</a:documentation><b xmlns="urn:b">
    (bee)</b><text/></element></define></grammar>"""
GLOSSES = {"r": "the root of all", "p": "paragraph", "q": "paragraph"}


def glosses(grammar: Grammar) -> dict[str, str]:
    return dict(grammar.vocabulary.glosses)


def test_the_first_documentation_that_has_a_gloss_gives_it() -> None:
    assert glosses(Grammar.parse(SCHEMA.encode())) == GLOSSES


def test_tables_keep_glosses(tmp_path: Path) -> None:
    assert glosses(recalled(Grammar.parse(SCHEMA.encode()))) == GLOSSES
    schema = tmp_path / "schema.rng"
    schema.write_text(SCHEMA + "<!--" + " " * compilation.SMALL + "-->")
    for is_recalled in (False, True):
        parts, _ = compilation.recalled(schema.read_bytes(), schema, Cache(tmp_path / "cache"))
        assert (parts.routes is not None) is is_recalled
        assert dict(parts.glosses()) == GLOSSES


def test_included_files_have_glosses(tmp_path: Path) -> None:
    (tmp_path / "part.rng").write_text(SCHEMA)
    (tmp_path / "main.rng").write_text(f'<grammar {RNG}><include href="part.rng"/></grammar>')
    assert glosses(Grammar.read(tmp_path / "main.rng")) == GLOSSES


def test_the_compact_syntax_has_them_in_comments() -> None:
    schema = (
        "start =\n ## (the root)\n ## of all\n element r { p* }\np =\n ## (paragraph) marks them.\n element p { text }"
    )
    read = Grammar.parse(schema.encode(), source="schema.rnc")
    assert glosses(read) == {"r": "the root", "p": "paragraph"}


@pytest.mark.parametrize(
    ("documentation", "gloss"),
    [
        ("(personal name) contains", "personal name"),
        ("\n  (proof (of\n deletion)", ""),
        (" (proof\n   of deletion)", "proof of deletion"),
        ("(glyph/name, so-called)", "glyph/name, so-called"),
        ("contains (perhaps) words", ""),
        ("()", ""),
        ("( )", ""),
        ("(14.2) is a number", ""),
        ("(a <tag>)", ""),
        ("(" + "x" * LONGEST + ")", "x" * LONGEST),
        ("(x" + "x" * LONGEST + ")", ""),
        ("(" * 100_000, ""),
        ("(" + "x " * 100_000, ""),
        ("", ""),
    ],
)
def test_a_gloss_is_a_few_plain_words(documentation: str, gloss: str) -> None:
    assert gloss_in(documentation) == gloss


def test_messages_have_glosses() -> None:
    found = Grammar.parse(SCHEMA.encode()).validate(Source.parse("<r><s/></r>", "r.xml"))
    assert '"p" (paragraph), "q" (paragraph) or "date"' in next(iter(found)).message


@needs_shared
def test_glosses_of_tei() -> None:
    found = glosses(Grammar.read(SHARED / "tei" / "tei_all.rng"))
    names = {name.rpartition("}")[2]: gloss for name, gloss in found.items()}
    assert len(names) > 300
    expected = {"p": "paragraph", "persName": "personal name", "lg": "line group", "TEI": "TEI document"}
    assert {name: names[name] for name in expected} == expected
    assert "date" not in names
