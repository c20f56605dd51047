<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <!-- How much of something there is, in words: "3 lines", "about 5 letters", "2–3 cm" (Guidelines #PHDA, att.dimensions). -->

  <!-- What an element says by @quantity, @min and @max, @atLeast and @atMost or @extent, with its @unit; empty where it says nothing. -->
  <xsl:function name="f:amount" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="number" as="xs:string?" select="f:amount-number($element)"/>
    <xsl:variable name="unit" as="xs:string" select="normalize-space($element/@unit)"/>
    <xsl:variable name="amount" as="xs:string?" select="if ($number and $unit) then f:counted($number, $unit) else ($number, $unit[.] ! f:counted('', .))[1]"/>
    <xsl:sequence select="$amount ! (if ($element/@precision = ('low', 'medium') and $number) then f:word('amount-about', .) else .)"/>
  </xsl:function>

  <xsl:function name="f:amount-number" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="bounds" as="xs:string*" select="($element/(@min, @atLeast)[1], $element/(@max, @atMost)[1]) ! normalize-space()"/>
    <xsl:sequence select="($element/@quantity ! normalize-space(),
      if (count($bounds) = 2) then string-join($bounds, '–')
      else if ($bounds) then f:word(if ($element/(@min | @atLeast)) then 'amount-least' else 'amount-most', $bounds) else (),
      $element/@extent ! normalize-space())[.][1]"/>
  </xsl:function>

  <!-- A number of some unit. Units are known in one or many, long or short; others stand as they are. -->
  <xsl:function name="f:counted" as="xs:string">
    <xsl:param name="number" as="xs:string"/>
    <xsl:param name="unit" as="xs:string"/>
    <xsl:variable name="kind" as="xs:string" select="'amount-' || ($units(lower-case($unit)), '')[1]"/>
    <xsl:variable name="key" as="xs:string" select="if ($number = ('1', 'one')) then $kind || '-1' else $kind"/>
    <xsl:sequence select="normalize-space(if (f:has-word($key)) then f:word($key, $number) else $number || ' ' || translate($unit, '_', ' '))"/>
  </xsl:function>

  <xsl:variable name="units" as="map(xs:string, xs:string)" select="map:merge((
    ('line', 'lines') ! map:entry(., 'line'),
    ('char', 'chars', 'character', 'characters', 'letter', 'letters', 'glyph', 'glyphs') ! map:entry(., 'letter'),
    ('word', 'words') ! map:entry(., 'word'),
    ('page', 'pages') ! map:entry(., 'page'),
    ('leaf', 'leaves', 'folio', 'folios', 'fol', 'fols') ! map:entry(., 'leaf'),
    ('minim', 'minims') ! map:entry(., 'minim'),
    ('column', 'columns') ! map:entry(., 'column'),
    ('verse', 'verses') ! map:entry(., 'verse'),
    ('stanza', 'stanzas') ! map:entry(., 'stanza')))"/>

  <!-- The words for a value that projects choose ("perg"): those of the table, else the value itself. -->
  <xsl:function name="f:value" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="key" as="xs:string" select="$kind || '-' || lower-case(normalize-space($value))"/>
    <xsl:sequence select="if (f:has-word($key)) then f:word($key) else translate(normalize-space($value), '_', ' ')"/>
  </xsl:function>

  <!-- Those of the values that a reader can read: known ones, and words in small letters. -->
  <xsl:function name="f:readable-value" as="xs:string?">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:sequence select="$value[f:has-word($kind || '-' || lower-case(normalize-space(.))) or matches(., '^\p{Ll}{3,}([ _\-]\p{Ll}+)*$')] ! f:value($kind, .)"/>
  </xsl:function>
</xsl:stylesheet>
