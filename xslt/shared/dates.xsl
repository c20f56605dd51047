<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:f="urn:x-teiwright:function"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <!-- Dates (Guidelines #ND, att.datable). A dated element is any with @when, @from, @to, @notBefore, @notAfter, which are
       Gregorian, or the same with -custom, which are in the calendar of @datingMethod. Nothing is converted here: both
       values are taken as the document gives them. -->

  <!-- The values of a dated element by kind ("when", "from", …): Gregorian, or those of its own calendar. -->
  <xsl:function name="f:values" as="map(xs:string, xs:string)">
    <xsl:param name="dated" as="element()"/>
    <xsl:param name="custom" as="xs:boolean"/>
    <xsl:sequence select="map:merge($dated/(if ($custom)
      then (@when-custom | @from-custom | @to-custom | @notBefore-custom | @notAfter-custom)
      else (@when | @from | @to | @notBefore | @notAfter)) ! map:entry(substring-before(local-name() || '-', '-'), normalize-space()))"/>
  </xsl:function>

  <!-- Whether the words of a date, or the values of a record, are Old Style (Julian). -->
  <xsl:function name="f:is-old-style" as="xs:boolean">
    <xsl:param name="dated" as="element()"/>
    <xsl:sequence select="map:size(f:values($dated, true())) gt 0 and contains(lower-case($dated/(@datingMethod, @calendar)[1]), 'julian')"/>
  </xsl:function>

  <!-- The first moment a dated element can mean, Gregorian if it has that; for sorting. "" where there is none. -->
  <xsl:function name="f:start" as="xs:string">
    <xsl:param name="dated" as="element()"/>
    <xsl:sequence select="string(((false(), true()) ! f:values($dated, .) ! (?when, ?from, ?notBefore, ?to, ?notAfter)[1])[1])"/>
  </xsl:function>

  <!-- The words for a map of values: "10 October 1917", "between 12 and 14 September 1917". "" for an empty map. -->
  <xsl:function name="f:date-words" as="xs:string">
    <xsl:param name="values" as="map(xs:string, xs:string)"/>
    <xsl:param name="with-year" as="xs:boolean"/>
    <xsl:variable name="days" as="map(xs:string, xs:string)"
      select="map:merge(map:for-each($values, function($kind, $value) { map:entry($kind, f:day($value, $with-year)) }))"/>
    <xsl:variable name="first" as="xs:string?" select="f:opening-day(($values?from, $values?notBefore)[1], ($values?to, $values?notAfter)[1], $with-year)"/>
    <xsl:sequence select="
      if ($days?when) then $days?when
      else if ($days?from and $days?to) then f:word('date-from-to', ($first, $days?to))
      else if ($days?notBefore and $days?notAfter) then f:word('date-between', ($first, $days?notAfter))
      else if ($days?from) then f:word('date-from', $days?from)
      else if ($days?to) then f:word('date-to', $days?to)
      else if ($days?notBefore) then f:word('date-after', $days?notBefore)
      else if ($days?notAfter) then f:word('date-before', $days?notAfter)
      else ''"/>
  </xsl:function>

  <!-- The words for both calendars: Old Style first, as the document's words have it, then New Style; with names. -->
  <xsl:function name="f:both-calendars" as="xs:string">
    <xsl:param name="dated" as="element()"/>
    <xsl:variable name="gregorian" as="xs:string" select="f:date-words(f:values($dated, false()), true())"/>
    <xsl:sequence select="f:about($dated, if (not(f:is-old-style($dated))) then $gregorian else string-join((
      f:date-words(f:values($dated, true()), true()) || ' (' || f:word('old-style') || ')',
      $gregorian[.] ! (. || ' (' || f:word('new-style') || ')')), ' / '))"/>
  </xsl:function>

  <!-- Words of a date with "about" before them where its precision is low; bounds say as much themselves. -->
  <xsl:function name="f:about" as="xs:string">
    <xsl:param name="dated" as="element()"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="if ($dated/@precision = 'low' and $words and not($dated/(@notBefore | @notAfter | @notBefore-custom | @notAfter-custom))) then f:word('date-about', $words) else $words"/>
  </xsl:function>

  <!-- The first day of a span, without what the last day repeats: "12" of 12 to 14 September. -->
  <xsl:function name="f:opening-day" as="xs:string?">
    <xsl:param name="first" as="xs:string?"/>
    <xsl:param name="last" as="xs:string?"/>
    <xsl:param name="with-year" as="xs:boolean"/>
    <xsl:variable name="same" as="xs:integer" select="(for $part in (7, 4)
      return $part[substring($first, 1, $part) = substring($last, 1, $part)], 0)[1]"/>
    <xsl:sequence select="$first ! (
      if (string-length(.) = 10 and string-length($last) = 10 and $same = 7) then string(number(substring(., 9, 2)))
      else f:day(., $with-year and $same = 0))"/>
  </xsl:function>

  <!-- One ISO 8601 year, month or day in words; with or without its year; a time of day is added. Anything else as it is. -->
  <xsl:function name="f:day" as="xs:string">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:param name="with-year" as="xs:boolean"/>
    <xsl:variable name="parts" as="map(xs:string, xs:string)?" select="f:parts($iso)"/>
    <xsl:sequence select="if (empty($parts)) then $iso else string-join((f:calendar-day($parts, $with-year), $parts?time[.]), ', ')"/>
  </xsl:function>

  <xsl:function name="f:calendar-day" as="xs:string?">
    <xsl:param name="parts" as="map(xs:string, xs:string)"/>
    <xsl:param name="with-year" as="xs:boolean"/>
    <xsl:variable name="month" as="xs:string?" select="$parts?month[.] ! f:word('month-' || number(.))"/>
    <xsl:variable name="day" as="xs:string?" select="$parts?day[.] ! string(number(.))"/>
    <xsl:variable name="year" as="xs:string?" select="$parts?year[.][$with-year or empty($month)] ! f:year(.)"/>
    <xsl:sequence select="
      if (exists($day) and exists($month)) then
        (if (exists($year)) then f:word('day-month-year', ($day, $month, $year)) else f:word('day-month', ($day, $month)))
      else if (exists($month) and exists($year)) then f:word('month-year', ($month, $year))
      else ($month, $year)[1]"/>
  </xsl:function>

  <!-- Years are astronomical, as in XSD 1.1 and ISO 8601: -0043 is 44 BC. -->
  <xsl:function name="f:year" as="xs:string">
    <xsl:param name="year" as="xs:string"/>
    <xsl:variable name="number" as="xs:integer" select="xs:integer($year)"/>
    <xsl:sequence select="if ($number gt 0) then string($number) else f:word('before-christ', string(1 - $number))"/>
  </xsl:function>

  <!-- Year, month, day and time of an ISO 8601 value, also of a day without a year; empty where it is none. -->
  <xsl:function name="f:parts" as="map(xs:string, xs:string)?">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:variable name="form" as="xs:string"
      select="'^(-?\d{4,9}|-)(-(0[1-9]|1[0-2])(-([0-3]\d))?)?(T([0-2]\d:[0-5]\d)(:[\d.]+)?)?(Z|[+\-]\d\d:\d\d)?$'"/>
    <xsl:sequence select="if (not(matches($iso, $form))) then () else map {
      'year': replace($iso, $form, '$1')[. ne '-'] => string(), 'month': replace($iso, $form, '$3'),
      'day': replace($iso, $form, '$5'), 'time': replace($iso, $form, '$7') }"/>
  </xsl:function>
</xsl:stylesheet>
