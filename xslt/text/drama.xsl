<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:text" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:b="urn:x-teiwright:block" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Drama (Guidelines #DR): sp, speaker, stage, castList, castGroup, castItem, set, prologue, epilogue, performance. -->

  <!-- A speech and its speaker are one block. -->
  <xsl:template match="sp" as="element()*">
    <xsl:sequence select="t:tight(t:content(node()))"/>
  </xsl:template>

  <xsl:template match="speaker | set | prologue | epilogue | performance | stage[not(ancestor::p or ancestor::l or ancestor::ab)]" as="element()*">
    <xsl:sequence select="t:content(node())"/>
  </xsl:template>

  <xsl:template match="castList | castGroup" as="element()*">
    <xsl:sequence select="t:content(head), t:tight(t:content(node() except head))"/>
  </xsl:template>

  <xsl:template match="castItem" as="element()*">
    <xsl:sequence select="t:content(node())"/>
  </xsl:template>
</xsl:stylesheet>
