<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:json" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:j="http://www.w3.org/2005/xpath-functions" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- JSON as text with keys in the order in which they were made: j:map, j:array, j:string, j:number and j:boolean, as XPath's
       json-to-xml has them. (serialize() orders keys as it likes; xml-to-json() escapes each slash.) -->

  <xsl:mode name="m:json" on-no-match="fail"/>  <!-- j:… to JSON -->

  <!-- The items and what spans several values have a line for each value; small values stay on one line. -->
  <xsl:template match="j:map | j:array" as="xs:string">
    <xsl:param name="margin" as="xs:string" select="''"/>
    <xsl:variable name="brackets" select="if (self::j:map) then ('{', '}') else ('[', ']')"/>
    <xsl:variable name="is-long" select="not(parent::*) or parent::j:array[not(parent::*)] or descendant::j:map"/>
    <xsl:variable name="entries" as="xs:string*">
      <xsl:apply-templates select="*">
        <xsl:with-param name="margin" select="$margin || '  '"/>
      </xsl:apply-templates>
    </xsl:variable>
    <xsl:variable name="break" select="if ($is-long and exists(*)) then '&#10;' || $margin else ''"/>
    <xsl:variable name="between" select="if ($is-long) then ',' || $break || '  ' else ', '"/>
    <xsl:sequence select="c:key(.) || $brackets[1] || $break || '  '[$break] || string-join($entries, $between) || $break || $brackets[2]"/>
  </xsl:template>

  <xsl:template match="j:string" as="xs:string">
    <xsl:sequence select="c:key(.) || '&quot;' || c:escaped(.) || '&quot;'"/>
  </xsl:template>

  <xsl:template match="j:number | j:boolean" as="xs:string">
    <xsl:sequence select="c:key(.) || ."/>
  </xsl:template>

  <xsl:function name="c:key" as="xs:string">
    <xsl:param name="value" as="element()"/>
    <xsl:sequence select="string($value/@key ! concat('&quot;', c:escaped(.), '&quot;: '))"/>
  </xsl:function>

  <!-- Characters between quotation marks (RFC 8259, section 7); control characters do not survive the model's white space. -->
  <xsl:function name="c:escaped" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="replace(replace(replace($words, '[\\&quot;]', '\\$0'), '\n', '\\n'), '[\t\r]', ' ')"/>
  </xsl:function>
</xsl:stylesheet>
