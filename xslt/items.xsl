<?xml version="1.0" encoding="UTF-8"?>
<!-- The works a TEI document cites, describes or is, as items of CSL-JSON: what all formats of exchange are made of. -->
<xsl:package name="urn:x-teiwright:items" package-version="0.1" version="3.0"
             xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:r="urn:x-teiwright:record"
             xmlns:c="urn:x-teiwright:citation" xmlns:m="urn:x-teiwright:mode" exclude-result-prefixes="#all">
  <xsl:import href="citations/full.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <!-- Which records: what the variable of this name in citations/works.xsl says. -->
  <xsl:param name="records" as="xs:string" select="'cited'"/>

  <xsl:mode use-accumulators="#all"/>  <!-- the document to its items -->

  <xsl:include href="citations/csl.xsl"/>
  <xsl:include href="citations/json.xsl"/>

  <xsl:template match="/" as="text()">
    <xsl:variable name="items" as="element()"><xsl:apply-templates select="c:works(.)/r:works" mode="m:csl"/></xsl:variable>
    <xsl:variable name="json"><xsl:apply-templates select="$items" mode="m:json"/></xsl:variable>
    <xsl:value-of select="normalize-unicode($json, 'NFC') || '&#10;'"/>
  </xsl:template>
</xsl:package>
