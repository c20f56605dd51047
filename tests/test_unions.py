"""Rules with a union for a pattern, their bodies compiled once: nothing is seen of it in the result."""

from __future__ import annotations

import pytest
from lxml import etree

from teiwright.document import Document
from teiwright.names import XSL
from teiwright.processor import compile_text
from teiwright.unions import WORTH, share_bodies

BODY = "<x/>" * WORTH


def stylesheet(rules: str) -> etree._Element:
    return etree.fromstring(
        f'<xsl:stylesheet version="3.0" xmlns:xsl="{XSL}" xmlns:m="urn:m" default-mode="m:m" exclude-result-prefixes="#all">'
        f'<xsl:mode name="m:m" on-no-match="shallow-skip"/>{rules}</xsl:stylesheet>'
    )


def result(root: etree._Element, document: str) -> str:
    made = compile_text(etree.tostring(root, encoding="unicode"), "a.xsl").transform(Document.parse(document, "a.xml"))
    return made.principal.partition("?>")[2]


RULES = {
    "the context": f'<xsl:template match="a | b"><r n="{{name()}}" at="{{position()}}" of="{{last()}}">{BODY}</r></xsl:template>',
    "parameters": '<xsl:template match="/*"><r><xsl:apply-templates select="*"><xsl:with-param name="given" select="1"/>'
    '<xsl:with-param name="far" select="2" tunnel="yes"/></xsl:apply-templates></r></xsl:template>'
    '<xsl:template match="a | b"><xsl:param name="given"/><xsl:param name="not-given" select="name()"/>'
    f'<xsl:param name="far" tunnel="yes"/><r><xsl:value-of select="$given, $not-given, $far"/>{BODY}</r></xsl:template>',
    "the next rule": f'<xsl:template match="a | b" priority="2"><r>{BODY}<xsl:next-match/></r></xsl:template>'
    '<xsl:template match="*" priority="1">below <xsl:value-of select="name()"/></xsl:template>',
    "priority and mode": f'<xsl:template match="a | *[@z]" mode="#all" priority="7"><r>high{BODY}</r></xsl:template>'
    f'<xsl:template match="a | b" priority="3"><r>low{BODY}</r></xsl:template>',
    "what an alternative asks for": f'<xsl:template match="a[@z] | b[not(@z)]"><r>{BODY}</r></xsl:template>',
}


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_the_result_is_the_same(rules):
    document = "<root><a/><b z='1'/><c/><a z='1'/><b/></root>"
    shared = stylesheet(rules)
    share_bodies(shared, "m")
    assert any(one.get("name", "").startswith("m.") for one in shared)
    assert result(shared, document) == result(stylesheet(rules), document)


@pytest.mark.parametrize(
    "rule",
    [
        f'<xsl:template match="a">{BODY}</xsl:template>',
        '<xsl:template match="a | b"><x/></xsl:template>',
        f'<xsl:template match="a | b" name="called">{BODY}</xsl:template>',
        f'<xsl:template name="called">{BODY}</xsl:template>',
    ],
)
def test_what_would_gain_nothing_stays_as_it_is(rule):
    root = stylesheet(rule)
    before = etree.tostring(root)
    share_bodies(root, "m")
    assert etree.tostring(root) == before
