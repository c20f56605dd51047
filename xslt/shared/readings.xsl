<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:b="urn:x-teiwright:block" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Which of several readings is the text (Guidelines #COED, #TCAPLL): choice, app, del, surplus. -->

  <!-- Whether an element is not part of the "corrected" or the "transcribed" text. What the writer deleted is part of
       neither; where there is no alternative, what is there is part of both. -->
  <xsl:function name="f:is-left-out" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="reading" as="xs:string"/>
    <xsl:apply-templates select="$element" mode="m:is-left-out">
      <xsl:with-param name="corrected" select="$reading ne 'transcribed'"/>
    </xsl:apply-templates>
  </xsl:function>

  <xsl:mode name="m:is-left-out"/>  <!-- an element to whether it is left out -->

  <xsl:template match="choice/sic[../corr] | choice/orig[../reg] | choice/abbr[../expan]" mode="m:is-left-out" as="xs:boolean">
    <xsl:param name="corrected" as="xs:boolean"/>
    <xsl:sequence select="$corrected"/>
  </xsl:template>

  <xsl:template match="choice/corr[../sic] | choice/reg[../orig] | choice/expan[../abbr]" mode="m:is-left-out" as="xs:boolean">
    <xsl:param name="corrected" as="xs:boolean"/>
    <!-- Of several corrections the first is read. -->
    <xsl:sequence select="not($corrected) or preceding-sibling::*/node-name() = node-name(.)"/>
  </xsl:template>

  <xsl:template match="choice/*" priority="0" mode="m:is-left-out" as="xs:boolean">
    <xsl:sequence select="exists(preceding-sibling::*)"/>
  </xsl:template>

  <xsl:template match="app/rdg" mode="m:is-left-out" as="xs:boolean">
    <xsl:sequence select="exists(../lem | preceding-sibling::rdg)"/>
  </xsl:template>

  <xsl:template match="app/note | app/wit | rdgGrp[../lem]" mode="m:is-left-out" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:template match="del" mode="m:is-left-out" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:template match="surplus" mode="m:is-left-out" as="xs:boolean">
    <xsl:param name="corrected" as="xs:boolean"/>
    <xsl:sequence select="$corrected"/>
  </xsl:template>

  <xsl:template match="*" priority="-1" mode="m:is-left-out" as="xs:boolean">
    <xsl:sequence select="false()"/>
  </xsl:template>
</xsl:stylesheet>
