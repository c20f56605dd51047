<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Everything that makes r:works of a document, each with what a reference to it shows; full.xsl has all of it. -->

  <xsl:include href="../shared/words.xsl"/>
  <xsl:include href="../shared/space.xsl"/>
  <xsl:include href="../shared/dates.xsl"/>
  <xsl:include href="../shared/addresses.xsl"/>
  <xsl:include href="../shared/records.xsl"/>
  <xsl:include href="../shared/tags.xsl"/>
  <xsl:include href="works.xsl"/>
  <xsl:include href="record.xsl"/>
  <xsl:include href="kinds.xsl"/>
  <xsl:include href="makers.xsl"/>
  <xsl:include href="dates.xsl"/>
</xsl:stylesheet>
