<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:text" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:b="urn:x-teiwright:block" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The editor's work and the traces of the page (Guidelines #COED, #PH, #CORS): choice, app, subst and their readings,
       gap, space, lb, pb, cb, gb, milestone, anchor, fw; figure, figDesc; ptr and ref without words. -->

  <xsl:template match="*[f:is-left-out(., $reading)]" priority="10"/>

  <!-- The white space around the readings is the encoder's, not the text's. -->
  <xsl:template match="choice/text() | app/text() | subst/text()"/>

  <xsl:template match="gap" as="text()"><xsl:text>[…]</xsl:text></xsl:template>

  <xsl:template match="space" as="text()"><xsl:text> </xsl:text></xsl:template>

  <xsl:template match="lb | pb | cb" as="text()"><xsl:text> </xsl:text></xsl:template>

  <xsl:template match="(lb | pb | cb)[@break = 'no']" priority="1" as="text()"><xsl:value-of select="$t:join"/></xsl:template>

  <xsl:template match="gb | milestone | anchor | fw"/>

  <xsl:template match="figure" as="element()*">
    <xsl:sequence select="t:content(node())"/>
  </xsl:template>

  <xsl:template match="figDesc" as="element()*">
    <b:line>[<xsl:value-of select="t:one-line(node())"/>]</b:line>
  </xsl:template>

  <!-- A pointer without words shows an address outside the document; one inside has nothing to show. -->
  <xsl:template match="ptr[matches(@target, '^[a-z]+:')] | ref[not(node())][matches(@target, '^[a-z]+:')]" as="text()">
    <xsl:value-of select="@target"/>
  </xsl:template>
</xsl:stylesheet>
