<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:text" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:b="urn:x-teiwright:block" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The title block (Guidelines #DSTITL, #HD21): titlePage, docTitle, titlePart, docAuthor, docEdition, docImprint, imprimatur;
       where a text has no title page, titleStmt of its header, without idno, email, ref. -->

  <xsl:template match="titlePage | docTitle | docImprint" as="element()*">
    <xsl:sequence select="t:content(node())"/>
  </xsl:template>

  <xsl:template match="titlePage/docAuthor | titlePart | docEdition | imprimatur" as="element()*">
    <xsl:sequence select="t:content(node())"/>
  </xsl:template>

  <!-- Identifiers that a header puts into names are no words of the title. -->
  <xsl:template match="titleStmt//idno | titleStmt//email | titleStmt//ref[not(ancestor::title)]"/>

  <xsl:template match="titleStmt" as="element()*">
    <xsl:sequence select="t:tight((title[@level = 'a'], title[@type = 'main'], title[not(@level = 's')], title)[1] ! t:content(node())), t:tight(author ! t:content(node()))"/>
  </xsl:template>
</xsl:stylesheet>
