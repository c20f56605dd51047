<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Dates and times: date, time (Guidelines #CONADA). A date leads to its day in the chronology; where its words are Old Style,
       the other calendar stands behind it; "show both calendars" can hide it. -->

  <xsl:template match="date | time" as="node()+">
    <xsl:variable name="entry" as="xs:string?" select="f:entry-id(.)"/>
    <xsl:element name="{if (f:datetime(.) and not(f:holds-block(.))) then 'time' else 'span'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'date'"/>
      </xsl:apply-templates>
      <xsl:if test="f:datetime(.)">
        <xsl:attribute name="datetime" select="f:datetime(.)"/>
      </xsl:if>
      <xsl:if test="f:start(.)">
        <xsl:attribute name="title" select="f:both-calendars(.)"/>
      </xsl:if>
      <xsl:apply-templates>
        <xsl:with-param name="link" as="xs:string?" select="$entry ! ('#' || .)" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:element>
    <xsl:if test="$entry and not(f:has-own-words(.))">
      <a class="also" href="#{$entry}" aria-label="{f:both-calendars(.)}" title="{f:both-calendars(.)}" data-by="edition"/>
    </xsl:if>
    <xsl:if test="f:is-old-style(.) and map:size(f:values(., false())) gt 0">
      <small class="new-style" data-by="edition">
        <xsl:value-of select="' [' || f:other-calendar(.) || ']'"/>
      </small>
    </xsl:if>
  </xsl:template>

  <!-- What stands behind a date: the New Style day; before it the Old Style one where the words do not say it. The year is
       left to the words where both calendars have one year and the words name a day or month. -->
  <xsl:function name="f:other-calendar" as="xs:string">
    <xsl:param name="date" as="element()"/>
    <xsl:variable name="words-say-day" as="xs:boolean" select="matches(f:plain($date), '\d') or f:plain($date) = (1 to 12) ! f:word('month-' || .)"/>
    <xsl:variable name="years" as="xs:string*" select="distinct-values((f:values($date, true())?*, f:values($date, false())?*) ! substring(., 1, 4))"/>
    <xsl:variable name="with-year" as="xs:boolean" select="not($words-say-day) or count($years) gt 1"/>
    <xsl:sequence select="string-join((f:date-words(f:values($date, true()), false())[not($words-say-day)] ! (. || ' ' || f:word('os')),
      f:date-words(f:values($date, false()), $with-year) || ' ' || f:word('ns')), ', ')"/>
  </xsl:function>

  <!-- The value that HTML's time can hold: one Gregorian year, month or day; none for a span. -->
  <xsl:function name="f:datetime" as="xs:string?">
    <xsl:param name="date" as="element()"/>
    <xsl:variable name="value" as="xs:string" select="string($date/@when)"/>
    <xsl:sequence select="$value[. castable as xs:date or . castable as xs:gYear or . castable as xs:gYearMonth or . castable as xs:dateTime][matches(., '^[0-9]{4}[^Z+]*$')]"/>
  </xsl:function>
</xsl:stylesheet>
