<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <!-- Generated words. Every word that an output adds to the words of a document comes from one table, words/*.json with a
       file for each language, through f:word. "{1}" and "{2}" are places for what a sentence speaks of. -->

  <!-- The language of generated words, as a tag of BCP 47: "de" serves "de-AT". Without one, that of the text. -->
  <xsl:param name="language" as="xs:string" select="''"/>

  <!-- The tables as they are written; one is only parsed when it is spoken. -->
  <xsl:variable name="tongues" static="yes" as="xs:string*" select="'en', 'de', 'fr', 'es', 'it', 'ru'"/>
  <xsl:variable name="tables" static="yes" as="xs:string*" select="$tongues ! unparsed-text('words/' || . || '.json')"/>
  <xsl:variable name="english" as="map(*)" select="parse-json($tables[1])"/>
  <xsl:variable name="words" as="map(*)" select="if ($spoken eq 'en') then $english else parse-json($tables[index-of($tongues, $spoken)])"/>

  <!-- The language of the text: the one it bears, else the only one, or the one most used, that the header names (Guidelines #HD41);
       where there is nothing but the description of a manuscript, that of the description. -->
  <xsl:variable name="own-language" as="xs:string?">
    <xsl:variable name="named" as="element(language)*" select="(//langUsage)[1]/language[@ident]"/>
    <xsl:sequence select="(((//text)[1]/ancestor-or-self::*/@xml:lang)[last()]/string(), $named[count($named) = 1 or @usage[. castable as xs:double] ! number() gt 50]/string(@ident), (//msDesc)[1]/@xml:lang[empty(//text//text()[normalize-space()])]/string())[1]"/>
  </xsl:variable>

  <!-- The language that the words are in: the one asked for, else the text's own, else English. Only of the first is its lack reported. -->
  <xsl:variable name="spoken" as="xs:string">
    <xsl:variable name="wanted" as="xs:string" select="lower-case(replace(($language[.], $own-language, 'en')[1], '[-_].*$', ''))"/>
    <xsl:if test="$language and not($wanted = $tongues)">
      <xsl:message select="'no words in language &quot;' || $language || '&quot;; English ones are used'"/>
    </xsl:if>
    <xsl:sequence select="if ($wanted = $tongues) then $wanted else 'en'"/>
  </xsl:variable>

  <!-- The words for a key, with places filled; the key itself where no language has it, so that a gap is seen. -->
  <xsl:function name="f:word" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="($words($key), $english($key), $key)[1]"/>
  </xsl:function>

  <xsl:function name="f:word" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="places" as="xs:string*"/>
    <xsl:sequence select="fold-left(1 to count($places), f:word($key), function($text, $n) {
      replace($text, '{' || $n || '}', $places[$n], 'q') })"/>
  </xsl:function>

  <!-- The same for the lists of works cited, whose words run on. -->
  <xsl:function name="f:citing-word" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="places" as="xs:string*"/>
    <xsl:sequence select="f:word('citing-' || $key, $places)"/>
  </xsl:function>

  <!-- The quotation marks of the language: the one that opens and the one that closes, each with the space that belongs to it. -->
  <xsl:variable name="quotation-marks" as="xs:string+" select="tokenize(f:word('quoted'), '\{1\}')"/>

  <!-- Words in quotation marks of the language. Those that bear them already are given no others; within, the same marks become inner ones. -->
  <xsl:function name="f:quoted" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:variable name="marks" as="xs:string+" select="$quotation-marks ! replace(., '[\s\p{Z}]', '')"/>
    <xsl:variable name="quotation" as="xs:string" select="$marks[1] || '[\s\p{Z}]*([^' || string-join($marks) || ']*?)[\s\p{Z}]*' || $marks[2]"/>
    <xsl:sequence select="f:word('quoted', if (matches($words, '^' || $quotation || '$')) then replace($words, $quotation, '$1')
      else replace($words, $quotation, replace(f:word('quoted-inner'), '{1}', '$1', 'q')))"/>
  </xsl:function>

  <!-- Whether the table has words for a key. -->
  <xsl:function name="f:has-word" as="xs:boolean">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="map:contains($english, $key)"/>
  </xsl:function>
</xsl:stylesheet>
