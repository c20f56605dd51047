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
    <xsl:sequence select="f:date-words($values, $with-year, false())"/>
  </xsl:function>

  <!-- The same, perhaps with "about" before them; bounds say as much themselves. -->
  <xsl:function name="f:date-words" as="xs:string">
    <xsl:param name="values" as="map(xs:string, xs:string)"/>
    <xsl:param name="with-year" as="xs:boolean"/>
    <xsl:param name="about" as="xs:boolean"/>
    <xsl:variable name="plain" as="xs:string?" select="if ($values?when[.]) then f:day($values?when, $with-year, $about)
      else if ($values?from[.] and $values?to[.]) then f:span($values?from, $values?to, $with-year, $about) else ()"/>
    <xsl:variable name="bound" as="xs:string?" select="if (exists($plain)) then () else if ($values?notBefore[.] and $values?notAfter[.]) then 'between'
      else ('from', 'to', 'notBefore', 'notAfter')[$values(.)[.]][1]"/>
    <xsl:sequence select="f:running-date(if (exists($plain)) then (if ($about) then f:date-phrase('date-about', ($values?when, $values?from)[1], $plain) else $plain)
      else if (empty($bound)) then ''
      else if ($bound = 'between') then f:word('date-between', (f:definite($values?notBefore, f:opening-day($values?notBefore, $values?notAfter, $with-year, true())),
        f:definite($values?notAfter, f:closing-day($values?notBefore, $values?notAfter, $with-year))))
      else f:date-phrase(map { 'from': 'date-from', 'to': 'date-to', 'notBefore': 'date-after', 'notAfter': 'date-before' }($bound),
        $values($bound), f:day($values($bound), $with-year, $bound ne 'to')) || ' (?)'[$about])"/>
  </xsl:function>

  <!-- The words for both calendars: Old Style first, as the document's words have it, then New Style; with names. -->
  <xsl:function name="f:both-calendars" as="xs:string">
    <xsl:param name="dated" as="element()"/>
    <xsl:variable name="gregorian" as="xs:string" select="f:date-words(f:values($dated, false()), true(), f:is-about($dated))"/>
    <xsl:sequence select="if (not(f:is-old-style($dated))) then $gregorian else string-join((
      f:date-words(f:values($dated, true()), true(), f:is-about($dated)) || ' (' || f:word('old-style') || ')',
      $gregorian[.] ! (. || ' (' || f:word('new-style') || ')')), ' / ')"/>
  </xsl:function>

  <!-- Whether a date is said with "about" before it: its precision is low; bounds say as much themselves. -->
  <xsl:function name="f:is-about" as="xs:boolean">
    <xsl:param name="dated" as="element()"/>
    <xsl:sequence select="$dated/@precision = 'low' and empty($dated/(@notBefore | @notAfter | @notBefore-custom | @notAfter-custom))"/>
  </xsl:function>

  <!-- Words for a date with a preposition before them, which may need an article before a day. -->
  <xsl:function name="f:date-phrase" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="iso" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="f:word($key || '-day'[f:parts($iso)?day[.]], $words)"/>
  </xsl:function>

  <xsl:function name="f:definite" as="xs:string">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="if (f:parts($iso)?day[.]) then f:word('definite-day', $words) else $words"/>
  </xsl:function>

  <!-- How words change where they meet: Italian has no article before a month, and one without its vowel before "8" and "11" ("da maggio",
       "dall’8 maggio"); Russian says "со 2 мая". Patterns, each with what stands for it. -->
  <xsl:variable name="meetings" as="map(xs:string, array(xs:string)*)" select="map {
    'it': (['(^| )al a', '$1ad a'], ['del ([a-z])', 'di $1'], ['(d?a)l ([a-z])', '$1 $2'], ['(^| )il ([a-z])', '$1$2'],
           ['(d?a|de)l (8|11( |$))', '$1ll’$2'], ['(^| )il (8|11( |$))', '$1l’$2']),
    'ru': ['^с 2 ', 'со 2 '] }"/>

  <xsl:function name="f:running-date" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="fold-left($meetings($spoken), $words, function($said, $pair) { replace($said, $pair(1), $pair(2)) })"/>
  </xsl:function>

  <!-- From a first to a last day, month or year, each said once: "10–12 October 1917", "May–June 1917", "28 October – 3 November 1917". -->
  <xsl:function name="f:span" as="xs:string">
    <xsl:param name="first" as="xs:string"/>
    <xsl:param name="last" as="xs:string"/>
    <xsl:param name="with-year" as="xs:boolean"/>
    <xsl:param name="governed" as="xs:boolean"/>
    <xsl:variable name="ends" as="map(xs:string, xs:string)*" select="f:parts($first), f:parts($last)"/>
    <xsl:variable name="opening" as="xs:string" select="f:opening-day($first, $last, $with-year, $governed)"/>
    <xsl:sequence select="if ($first eq $last) then f:day($last, $with-year, $governed)
      else if (f:are-years($ends)) then f:years-between(xs:integer($ends[1]?year), xs:integer($ends[2]?year))
      else if (deep-equal($ends[1] => map:remove('time'), $ends[2] => map:remove('time')) and $ends[1]?time and $ends[2]?time) then f:day($first, $with-year, $governed) || '–' || $ends[2]?time
      else f:word(if (contains($opening, ' ') or not(f:parts($first)?month)) then 'date-from-to-long' else 'date-from-to', ($opening, f:day($last, $with-year, $governed)))"/>
  </xsl:function>

  <xsl:function name="f:are-years" as="xs:boolean">
    <xsl:param name="ends" as="map(xs:string, xs:string)*"/>
    <xsl:sequence select="count($ends) eq 2 and (every $end in $ends satisfies $end?year and not($end?month))"/>
  </xsl:function>

  <xsl:function name="f:years-between" as="xs:string">
    <xsl:param name="first" as="xs:integer"/>
    <xsl:param name="last" as="xs:integer"/>
    <xsl:sequence select="if ($first gt 0) then f:word('years', ($first, $last) ! string())
      else if ($last le 0) then f:word('years-before-christ', ($first, $last) ! string(1 - .))
      else f:word('date-from-to-long', (f:word('before-christ', string(1 - $first)), f:word('anno-domini', string($last))))"/>
  </xsl:function>

  <!-- The first of two days, months or years, without what the last repeats: "12" of 12 to 14 September. -->
  <xsl:function name="f:opening-day" as="xs:string">
    <xsl:param name="first" as="xs:string"/>
    <xsl:param name="last" as="xs:string"/>
    <xsl:param name="with-year" as="xs:boolean"/>
    <xsl:param name="governed" as="xs:boolean"/>
    <xsl:variable name="from" as="map(xs:string, xs:string)?" select="f:parts($first)"/>
    <xsl:variable name="to" as="map(xs:string, xs:string)?" select="f:parts($last)"/>
    <xsl:variable name="same-year" as="xs:boolean" select="$from?year = $to?year and $from?month ne '' and $to?month ne ''"/>
    <xsl:sequence select="
      if ($same-year and $from?month eq $to?month and $from?day and $to?day and not($from?time or $to?time)) then f:number-of-day($from?day)
      else if (f:are-years(($from, $to)) and xs:integer($to?year) le 0) then string(1 - xs:integer($from?year))
      else if (f:are-years(($from, $to)) and xs:integer($from?year) gt 0) then f:year($from?year)
      else f:day($first, $with-year and not($same-year), $governed)"/>
  </xsl:function>

  <!-- The last of two bounds; a year behind one before Christ says that it is after. -->
  <xsl:function name="f:closing-day" as="xs:string">
    <xsl:param name="first" as="xs:string"/>
    <xsl:param name="last" as="xs:string"/>
    <xsl:param name="with-year" as="xs:boolean"/>
    <xsl:variable name="ends" as="map(xs:string, xs:string)*" select="f:parts($first), f:parts($last)"/>
    <xsl:sequence select="if (f:are-years($ends) and xs:integer($ends[1]?year) le 0 and xs:integer($ends[2]?year) gt 0) then f:word('anno-domini', f:year($ends[2]?year))
      else f:day($last, $with-year, true())"/>
  </xsl:function>

  <!-- One ISO 8601 year, month or day in words; with or without its year; a time of day is added. Anything else as it is.
       What governs it, a preposition, decides the form of a month without a day. -->
  <xsl:function name="f:day" as="xs:string">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:param name="with-year" as="xs:boolean"/>
    <xsl:param name="governed" as="xs:boolean"/>
    <xsl:variable name="parts" as="map(xs:string, xs:string)?" select="f:parts($iso)"/>
    <xsl:sequence select="if (empty($parts)) then $iso else string-join((f:calendar-day($parts, $with-year, $governed), $parts?time[.]), ', ')"/>
  </xsl:function>

  <xsl:function name="f:calendar-day" as="xs:string?">
    <xsl:param name="parts" as="map(xs:string, xs:string)"/>
    <xsl:param name="with-year" as="xs:boolean"/>
    <xsl:param name="governed" as="xs:boolean"/>
    <xsl:variable name="month" as="xs:string?" select="$parts?month[.] ! f:word('month-' || number(.) || '-alone'[not($parts?day or $governed)])"/>
    <xsl:variable name="day" as="xs:string?" select="$parts?day[.] ! f:number-of-day(.)"/>
    <xsl:variable name="year" as="xs:string?" select="$parts?year[.][$with-year or empty($month)] ! f:year-words(.)"/>
    <xsl:sequence select="
      if (exists($day) and exists($month)) then
        (if (exists($year)) then f:word('day-month-year', ($day, $month, $year)) else f:word('day-month', ($day, $month)))
      else if (exists($month) and exists($year)) then f:word('month-year', ($month, $year))
      else ($month, $year, $day)[1]"/>
  </xsl:function>

  <xsl:function name="f:number-of-day" as="xs:string">
    <xsl:param name="day" as="xs:string"/>
    <xsl:sequence select="if ($day eq '01') then f:word('first-day') else f:word('day', string(number($day)))"/>
  </xsl:function>

  <!-- A year as it stands in a date. -->
  <xsl:function name="f:year-words" as="xs:string">
    <xsl:param name="year" as="xs:string"/>
    <xsl:sequence select="if (xs:integer($year) gt 0) then f:word('year', f:year($year)) else f:year($year)"/>
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
