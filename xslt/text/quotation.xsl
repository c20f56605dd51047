<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:text" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:b="urn:x-teiwright:block" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Quotations (Guidelines #COHQQ): quote, q, said, cit, in the line or set off. -->

  <xsl:template match="quote[t:is-set-off(.)] | q[t:is-set-off(.)] | said[t:is-set-off(.)]" as="element(b:group)">
    <b:group indent="4"><xsl:sequence select="t:content(node())"/></b:group>
  </xsl:template>

  <xsl:template match="cit[quote/t:is-set-off(.)] | cit[q/t:is-set-off(.)]" as="element()*">
    <xsl:sequence select="t:content(node())"/>
  </xsl:template>

  <!-- Whether a quotation stands apart: it is said to, it holds blocks, or no paragraph is around it. -->
  <xsl:function name="t:is-set-off" as="xs:boolean">
    <xsl:param name="quotation" as="element()"/>
    <xsl:sequence select="$quotation/(@rend, parent::cit/@type, parent::cit/@rend) ! tokenize(.) = ('block', 'display', 'blockquote')
                          or exists($quotation/(p, ab, lg, l, sp, table, list[not(t:is-inline-list(.))], floatingText, div))
                          or exists($quotation/(., parent::cit)/parent::*[self::div or self::body or self::front or self::back])"/>
  </xsl:function>
</xsl:stylesheet>
