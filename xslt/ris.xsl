<?xml version="1.0" encoding="UTF-8"?>
<!-- The works a TEI document cites as RIS, for reference managers. -->
<xsl:package name="urn:x-teiwright:ris" package-version="0.1" version="3.0"
             xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:x-teiwright:record"
             xmlns:c="urn:x-teiwright:citation" xmlns:m="urn:x-teiwright:mode" exclude-result-prefixes="#all">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:mode use-accumulators="#all"/>  <!-- the document to its entries -->

  <xsl:include href="citations/model.xsl"/>
  <xsl:include href="citations/references.xsl"/>
  <xsl:include href="citations/ris.xsl"/>

  <xsl:template match="/" as="text()">
    <xsl:variable name="entries"><xsl:apply-templates select="c:works(.)/r:works" mode="m:ris"/></xsl:variable>
    <xsl:value-of select="normalize-unicode($entries, 'NFC')"/>
  </xsl:template>
</xsl:package>
