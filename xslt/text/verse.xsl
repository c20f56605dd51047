<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:text" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:b="urn:x-teiwright:block" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Verse (Guidelines #VE, #COVE): lg, l, caesura. -->

  <!-- The lines of a stanza follow each other; a stanza inside another stands apart. -->
  <xsl:template match="lg" as="element()*">
    <xsl:variable name="blocks" select="t:content(node())"/>
    <xsl:sequence select="if (lg) then $blocks else t:tight($blocks)"/>
  </xsl:template>

  <xsl:template match="l" as="element()*">
    <!-- Lines that stand in no stanza follow each other too. -->
    <xsl:sequence select="t:tight(t:content(node()), exists(preceding-sibling::*[1][self::l]))"/>
  </xsl:template>

  <xsl:template match="caesura" as="text()"><xsl:text> </xsl:text></xsl:template>
</xsl:stylesheet>
