<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:text" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:b="urn:x-teiwright:block" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What is read as part of its line: names, dates, numbers, titles, emphasis, words of and about language, references,
       linguistic and critical mark-up (Guidelines #CO, #ND, #TC, #AI): see the match, whose names stand in shared/space.xsl. -->

  <xsl:template _match="{string-join((tokenize($inline), tokenize($inline-in-a-sentence), 'bibl//*'), ' | ')}" priority="-0.3" as="node()*">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- An element not foreseen is said once. It is a block where nothing but elements stands beside it, else part of the line. -->
  <xsl:template match="*" priority="-0.4" as="node()*">
    <xsl:variable name="is-block" select="not(../text()[normalize-space()] or ancestor::p or ancestor::l or ancestor::ab)"/>
    <xsl:if test="key('t:by-name', name())[1] is .">
      <xsl:message>not foreseen: "<xsl:value-of select="name()"/>"; read as <xsl:value-of select="if ($is-block) then 'a block' else 'part of its line'"/></xsl:message>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="$is-block"><xsl:sequence select="t:content(node())"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:key name="t:by-name" match="*" use="name()"/>
</xsl:stylesheet>
