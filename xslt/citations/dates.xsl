<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- When a work appeared and when it was written (Guidelines #ND, #COBI): date, origDate. -->

  <!-- The date of publication, or where the imprint has none, not even an empty one, that of writing: r:issued with @from and, for a span, @to as ISO 8601, in the Gregorian calendar, and as its
       content the words for a reader. @circa: somewhen between the two, or about it. @edtf: what the two do not say, as EDTF
       (ISO 8601-2). Without @from only the words are known. -->
  <xsl:function name="c:issued" as="element(r:issued)?">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="dates" select="$parts[self::date or self::origDate][not(ancestor::title intersect $parts)]"/>
    <xsl:variable name="published" select="$dates[not(@type = $c:other-dates)][parent::imprint or not($record/self::biblStruct)]"/>
    <xsl:variable name="date" select="if ($published) then $published[c:known(.)][1] else $dates[@type = 'written'][c:known(.)][1]"/>
    <xsl:for-each select="$date">
      <xsl:variable name="ends" select="c:span(.)"/>
      <r:issued>
        <xsl:sequence select="$ends[1] ! c:attribute('from', .), $ends[2][. ne $ends[1]] ! c:attribute('to', .),
                              c:attribute('circa', 'yes')[c:is-inferred(current()) or c:is-doubtful(current())],
                              c:edtf(current())[matches(., '[\[\]~?%]|\.\.')] ! c:attribute('edtf', .)"/>
        <!-- What is only inferred is in brackets, as in bibliographies. -->
        <xsl:value-of select="c:shown-date(.) ! (if (c:is-inferred(current()) and not(starts-with(., '['))) then '[' || . || ']' else .)"/>
      </r:issued>
    </xsl:for-each>
  </xsl:function>

  <!-- Dates of something else than publication. -->
  <xsl:variable name="c:other-dates" as="xs:string+" select="'written', 'access', 'accessed', 'available', 'submitted', 'original', 'event'"/>

  <!-- Whether a date is said to be about right or uncertain, by its attributes or in its words. -->
  <xsl:function name="c:is-doubtful" as="xs:boolean">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="$date/@precision = ('low', 'medium') or $date/@cert = ('low', 'medium') or matches($date, '(^|[\s\[(])(c\.|ca\.?|circa|um|vers|около)\s*\d|\d\s*\?', 'i')"/>
  </xsl:function>

  <!-- A date as EDTF: "1917-10", "1917/1918", "[1917..1918]" (one of these years), "1917~" (about), "1917?" (uncertain). "" for none. -->
  <xsl:function name="c:edtf" as="xs:string">
    <xsl:param name="date" as="element()"/>
    <xsl:variable name="about" select="$date/@precision = ('low', 'medium') or matches($date, '(^|[\s\[(])(c\.|ca\.?|circa|um|vers|около)\s*\d', 'i')"/>
    <xsl:variable name="uncertain" select="$date/@cert = ('low', 'medium') or matches($date, '\d\s*\?')"/>
    <xsl:variable name="sign" select="if ($about and $uncertain) then '%' else if ($about) then '~' else '?'[$uncertain]"/>
    <xsl:variable name="values" select="map:merge((f:values($date, false()), $date[not(@when)]/@value ! map:entry('when', string(.))))"/>
    <xsl:variable name="day" select="function($name) { string($values($name)[matches(., $c:iso)] ! (c:cut(.) || $sign)) }"/>
    <xsl:sequence select="if ($day('when')) then $day('when')
      else if ($day('from') or $day('to')) then ($day('from')[.], '..')[1] || '/' || ($day('to')[.], '..')[1]
      else if ($day('notBefore') or $day('notAfter')) then '[' || $day('notBefore') || '..' || $day('notAfter') || ']'
      else string-join(c:span($date) ! (. || $sign), '/')"/>
  </xsl:function>

  <xsl:variable name="c:iso" as="xs:string" select="'^(-?\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?.*$'"/>

  <!-- The year, month and day of an ISO 8601 value. -->
  <xsl:function name="c:cut" as="xs:string">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:sequence select="replace($iso, $c:iso, '$1$2')"/>
  </xsl:function>

  <xsl:function name="c:known" as="xs:boolean">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="exists(c:span($date)) or f:plain($date) ne ''"/>
  </xsl:function>

  <!-- First and last day, month or year of a date, or of the time in which it lies. -->
  <xsl:function name="c:span" as="xs:string*">
    <xsl:param name="date" as="element()"/>
    <xsl:variable name="ends" select="(($date/@when, $date/@value)[1], $date/(@from, @notBefore)[1], $date/(@to, @notAfter)[1])"/>
    <xsl:variable name="years" select="analyze-string($date, '(^|\D)(\d{4})(\D|$)')//*:group[@nr = '2']/string()"/>
    <xsl:variable name="range" select="analyze-string($date, '^\D*(\d{4})\s*[-–/]\s*(\d{4}|\d{2})\D*$')//*:group/string()"/>
    <xsl:sequence select="if ($ends[matches(., $c:iso)]) then $ends[matches(., $c:iso)] ! c:cut(.)
                          else if (matches($date, '^\s*\d{4}-\d\d(-\d\d)?\s*$') and matches(normalize-space($date), $c:iso)) then c:cut(normalize-space($date))
                          else if ($range[2]) then ($range[1], substring($range[1], 1, 4 - string-length($range[2])) || $range[2])
                          else $years[count($years) eq 1]"/>
  </xsl:function>

  <!-- Whether only bounds of a date are known, so that its words are the editors'. -->
  <xsl:function name="c:is-inferred" as="xs:boolean">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="exists($date/(@notBefore, @notAfter))"/>
  </xsl:function>

  <!-- A date as words: both calendars where it is Old Style, else as the record has it. -->
  <xsl:function name="c:shown-date" as="xs:string">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="if (f:is-old-style($date)) then f:both-calendars($date)
                          else (f:plain($date)[.], f:both-calendars($date)[.], string($date/@value))[1]"/>
  </xsl:function>

  <!-- When a work was written, in words, where the record says it apart from the date of publication. -->
  <xsl:function name="c:written" as="element(r:written)?">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="date" select="($record//date[@type = 'written'][empty(ancestor::relatedItem intersect $record//relatedItem)], $parts[self::date][parent::analytic])[1]"/>
    <xsl:variable name="words" select="string($date ! c:shown-date(.))"/>
    <xsl:if test="$words">
      <r:written edtf="{c:edtf($date)}"><xsl:value-of select="$words"/></r:written>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
