"""The generated words: each language says all that English says, with the same places to fill."""

from __future__ import annotations

import json
import re

import pytest

from places import ROOT
from teiwright.words import Words

FOLDER = ROOT / "xslt" / "shared" / "words"
LANGUAGES = ["de", "fr", "es", "it", "ru"]


def table(language: str) -> dict[str, str]:
    pairs = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"), object_pairs_hook=list)
    assert len(dict(pairs)) == len(pairs), "a key stands twice"
    return dict(pairs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_what_english_says(language: str) -> None:
    own, english = table(language), table("en")
    assert own.keys() == english.keys()
    places = {key: set(re.findall(r"\{\d\}", words)) for key, words in english.items()}
    assert {key for key, words in own.items() if set(re.findall(r"\{\d\}", words)) != places[key]} == set()
    assert {key for key, words in own.items() if not words.strip() and english[key].strip()} == set()


def test_the_stylesheets_know_every_language_that_has_a_table() -> None:
    declared = re.search(r"name=\"tongues\"[^>]*select=\"([^\"]*)\"", (FOLDER.parent / "words.xsl").read_text("utf-8"))
    assert declared is not None
    assert re.findall(r"'(\w+)'", declared[1]) == ["en", *LANGUAGES]
    assert {path.stem for path in FOLDER.glob("*.json")} == {"en", *LANGUAGES}


def test_a_variety_of_a_language_is_that_language() -> None:
    assert Words("de-AT")("contents") == table("de")["contents"]
    assert Words("tlh")("contents") == table("en")["contents"]
