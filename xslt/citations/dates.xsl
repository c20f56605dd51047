<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- When a work appeared and when it was written (Guidelines #ND, #COBI): date. -->

  <!-- The date of publication: r:issued with @from and, for a span, @to as ISO 8601, in the Gregorian calendar, and as its
       content the words for a reader. @circa: somewhen between the two. Without @from only the words are known. -->
  <xsl:function name="c:issued" as="element(r:issued)?">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="dates" select="$parts[self::date][not(ancestor::title intersect $parts)]"/>
    <xsl:variable name="published" select="$dates[not(@type = ('written', 'access', 'accessed'))][parent::imprint or not($record/self::biblStruct)]"/>
    <xsl:variable name="date" select="($published, $dates[@type = 'written'])[c:known(.)][1]"/>
    <xsl:for-each select="$date">
      <xsl:variable name="ends" select="c:span(.)"/>
      <r:issued>
        <xsl:sequence select="$ends[1] ! c:attribute('from', .), $ends[2][. ne $ends[1]] ! c:attribute('to', .),
                              c:attribute('circa', 'yes')[c:is-inferred(current())]"/>
        <!-- What is only inferred is in brackets, as in bibliographies. -->
        <xsl:value-of select="c:shown-date(.) ! (if (c:is-inferred(current()) and not(starts-with(., '['))) then '[' || . || ']' else .)"/>
      </r:issued>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="c:known" as="xs:boolean">
    <xsl:param name="date" as="element(date)"/>
    <xsl:sequence select="exists(c:span($date)) or f:plain($date) ne ''"/>
  </xsl:function>

  <!-- First and last day, month or year of a date, or of the time in which it lies. -->
  <xsl:function name="c:span" as="xs:string*">
    <xsl:param name="date" as="element(date)"/>
    <xsl:variable name="ends" select="(($date/@when, $date/@value)[1], $date/(@from, @notBefore)[1], $date/(@to, @notAfter)[1])"/>
    <xsl:variable name="years" select="analyze-string($date, '(^|\D)(\d{4})(\D|$)')//*:group[@nr = '2']/string()"/>
    <xsl:sequence select="if ($ends) then $ends[matches(., '^\d{4}')] ! replace(., '^(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?.*$', '$1$2')
                          else $years[count($years) eq 1]"/>
  </xsl:function>

  <!-- Whether only bounds of a date are known, so that its words are the editors'. -->
  <xsl:function name="c:is-inferred" as="xs:boolean">
    <xsl:param name="date" as="element(date)"/>
    <xsl:sequence select="exists($date/(@notBefore, @notAfter))"/>
  </xsl:function>

  <!-- A date as words: both calendars where it is Old Style, else as the record has it. -->
  <xsl:function name="c:shown-date" as="xs:string">
    <xsl:param name="date" as="element(date)"/>
    <xsl:sequence select="if (f:is-old-style($date)) then f:both-calendars($date)
                          else (f:plain($date)[.], f:both-calendars($date)[.], string($date/@value))[1]"/>
  </xsl:function>

  <!-- When a work was written, in words, where the record says it apart from the date of publication. -->
  <xsl:function name="c:written" as="element(r:written)?">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="date" select="($record//date[@type = 'written'][empty(ancestor::relatedItem intersect $record//relatedItem)], $parts[self::date][parent::analytic])[1]"/>
    <xsl:sequence select="$date ! c:element('written', c:shown-date(.))"/>
  </xsl:function>
</xsl:stylesheet>
