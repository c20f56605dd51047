<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Dates and times: date, time (Guidelines #CONADA). A date leads to its day in the chronology; where its words are Old Style,
       the other calendar stands behind it; "show both calendars" can hide it. In titles and references nothing is put in, nor in what
       the editors write themselves. The signs around it are none that authors use for words of their own. -->

  <xsl:template match="date | time" as="node()+">
    <xsl:variable name="entry" as="xs:string?" select="f:entry-id(.)"/>
    <xsl:element name="{if (f:datetime(.) and not(f:holds-block(.))) then 'time' else f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'date'"/>
      </xsl:apply-templates>
      <xsl:if test="f:datetime(.) and not(f:holds-block(.))">
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
      <xsl:sequence select="f:mark-link('#' || $entry, f:both-calendars(.))"/>
    </xsl:if>
    <xsl:if test="f:is-old-style(.) and map:size(f:values(., false())) gt 0 and ancestor::text and not(ancestor::title | ancestor::bibl)">
      <small class="new-style" data-by="edition">
        <xsl:value-of select="' ⟨' || f:other-calendar(.) || '⟩'"/>
      </small>
    </xsl:if>
  </xsl:template>

  <!-- What stands behind a date: the New Style day; before it the Old Style one where the words do not say it. The year
       is given where the calendars differ in it, and where neither the words nor the date before them in the text has it. -->
  <xsl:function name="f:other-calendar" as="xs:string">
    <xsl:param name="date" as="element()"/>
    <xsl:variable name="words-say-day" as="xs:boolean" select="matches(f:plain($date), '\d') or f:plain($date) = (1 to 12) ! ('month-' || .) ! (f:word(.), f:word(. || '-alone'))"/>
    <xsl:variable name="years" as="xs:string*" select="f:years-of($date)"/>
    <xsl:variable name="known" as="xs:string*" select="f:plain($date), $date/preceding::date[f:start(.)][1] ! f:years-of(.)"/>
    <xsl:variable name="with-year" as="xs:boolean" select="count($years) gt 1 or not(some $words in $known satisfies contains($words, $years[1]))"/>
    <xsl:variable name="open" as="xs:string?" select="f:open-side($date)"/>
    <xsl:variable name="days" as="xs:string" select="string-join((
      f:day-of-calendar($date, true(), count($years) gt 1)[not($words-say-day)], f:day-of-calendar($date, false(), $with-year)), ' / ')"/>
    <!-- No line ends behind the first word, next to the sign that opens. -->
    <xsl:sequence select="replace(if ($open) then f:word($open, $days) else $days, '^(\p{L}+) ', '$1&#160;')"/>
  </xsl:function>

  <xsl:function name="f:years-of" as="xs:string*">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="distinct-values((f:values($date, true())?*, f:values($date, false())?*) ! f:parts(.)?year[.])"/>
  </xsl:function>

  <!-- On which side a date has no bound: "or-later", "or-earlier"; empty for a day, a span, or a time between two bounds. -->
  <xsl:function name="f:open-side" as="xs:string?">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="if ($date/@notBefore and not($date/@notAfter)) then 'or-later'
      else if ($date/@notAfter and not($date/@notBefore)) then 'or-earlier' else ()"/>
  </xsl:function>

  <!-- "27 October N.S.": the words of one calendar, a day and its month not to be parted; of a bound only the day. -->
  <xsl:function name="f:day-of-calendar" as="xs:string">
    <xsl:param name="date" as="element()"/>
    <xsl:param name="old" as="xs:boolean"/>
    <xsl:param name="with-year" as="xs:boolean"/>
    <xsl:variable name="values" as="map(xs:string, xs:string)" select="f:values($date, $old)"/>
    <xsl:variable name="shown" as="map(xs:string, xs:string)"
      select="if (exists(f:open-side($date)) and empty($values?when)) then map { 'when': string(($values?notBefore, $values?notAfter)[1]) } else $values"/>
    <xsl:sequence select="replace(f:date-words($shown, $with-year, f:is-about($date) and empty(f:open-side($date))), '(\d(\.|er|º)?) (\p{L})', '$1&#160;$3') || '&#160;' || f:word(if ($old) then 'os' else 'ns')"/>
  </xsl:function>

  <!-- The value that HTML's time can hold: one Gregorian year, month or day; none for a span. Of years with fewer than four figures
       checkers of HTML hold that they are misspelt. -->
  <xsl:function name="f:datetime" as="xs:string?">
    <xsl:param name="date" as="element()"/>
    <xsl:variable name="value" as="xs:string" select="string($date/@when)"/>
    <xsl:sequence select="$value[. castable as xs:date or . castable as xs:gYear or . castable as xs:gYearMonth or . castable as xs:dateTime][matches(., '^[12][0-9]{3}[^Z+]*$')]"/>
  </xsl:function>
</xsl:stylesheet>
