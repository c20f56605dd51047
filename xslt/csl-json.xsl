<?xml version="1.0" encoding="UTF-8"?>
<!-- The works a TEI document cites as CSL-JSON, for Zotero, pandoc and citation processors. -->
<xsl:package name="urn:x-teiwright:csl-json" package-version="0.1" version="3.0"
             xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:x-teiwright:record"
             xmlns:c="urn:x-teiwright:citation" xmlns:m="urn:x-teiwright:mode" exclude-result-prefixes="#all">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:mode use-accumulators="#all"/>  <!-- the document to its items -->

  <xsl:include href="citations/model.xsl"/>
  <xsl:include href="citations/csl.xsl"/>
  <xsl:include href="citations/json.xsl"/>

  <xsl:template match="/" as="text()">
    <xsl:variable name="items" as="element()"><xsl:apply-templates select="c:works(.)/r:works" mode="m:csl"/></xsl:variable>
    <xsl:variable name="json"><xsl:apply-templates select="$items" mode="m:json"/></xsl:variable>
    <xsl:value-of select="normalize-unicode($json, 'NFC') || '&#10;'"/>
  </xsl:template>
</xsl:package>
