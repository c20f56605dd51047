<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:c="urn:x-teiwright:citation" xmlns:m="urn:x-teiwright:mode" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all">
  <!-- Everything that makes r:works of a document, with what only data hold and where the text uses each; every list of works
       includes this and writes it in its own way. -->

  <xsl:include href="model.xsl"/>
  <xsl:include href="details.xsl"/>

  <xsl:template match="*" mode="m:beyond" as="element()*">
    <xsl:param name="parts" as="element()*"/>
    <xsl:param name="own" as="element(title)*"/>
    <xsl:param name="whole" as="element(title)*"/>
    <xsl:sequence select="c:details(., $parts, $own, $whole), c:uses(.)"/>
  </xsl:template>
</xsl:stylesheet>
