<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:kind" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What kind of work a record describes, by its @type and its structure: biblStruct, bibl. -->

  <!-- One of "book", "chapter" (any piece of a volume), "article-journal", "article-newspaper", "periodical", "webpage",
       "pamphlet", "report", "manuscript", "document". -->
  <xsl:function name="c:kind" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="own" as="element(title)*"/>
    <xsl:param name="whole" as="element(title)*"/>
    <xsl:param name="issued" as="element(r:issued)?"/>
    <xsl:variable name="shape" as="element(r:shape)">
      <!-- What decides, so that patterns can: the levels of the titles, whether there is a publisher and a day of issue. -->
      <r:shape type="{$record/@type}" level="{if ($own[1]/parent::analytic) then 'a' else $own[1]/@level}" whole="{$whole[1]/(@level, 'm')[1]}"
               is-published="{exists($record//publisher)}" is-daily="{string-length($issued/@from) eq 10}"/>
    </xsl:variable>
    <xsl:apply-templates select="$shape" mode="m:kind"/>
  </xsl:function>

  <xsl:mode name="m:kind" on-no-match="fail"/>  <!-- r:shape to the kind -->

  <xsl:template match="r:shape" priority="1" as="xs:string">book</xsl:template>
  <xsl:template match="r:shape[@type = 'pamphlet']" priority="2" as="xs:string">pamphlet</xsl:template>
  <!-- A letter or report that no publisher has made a book of. -->
  <xsl:template match="r:shape[@type = ('letter', 'resolution', 'theses')][@is-published = 'false']" priority="2" as="xs:string">document</xsl:template>
  <xsl:template match="r:shape[@level = 'u']" priority="3" as="xs:string">manuscript</xsl:template>
  <xsl:template match="r:shape[@type = 'report'][@is-published = 'false']" priority="4" as="xs:string">report</xsl:template>
  <xsl:template match="r:shape[@level = 'j' or @type = 'journal']" priority="5" as="xs:string">periodical</xsl:template>
  <xsl:template match="r:shape[@level = 'a'][@whole = '']" priority="6" as="xs:string">document</xsl:template>
  <xsl:template match="r:shape[@level = 'a'][@whole ne '']" priority="6" as="xs:string">chapter</xsl:template>
  <xsl:template match="r:shape[@whole = 'j']" priority="7" as="xs:string">article-journal</xsl:template>
  <!-- An article that is dated to the day appeared in a newspaper. -->
  <xsl:template match="r:shape[@whole = 'j'][@is-daily = 'true']" priority="8" as="xs:string">article-newspaper</xsl:template>
  <xsl:template match="r:shape[@type = 'webpage']" priority="9" as="xs:string">webpage</xsl:template>
</xsl:stylesheet>
