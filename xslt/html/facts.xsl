<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- What attributes say to a reader: "status: free; from 1892 to 1901". Those that only serve the mark-up say nothing. -->

  <!-- The facts about an element in brackets; without brackets where it has no words. -->
  <xsl:function name="f:remark" as="element(h:span)?">
    <xsl:param name="element" as="element()?"/>
    <xsl:variable name="facts" as="xs:string*" select="$element ! f:facts(.)"/>
    <xsl:if test="exists($facts)">
      <span class="facts" data-by="edition">
        <xsl:value-of select="if (normalize-space($element)) then ' (' || string-join($facts, '; ') || ')' else string-join($facts, '; ')"/>
      </span>
    </xsl:if>
  </xsl:function>

  <!-- The same in a line of its own, where they are about a whole description. -->
  <xsl:function name="f:facts-line" as="element(h:p)?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="facts" as="xs:string*" select="f:facts($element)"/>
    <xsl:if test="exists($facts)">
      <p class="facts" data-by="edition">
        <xsl:value-of select="$facts" separator="; "/>
      </p>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:facts" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="date" as="xs:string" select="if ($element/self::change) then '' else f:date-words(f:values($element, false()), true())"/>
    <xsl:sequence select="$date[.][not(contains(normalize-space($element), .))]"/>
    <xsl:apply-templates select="$element/@*" mode="m:fact"/>
  </xsl:function>

  <xsl:mode name="m:fact" on-no-match="fail"/>
  <xsl:template match="@*" mode="m:fact" as="xs:string">
    <xsl:sequence select="f:named-value(local-name(), f:fact-words(.))"/>
  </xsl:template>

  <!-- For programs, or said by the words: names of things, links, dates, the looks of the source. -->
  <xsl:template match="@xml:* | @n | @ref | @key | @url | @corresp | @rend | @rendition | @style | @source | @sameAs | @copyOf | @next | @prev | @ana | @facs | @decls | @default
    | @calendar | @datingMethod | @when | @from | @to | @notBefore | @notAfter | @when-custom | @from-custom | @to-custom | @notBefore-custom | @notAfter-custom
    | @when-iso | @from-iso | @to-iso | @notBefore-iso | @notAfter-iso | @datingPoint | @level | @org | @ordered | @gi | @occurs | @withId | @exclude | @select | @synch | @part
    | @instant | title/@type[. = ('main', 'sub')] | @subtype" mode="m:fact" as="xs:string?" priority="1"/>
  <xsl:template match="@target[not(parent::licence)]" mode="m:fact" as="xs:string?" priority="1"/>
  <xsl:template match="licence/@target | metSym/@value | catRef/@scheme | xenoData/@type | correspAction/@type" mode="m:fact" as="xs:string?" priority="1"/>

  <xsl:template match="category/@xml:id | language/@ident | application/@ident | namespace/@name" mode="m:fact" as="xs:string" priority="2">
    <xsl:sequence select="string(.)"/>
  </xsl:template>
  <xsl:template match="language/@usage" mode="m:fact" as="xs:string" priority="2">
    <xsl:sequence select=". || ' %'"/>
  </xsl:template>
  <xsl:template match="idno/@type | title/@type[not(. = ('main', 'sub'))] | change/@status | recording/@type" mode="m:fact" as="xs:string" priority="2">
    <xsl:sequence select="f:fact-words(.)"/>
  </xsl:template>
  <xsl:template match="@who | @resp | @scheme | @active | @passive | @mutual | @change | @period | @evaluate" mode="m:fact" as="xs:string" priority="2">
    <xsl:sequence select="f:named-value(local-name(), string-join(tokenize(.) ! f:pointed(., current()/..), ', '))"/>
  </xsl:template>

  <xsl:template match="textDesc/*/@type | textDesc/*/@mode" mode="m:fact" as="xs:string" priority="3">
    <xsl:sequence select="f:fact-words(.)"/>
  </xsl:template>
  <xsl:template match="setting/@who" mode="m:fact" as="xs:string" priority="3">
    <xsl:sequence select="f:word('particDesc') || ': ' || string-join(tokenize(.) ! f:pointed(., current()/..), ', ')"/>
  </xsl:template>
  <xsl:template match="interaction/@active | interaction/@passive" mode="m:fact" as="xs:string" priority="3">
    <xsl:sequence select="f:named-value(local-name(), f:fact-words(.))"/>
  </xsl:template>

  <!-- "3 s", "2 min 5 s": a duration of XSD; anything else as it is. -->
  <xsl:function name="f:duration" as="xs:string">
    <xsl:param name="duration" as="xs:string"/>
    <xsl:sequence select="if (not($duration castable as xs:dayTimeDuration)) then $duration else
      for $time in xs:dayTimeDuration($duration) return string-join((days-from-duration($time)[. ne 0] ! (. || ' d'), hours-from-duration($time)[. ne 0] ! (. || ' h'),
        minutes-from-duration($time)[. ne 0] ! (. || ' min'), seconds-from-duration($time)[. ne 0] ! (. || ' s')), ' ')"/>
  </xsl:function>

  <xsl:template match="@dur" mode="m:fact" as="xs:string" priority="2">
    <xsl:sequence select="f:named-value('dur', f:duration(.))"/>
  </xsl:template>

  <xsl:function name="f:named-value" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:variable name="key" as="xs:string" select="'attribute-' || $name"/>
    <xsl:sequence select="(if (f:has-word($key)) then f:word($key) else $name) || ': ' || $words"/>
  </xsl:function>

  <!-- A value in words where the table has it: "spoken" for mode="s". -->
  <xsl:function name="f:fact-words" as="xs:string">
    <xsl:param name="value" as="attribute()"/>
    <xsl:variable name="keys" as="xs:string+" select="('value-' || local-name($value) || '-', 'value-') ! (. || $value)"/>
    <xsl:sequence select="($keys[f:has-word(.)][1] ! f:word(.), normalize-space($value))[1]"/>
  </xsl:function>

  <!-- What a pointer leads to, by its name or first words; the last step of the pointer where that is not in the document. -->
  <xsl:function name="f:pointed" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="context" as="element()"/>
    <xsl:variable name="target" as="element()?" select="key('id', substring-after($pointer, '#')[starts-with($pointer, '#')], root($context))[1]"/>
    <xsl:variable name="named" as="element()?" select="$target ! (f:main-name(.), name, persName, catDesc, label, head, desc, self::*[not(*)], bibl)[1]"/>
    <xsl:variable name="words" as="xs:string" select="string-join(($named[f:is-name-in-parts(.)]/*, $named[not(f:is-name-in-parts(.))]) ! f:plain(.), ' ')"/>
    <xsl:sequence select="(replace($words, '^(.{60}\S*)\s.*$', '$1 …')[.], tokenize($pointer, '[/#]')[.][last()], $pointer)[1]"/>
  </xsl:function>
</xsl:stylesheet>
