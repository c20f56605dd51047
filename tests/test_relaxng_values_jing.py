"""Values, parameters and regular expressions held against jing: thousands of each in one schema and one document."""

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from teiwright.errors import SchemaError
from teiwright.relaxng import Grammar
from teiwright.source import Source
from value_cases import LIBRARY, RNG, data, expression, hyphens, text, types, words, written

FAULT = re.compile(r":(\d+):\d+: (?:error|fatal): ")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("jing"), reason="jing is not installed")]


def refused_by_jing(schema: Path, document: Path, about: Path) -> set[int]:
    """The lines of one of the two files that jing says something of."""
    output = subprocess.run(["jing", "-i", str(schema), str(document)], capture_output=True, text=True, check=False)
    lines = [line for line in output.stdout.splitlines() if line.startswith(f"{about}:")]
    return {int(found[1]) for line in lines if (found := FAULT.search(line))}


def schema_of(patterns: list[str]) -> str:
    """A schema with one element for each pattern, the first in line 2."""
    elements = [f'<element name="e{number}">{pattern}</element>' for number, pattern in enumerate(patterns)]
    return "\n".join(
        [f'<element name="r" {RNG} {LIBRARY}><zeroOrMore><choice>', *elements, "</choice></zeroOrMore></element>"]
    )


def is_refused(pattern: str) -> bool:
    """Whether a schema with a pattern alone is refused here."""
    try:
        Grammar.parse(f'<element name="r" {RNG} {LIBRARY}>{pattern}</element>'.encode())
    except SchemaError:
        return True
    return False


def compare(folder: Path, patterns: list[str], texts: list[list[str]]) -> tuple[list[str], list[tuple[str, str]], int]:
    """The patterns that one of the two refuses alone; the patterns and texts on which they differ; how many texts were
    good. Patterns that either of the two refuses are left out of the second comparison.
    """
    schema, document = folder / "schema.rng", folder / "document.xml"
    schema.write_text(schema_of(patterns), encoding="utf-8")
    document.write_text("<r/>")
    theirs = {line - 2 for line in refused_by_jing(schema, document, schema)}
    ours = {number for number, pattern in enumerate(patterns) if is_refused(pattern)}
    kept = [number for number in range(len(patterns)) if number not in ours | theirs]
    schema.write_text(schema_of([patterns[number] for number in kept]), encoding="utf-8")
    pairs = [(index, number, text) for index, number in enumerate(kept) for text in texts[number]]
    lines = [f"<e{index}>{written(text)}</e{index}>" for index, _, text in pairs]
    document.write_text("\n".join(["<r xmlns:p='urn:p'>", *lines, "</r>"]), encoding="utf-8")
    found = {finding.location.line for finding in Grammar.read(schema).validate(Source.read(document))}
    differing = found ^ refused_by_jing(schema, document, document)
    odd = [(patterns[pairs[line - 2][1]], pairs[line - 2][2]) for line in sorted(differing)]
    return [patterns[number] for number in sorted(ours ^ theirs)], odd, len(pairs) - len(found)


@pytest.mark.parametrize("seed", range(5))
def test_values_and_parameters(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    chosen = list(types(chance, 300))
    texts = [[text(chance, type_.name) for _ in range(25)] for type_ in chosen]
    schemas, values, good = compare(tmp_path, [type_.pattern for type_ in chosen], texts)
    assert (schemas, values) == ([], [])
    assert good > 1500


@pytest.mark.parametrize("seed", range(5))
def test_hyphens_in_character_classes(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    patterns = [data("string", [("pattern", hyphens(chance))]) for _ in range(1000)]
    texts = [chance.sample("abcdez-^[]\\0,+. |(é", 10) for _ in patterns]
    schemas, values, good = compare(tmp_path, patterns, texts)
    assert (schemas, values) == ([], [])
    assert good > 500


@pytest.mark.parametrize("seed", range(5))
def test_regular_expressions(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    patterns = [data("string", [("pattern", expression(chance))]) for _ in range(200)]
    texts = [[words(chance) for _ in range(25)] for _ in patterns]
    schemas, values, good = compare(tmp_path, patterns, texts)
    assert (schemas, values) == ([], [])
    assert good > 100
