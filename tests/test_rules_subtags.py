"""Language tags: what is put together by BCP 47's grammar is read back in its parts, whatever the case of its letters."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.rules.languages import faults_of
from teiwright.rules.subtags import IRREGULAR, correction, is_registered, parse, registry

ENTRIES = {
    kind: [e.partition("=")[0] for e in text.split() if ".." not in e] for kind, text in registry().entries.items()
}
ALPHANUMERIC = string.ascii_lowercase + string.digits
EXTENSION = st.text(ALPHANUMERIC, min_size=2, max_size=8)
PRIVATE = st.lists(st.text(ALPHANUMERIC, min_size=1, max_size=8), min_size=1, max_size=3)


@given(
    st.sampled_from(ENTRIES["language"]), st.sampled_from(["", *ENTRIES["script"]]), st.sampled_from(["", *ENTRIES["region"]]),
    st.lists(st.sampled_from(ENTRIES["variant"]), unique=True, max_size=3),
    st.dictionaries(st.sampled_from("abuy9"), st.lists(EXTENSION, min_size=1, max_size=2), max_size=2), PRIVATE | st.just([]),
    st.sampled_from([str.lower, str.upper, str.title]),
)  # fmt: skip
def test_a_tag_is_read_in_its_parts(language, script, region, variants, extensions, private, written):
    parts = [language, script, region, *variants]
    parts += [part for letter, values in extensions.items() for part in (letter, *values)]
    parts += ["x", *private] if private else []
    text = written("-".join(filter(None, parts)))
    tag = parse(text)
    assert (tag.language, tag.script, tag.region, tag.variants) == (language, script, region, tuple(variants))
    assert (tag.extensions, tag.private) == (tuple(extensions), "-".join(private))
    assert is_registered(text)
    codes = {code for code, _ in faults_of(text)}
    assert codes <= {"language-deprecated", "language-variant-prefix"}


def test_an_extended_language_stands_behind_its_prefix():
    for entry in registry().entries["extlang"].split():
        subtag, _, prefix = entry.partition("=")
        assert parse(f"{prefix}-{subtag}").extlangs == (subtag,)
        assert "language-unregistered" not in {code for code, _ in faults_of(f"{prefix}-{subtag}")}
        assert "language-unregistered" in {code for code, _ in faults_of(f"fi-{subtag}")}


@pytest.mark.parametrize("tag", sorted(IRREGULAR | {"art-lojban", "zh-min-nan", "no-bok", "cel-gaulish"}))
def test_tags_from_before_the_grammar_are_tags(tag):
    assert is_registered(tag)
    assert is_registered(tag.upper())


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_and_what_is_proposed_is_a_tag(text):
    assert all(message for _, message in faults_of(text))
    made = correction(text)
    assert not made or is_registered(made)


@given(st.text(ALPHANUMERIC + "-", max_size=40))
def test_what_is_read_has_the_form_that_xml_schema_asks_for(text):
    if parse(text):
        parts = text.split("-")
        assert all(1 <= len(part) <= 8 for part in parts)
        assert parts[0].isalpha()
