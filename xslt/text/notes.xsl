<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:text" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:b="urn:x-teiwright:block" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Notes (Guidelines #CONONO): note. In the text its label, at the end its words: footnotes of the author apart from the rest. -->

  <xsl:template match="note" as="element(b:marker)?">
    <xsl:if test="$notes eq 'end'">
      <b:marker>[<xsl:value-of select="f:note-label(.)"/>]</b:marker>
    </xsl:if>
  </xsl:template>

  <xsl:template match="note[f:note-group(.) = 'inline']" as="node()*">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- The notes of a text; the two kinds have headings of their own where there are both. -->
  <xsl:function name="t:note-lists" as="element()*">
    <xsl:param name="text" as="element(text)"/>
    <xsl:variable name="footnotes" select="f:notes($text, 'footnotes')[ancestor::text intersect $text]"/>
    <xsl:variable name="others" select="f:notes($text, 'references')[ancestor::text intersect $text]"/>
    <xsl:variable name="are-references" select="every $note in $others satisfies $note/@type = 'reference'"/>
    <xsl:sequence select="t:note-list(if ($others) then 'footnotes' else 'notes', $footnotes)"/>
    <xsl:sequence select="t:note-list(if ($footnotes and $are-references) then 'references' else 'notes', $others)"/>
  </xsl:function>

  <xsl:function name="t:note-list" as="element()*">
    <xsl:param name="heading" as="xs:string"/>
    <xsl:param name="notes" as="element(note)*"/>
    <xsl:variable name="hang" select="max($notes ! string-length(f:note-label(.))) + 3"/>
    <xsl:variable name="blocks" as="element()*">
      <xsl:for-each select="$notes">
        <b:group indent="{$hang}" label="[{f:note-label(.)}]"><xsl:sequence select="t:content(node())"/></b:group>
      </xsl:for-each>
    </xsl:variable>
    <xsl:if test="$notes">
      <b:line rule="-" measure="1"><xsl:sequence select="f:word($heading)"/></b:line>
      <xsl:sequence select="$blocks[1], t:tight(tail($blocks), true())"/>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
